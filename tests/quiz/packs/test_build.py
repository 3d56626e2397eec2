"""The packs we build: always the same files, whole and sound whatever the category."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from quiz.packs.build import RECIPES, build_packs, pack_bytes, write_packs
from quiz.packs.build.wording import fold
from quiz.packs.format import LANGUAGES, Pack, Question, parse_pack

ROOT = Path(__file__).resolve().parents[3]
SLUGS = sorted(recipe.slug for recipe in RECIPES)


@cache
def packs() -> dict[str, Pack]:
    return build_packs()


def texts(slug: str) -> Iterator[tuple[Question, str]]:
    """Each question of a pack with each of its languages."""
    for question in packs()[slug].questions:
        for language in question.q:
            yield question, language


def test_write_packs_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_packs(first)
    write_packs(second)
    assert [path.name for path in sorted(first.iterdir())] == [f"{slug}.json" for slug in SLUGS]
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }


def test_write_packs_leaves_an_unchanged_file_alone(tmp_path: Path) -> None:
    write_packs(tmp_path)
    (tmp_path / "roman_numerals.json").write_text("old")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    write_packs(tmp_path)
    after = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"roman_numerals.json"}


def test_command_line_without_django_in_another_process(tmp_path: Path) -> None:
    """Another process has another hash seed: nothing may depend on the order of a set."""
    script = "import sys; from quiz.packs.build.__main__ import main; main(); print('django' in sys.modules)"
    command = [sys.executable, "-c", script, "--out", str(tmp_path)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    counts = {slug: len(pack.questions) for slug, pack in packs().items()}
    assert printed == [
        *(f"{count:6} {slug}" for slug, count in counts.items()),
        f"{sum(counts.values()):6} questions in {len(counts)} categories",
        "False",
    ]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        f"{slug}.json": pack_bytes(pack) for slug, pack in packs().items()
    }


def test_totals() -> None:
    counts = {slug: len(pack.questions) for slug, pack in packs().items()}
    assert (len(counts) >= 8, sum(counts.values()) >= 1_500, min(counts.values()) >= 90) == (True, True, True)


def test_names_of_categories() -> None:
    names = [pack.category for pack in packs().values()]
    assert [set(name) for name in names] == [set(LANGUAGES)] * len(names)
    for language in LANGUAGES:
        assert len({name[language] for name in names}) == len(names)


def test_licenses_are_those_we_know() -> None:
    named = {part for pack in packs().values() for part in pack.license.split(" AND ")}
    assert named == {"CC0-1.0", "Unicode-3.0", "MIT"}
    listed = (ROOT / "quiz/packs/LICENSES.md").read_text(encoding="utf-8")
    assert {name for name in named if name not in listed} == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_pack_parses_to_itself(slug: str) -> None:
    assert parse_pack(pack_bytes(packs()[slug])) == packs()[slug]


@pytest.mark.parametrize("slug", SLUGS)
def test_languages_agree_in_every_question(slug: str) -> None:
    """A language that asks has answers and a hint; none answers that doesn't ask."""
    odd = [
        question
        for question in packs()[slug].questions
        if not list(question.q) == list(question.answers) == list(question.hints)
        or not set(question.explanation) <= set(question.q)
    ]
    assert odd == []


def test_most_questions_are_asked_in_all_languages() -> None:
    asked = Counter(language for slug in SLUGS for _, language in texts(slug))
    total = sum(len(pack.questions) for pack in packs().values())
    assert {language: asked[language] / total > 0.97 for language in LANGUAGES} == dict.fromkeys(LANGUAGES, True)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_answer_is_said_in_its_question(slug: str) -> None:
    given_away = [
        (question.q[language], answer)
        for question, language in texts(slug)
        for answer in question.answers[language]
        if not answer.lstrip("+").isdigit()
        and re.search(rf"\b{re.escape(answer)}\b", question.q[language], re.IGNORECASE)
    ]
    assert given_away == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_alias_twice(slug: str) -> None:
    twice = [
        listed
        for question, language in texts(slug)
        for listed in [question.answers[language]]
        if len({text.casefold() for text in listed}) != len(listed)
    ]
    assert twice == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_hint_says_an_answer(slug: str) -> None:
    told = [
        (hint, question.answers[language])
        for question, language in texts(slug)
        for hint in question.hints[language]
        if fold(hint) in {fold(answer) for answer in question.answers[language]}
    ]
    assert told == []


@pytest.mark.parametrize("slug", SLUGS)
def test_texts_are_clean(slug: str) -> None:
    """No leftovers of a template, no double space, and the letters of the language it is said to be in."""
    foreign = {"en": r"[а-яёіїєґ]", "ru": r"[іїєґ]", "uk": r"[ыэёъ]", "de": r"[а-яёіїєґ]"}
    own_words = {"alphabets", "calendar", "languages"}  # they quote other languages
    unclean = [
        text
        for question, language in texts(slug)
        for text in [question.q[language], *question.answers[language], *question.hints[language]]
        if re.search(r"[{}|]|  |\bNone\b|^\s|\s$", text)
        or (slug not in own_words and re.search(foreign[language], text, re.IGNORECASE))
    ]
    assert unclean == []


def test_difficulties_are_spread() -> None:
    levels = Counter(question.difficulty for pack in packs().values() for question in pack.questions)
    assert {level: levels[level] >= 200 for level in range(1, 6)} == dict.fromkeys(range(1, 6), True)
