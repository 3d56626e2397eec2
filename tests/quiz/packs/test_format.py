"""The pack format: what is taken, and every problem of what isn't."""

from __future__ import annotations

import copy
import json
from typing import Any

import msgspec
import pytest

from quiz.packs.format import (
    MAX_BYTES,
    MAX_QUESTIONS,
    Pack,
    PackErrors,
    Problem,
    Question,
    parse_pack,
)

GOOD: dict[str, Any] = {
    "format": 1,
    "category": {"en": "Capitals", "ru": "Столицы"},
    "license": "CC0-1.0",
    "source": "by hand",
    "questions": [
        {
            "q": {"en": "Capital of France?", "ru": "Столица Франции?"},
            "answers": {"en": ["Paris"], "ru": ["Париж"]},
            "hints": {"en": ["P____"]},
            "image": "media/paris.jpg",
            "audio": None,
            "video": None,
            "difficulty": 1,
            "explanation": {"en": "Since 508."},
        },
        {"q": {"en": "Symbol of iron?"}, "answers": {"en": ["Fe"]}},
    ],
}


def raw(pack: Any) -> bytes:
    return json.dumps(pack, ensure_ascii=False).encode()


def errors_of(content: bytes) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        parse_pack(content)
    return caught.value.errors


def changed(**fields: Any) -> list[str]:
    """The errors of the good pack with top-level fields changed; `...` takes a field away."""
    return errors_of(raw(_with(GOOD, fields)))


def changed_question(**fields: Any) -> list[str]:
    """The errors of the good pack with fields of its second question changed."""
    pack = copy.deepcopy(GOOD)
    pack["questions"][1] = _with(pack["questions"][1], fields)
    return errors_of(raw(pack))


def _with(given: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**given, **fields}.items() if value is not ...}


def test_parse_pack_whole() -> None:
    assert parse_pack(raw(GOOD)) == Pack(
        format=1,
        category={"en": "Capitals", "ru": "Столицы"},
        license="CC0-1.0",
        source="by hand",
        questions=[
            Question(
                q={"en": "Capital of France?", "ru": "Столица Франции?"},
                answers={"en": ["Paris"], "ru": ["Париж"]},
                hints={"en": ["P____"]},
                image="media/paris.jpg",
                difficulty=1,
                explanation={"en": "Since 508."},
            ),
            Question(q={"en": "Symbol of iron?"}, answers={"en": ["Fe"]}),
        ],
    )


def test_parse_pack_of_its_own_output() -> None:
    pack = parse_pack(raw(GOOD))
    assert parse_pack(msgspec.json.encode(pack)) == pack


def test_parse_pack_with_byte_order_mark() -> None:
    assert parse_pack(b"\xef\xbb\xbf" + raw(GOOD)) == parse_pack(raw(GOOD))


def test_parse_pack_strips_and_composes() -> None:
    pack = copy.deepcopy(GOOD)
    pack["questions"][1]["answers"] = {"en": ["  Cafe\u0301 "]}
    assert parse_pack(raw(pack)).questions[1].answers == {"en": ["Café"]}


def test_parse_pack_takes_nulls_for_absent() -> None:
    pack = copy.deepcopy(GOOD)
    optional = ("hints", "image", "audio", "video", "difficulty", "explanation")
    pack["questions"][1] |= dict.fromkeys(optional)
    assert parse_pack(raw(pack)) == parse_pack(raw(GOOD))


def test_problem_holds_number_path_and_message() -> None:
    pack = copy.deepcopy(GOOD)
    pack["questions"][1]["answers"] = {"ru": []}
    with pytest.raises(PackErrors) as caught:
        parse_pack(raw(pack))
    assert caught.value.problems == [Problem(2, "answers.ru", "must be a non-empty list of texts")]


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        (b"", ["the file is not JSON: Input data was truncated"]),
        (b"{", ["the file is not JSON: Input data was truncated"]),
        (b"\xff\xfe{}", ["the file is not UTF-8 (byte 1)"]),
        (b"[]", ["must be a JSON object"]),
        (b"null", ["must be a JSON object"]),
        (b"x" * (MAX_BYTES + 1), ["the file is larger than 32 MiB"]),
    ],
    ids=["empty", "cut", "utf16", "list", "null", "huge"],
)
def test_parse_pack_of_no_pack(content: bytes, errors: list[str]) -> None:
    assert errors_of(content) == errors


def test_parse_pack_of_endless_nesting() -> None:
    assert [line[:20] for line in errors_of(b"[" * 100_000)] == ["the file is not JSON"]


def test_parse_pack_of_empty_object_names_all_fields() -> None:
    language_texts = "must be an object of language to text, with at least one of en, ru, uk, de"
    assert errors_of(b"{}") == [
        "format: must be 1",
        f"category: {language_texts}",
        "license: must be a non-empty text",
        "source: must be a non-empty text",
        "questions: must be a non-empty list",
    ]


@pytest.mark.parametrize("number", [2, "1", True, 1.0, None, ...])
def test_format_other_than_1(number: object) -> None:
    assert changed(format=number) == ["format: must be 1"]


def test_category_bad() -> None:
    assert changed(category={"en": " ", "fr": "Capitales"}) == [
        "category.en: must be a non-empty text",
        "category.fr: is no known language; known are en, ru, uk, de",
    ]


def test_texts_too_long_at_the_top() -> None:
    assert changed(category={"en": "c" * 101}, license="l" * 101, source="s" * 1001) == [
        "category.en: must be at most 100 characters, is 101",
        "license: must be at most 100 characters, is 101",
        "source: must be at most 1000 characters, is 1001",
    ]


def test_unknown_keys() -> None:
    assert changed(licence="CC0-1.0") == ["licence: is unknown; known are format, category, license, source, questions"]
    assert changed_question(answer="Fe") == [
        "question 2: answer: is unknown; known are q, answers, hints, image, audio, video, difficulty, explanation"
    ]


@pytest.mark.parametrize("questions", [[], {}, None, "?", ...])
def test_questions_none(questions: object) -> None:
    assert changed(questions=questions) == ["questions: must be a non-empty list"]


def test_questions_too_many() -> None:
    assert changed(questions=[1] * (MAX_QUESTIONS + 1)) == ["questions: must be at most 20000, there are 20001"]


def test_question_not_an_object() -> None:
    assert changed(questions=["?", 7]) == ["question 1: must be a JSON object", "question 2: must be a JSON object"]


def test_question_without_text_and_answers() -> None:
    assert changed_question(q=..., answers=...) == [
        "question 2: q: must be an object of language to text, with at least one of en, ru, uk, de",
        "question 2: answers: must be an object of language to list of texts, with at least one of en, ru, uk, de",
    ]


def test_question_with_empty_objects() -> None:
    assert changed_question(q={}, answers={}) == [
        "question 2: q: must be an object of language to text, with at least one of en, ru, uk, de",
        "question 2: answers: must be an object of language to list of texts, with at least one of en, ru, uk, de",
    ]


def test_question_with_wrong_types() -> None:
    assert changed_question(q="Symbol?", answers=["Fe"], hints="F_", explanation=["iron"]) == [
        "question 2: q: must be an object of language to text, with at least one of en, ru, uk, de",
        "question 2: answers: must be an object of language to list of texts, with at least one of en, ru, uk, de",
        "question 2: hints: must be an object of language to list of texts, with at least one of en, ru, uk, de",
        "question 2: explanation: must be an object of language to text, with at least one of en, ru, uk, de",
    ]


def test_answers_bad_in_every_way() -> None:
    assert changed_question(answers={"en": ["Fe", "", 26], "ru": [], "uk": "Fe", "fr": ["fer"]}) == [
        "question 2: answers.en.2: must be a non-empty text",
        "question 2: answers.en.3: must be a non-empty text",
        "question 2: answers.ru: must be a non-empty list of texts",
        "question 2: answers.uk: must be a non-empty list of texts",
        "question 2: answers.fr: is no known language; known are en, ru, uk, de",
    ]


def test_question_texts_too_long_and_too_many() -> None:
    long = {
        "q": {"en": "q" * 501},
        "answers": {"en": ["a" * 201], "ru": ["a"] * 201},
        "hints": {"en": ["h" * 301], "ru": ["h"] * 11},
        "explanation": {"en": "e" * 1001},
    }
    assert changed_question(**long) == [
        "question 2: q.en: must be at most 500 characters, is 501",
        "question 2: answers.en.1: must be at most 200 characters, is 201",
        "question 2: answers.ru: must have at most 200 texts, has 201",
        "question 2: hints.en.1: must be at most 300 characters, is 301",
        "question 2: hints.ru: must have at most 10 texts, has 11",
        "question 2: explanation.en: must be at most 1000 characters, is 1001",
    ]


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f"])
def test_text_with_control_characters(char: str) -> None:
    assert changed_question(answers={"en": [f"F{char}e"]}) == [
        "question 2: answers.en.1: must have no control characters"
    ]


@pytest.mark.parametrize(
    "address",
    ["http://example.org/a.jpg", "https://example.org/a.jpg", "ftp://example.org/a", "//example.org/a", "http://["],
)
def test_media_of_another_site(address: str) -> None:
    bad = "is an address of another site, which no page shows: bring the file in the pack's zip, and name it as there"
    assert changed_question(image=address) == [f"question 2: image: {bad} (media/...)"]


@pytest.mark.parametrize(
    "name",
    ["javascript:alert(1)", "", 7, "paris.jpg", "/media/paris.jpg", "media/", "media/.paris", "media/a/b.jpg",
     "media/../a", "media\\a", "media/a\x00b", "media/" + "a" * 95, "questions/" + "0" * 64 + ".webp"],
)  # fmt: skip
def test_media_name_bad(name: object) -> None:
    bad = "must name a file of the pack's zip, as media/paris.jpg, or be null"
    assert changed_question(image=name, audio=name, video=name) == [
        f"question 2: image: {bad}",
        f"question 2: audio: {bad}",
        f"question 2: video: {bad}",
    ]


@pytest.mark.parametrize("difficulty", [0, 6, "2", 2.0, True, [2]])
def test_difficulty_bad(difficulty: object) -> None:
    assert changed_question(difficulty=difficulty) == ["question 2: difficulty: must be a whole number from 1 to 5"]


def test_question_repeated_in_one_language() -> None:
    questions = [
        {"q": {"en": "Iron?", "ru": "Символ железа?"}, "answers": {"en": ["Fe"]}},
        {"q": {"en": "Its symbol?", "ru": "Символ  железа?"}, "answers": {"en": ["Fe"]}},
    ]
    assert changed(questions=questions) == ["question 2: q.ru: is the same as question 1"]


def test_question_repeated_is_an_error() -> None:
    questions = [{"q": {"en": text}, "answers": {"en": ["Fe"]}} for text in ("Iron?", "Tin?", " Iron? ", "Iron?")]
    assert changed(questions=questions) == [
        "question 3: q.en: is the same as question 1",
        "question 4: q.en: is the same as question 1",
    ]


def test_question_repeated_with_another_picture_is_none() -> None:
    questions = [
        {"q": {"en": "Who is this?"}, "answers": {"en": ["Ada"]}, "image": f"media/{name}.png"}
        for name in ("ada", "alan")
    ]
    assert len(parse_pack(raw({**GOOD, "questions": questions})).questions) == 2


def test_question_repeated_in_another_case_and_spacing() -> None:
    questions = [{"q": {"en": text}, "answers": {"en": ["Fe"]}} for text in ("Which is iron?", "which  IS iron?")]
    assert changed(questions=questions) == ["question 2: q.en: is the same as question 1"]


def test_errors_of_all_questions_are_collected() -> None:
    broken = {"q": {"en": "?"}, "answers": {"ru": []}}
    lines = changed(format=2, questions=[broken | {"q": {"en": str(number)}} for number in range(300)])
    assert lines == [
        "format: must be 1",
        *(f"question {number}: answers.ru: must be a non-empty list of texts" for number in range(1, 301)),
    ]
