"""The question pack: one JSON file, one category of questions. Pictures, sounds and films come with it in a zip
(`quiz.packs.archive`), and are named as they are there: `media/paris.jpg`.

`parse_pack(raw)` is the only door. It answers a `Pack`, or raises `PackErrors` holding every problem of the file, each
with the number of its question (1-based) and the path of its field:

    question 12: answers.ru: must be a non-empty list of texts

A null (or an empty object) in an optional field means the same as leaving it out. Texts come back
stripped and in Unicode NFC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

from config.languages import CODES

FORMAT = 1
LANGUAGES = CODES

MAX_BYTES = 32 * 1024 * 1024  # a pack is read whole into memory
MAX_QUESTIONS = 20_000  # one import is one transaction
MAX_NAME = 100  # a category's name is a line in the lobby
MAX_LICENSE = 100
MAX_SOURCE = 1000
MAX_QUESTION = 500  # what a phone's screen shows without scrolling
MAX_ANSWER = 200
MAX_HINT = 300
MAX_EXPLANATION = 1000
MAX_ANSWERS = 200  # aliases of one language; a judge compares with each of them
MAX_HINTS = 10
MAX_URL = 500  # what the column of the database holds
MAX_MEDIA_NAME = 100
DIFFICULTIES = range(1, 6)
DEFAULT_DIFFICULTY = 2

Texts = dict[str, str]  # language -> text
TextLists = dict[str, list[str]]  # language -> texts, the one to show first


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `answers[language]` lists every accepted answer, the one to show first."""

    q: Texts
    answers: TextLists
    hints: TextLists = {}
    image: str | None = None
    audio: str | None = None
    video: str | None = None
    difficulty: int = DEFAULT_DIFFICULTY
    explanation: Texts = {}


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """A category and its questions, with the licence and the origin of what they say."""

    format: int = FORMAT
    category: Texts
    license: str
    source: str
    questions: list[Question]


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong in a pack. `question` is 1-based, None for the pack itself; `path` is "" for the whole of it."""

    question: int | None
    path: str
    message: str

    def __str__(self) -> str:
        place = [f"question {self.question}"] if self.question is not None else []
        return ": ".join([*place, *([self.path] if self.path else []), self.message])


class PackErrors(Exception):  # noqa: N818 - it holds many
    """The file is no pack. `problems` has all of them, in the order of the file; `errors` the same as texts."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(self.errors))

    @property
    def errors(self) -> list[str]:
        """The problems as lines for a person."""
        return [str(problem) for problem in self.problems]


def parse_pack(raw: bytes) -> Pack:
    """Read a pack from the bytes of its file. Raises `PackErrors` with every problem, and nothing else."""
    reading = _Reading()
    pack = reading.pack(_decode(raw))
    if reading.problems:
        raise PackErrors(reading.problems)
    return pack


def same_question_key(question: Question) -> Iterator[tuple[str | None, ...]]:
    """What makes two questions the same: the text in any one language, with the same picture, sound and film.

    Case and spacing don't count: an import recognises a question the same way (`quiz.identity.question_key`), and would
    lose the second of two that differ in nothing else.
    """
    for language, text in question.q.items():
        yield (language, " ".join(text.casefold().split()), question.image, question.audio, question.video)


def _decode(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_BYTES:
        raise _refusal(f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB")
    try:
        text = raw.decode("utf-8-sig")  # editors on Windows put a byte order mark in front
    except UnicodeDecodeError as error:
        raise _refusal(f"the file is not UTF-8 (byte {error.start + 1})") from error
    try:
        decoded = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _refusal(f"the file is not JSON: {error}") from error
    if not isinstance(decoded, dict):
        raise _refusal("must be a JSON object")
    return decoded


def _refusal(message: str) -> PackErrors:
    return PackErrors([Problem(None, "", message)])


_MEDIA = re.compile(r"media/[^./\\:][^/\\:]*")
ELSEWHERE = "is an address of another site, which no page shows"


def _is_plain(text: str) -> bool:
    """No control characters but line ends and tabs: PostgreSQL stores no NUL, and a screen shows none of the others."""
    return all(char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in text)


def is_media_name(name: str) -> bool:
    """Whether a pack's zip may have a file of that name beside `pack.json`: in the folder itself, and no hidden one."""
    return len(name) <= MAX_MEDIA_NAME and name.isprintable() and _MEDIA.fullmatch(name) is not None


def is_elsewhere(value: object) -> bool:
    """Whether it is meant to be the address of another site."""
    return isinstance(value, str) and ("://" in value or value.startswith("//"))


def _is_given(given: dict[str, Any], optional: str) -> bool:
    return given.get(optional) not in (None, {})


def _fields(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    return struct.__struct_fields__


class _Reading:
    """Walks a decoded pack, building the structs and noting each problem; after a problem what it built is not used."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._question: int | None = None

    def _note(self, path: str, message: str) -> None:
        self.problems.append(Problem(self._question, path, message))

    def pack(self, given: dict[str, Any]) -> Pack:
        self._refuse_unknown(given, Pack)
        if type(given.get("format")) is not int or given["format"] != FORMAT:
            self._note("format", f"must be {FORMAT}")
        return Pack(
            category=self._texts(given, "category", MAX_NAME),
            license=self._text(given.get("license"), "license", MAX_LICENSE),
            source=self._text(given.get("source"), "source", MAX_SOURCE),
            questions=self._questions(given.get("questions")),
        )

    def _questions(self, given: object) -> list[Question]:
        if not isinstance(given, list) or not given:
            self._note("questions", "must be a non-empty list")
            return []
        if len(given) > MAX_QUESTIONS:
            self._note("questions", f"must be at most {MAX_QUESTIONS}, there are {len(given)}")
            return []
        questions: list[Question] = []
        seen: dict[tuple[str | None, ...], int] = {}
        for number, each in enumerate(given, start=1):
            self._question = number
            if not isinstance(each, dict):
                self._note("", "must be a JSON object")
                continue
            question = self._one_question(each)
            self._refuse_repeated(question, seen)
            questions.append(question)
        self._question = None
        return questions

    def _one_question(self, given: dict[str, Any]) -> Question:
        self._refuse_unknown(given, Question)
        return Question(
            q=self._texts(given, "q", MAX_QUESTION),
            answers=self._text_lists(given, "answers", MAX_ANSWERS, MAX_ANSWER),
            hints=self._text_lists(given, "hints", MAX_HINTS, MAX_HINT) if _is_given(given, "hints") else {},
            image=self._media(given, "image"),
            audio=self._media(given, "audio"),
            video=self._media(given, "video"),
            difficulty=self._difficulty(given.get("difficulty")),
            explanation=self._explanation(given),
        )

    def _refuse_unknown(self, given: dict[str, Any], struct: type[msgspec.Struct]) -> None:
        for key in given:
            if key not in _fields(struct):
                self._note(key, f"is unknown; known are {', '.join(_fields(struct))}")

    def _refuse_repeated(self, question: Question, seen: dict[tuple[str | None, ...], int]) -> None:
        for key in same_question_key(question):
            first = seen.setdefault(key, self._question or 0)
            if first != self._question:
                self._note(f"q.{key[0]}", f"is the same as question {first}")

    def _text(self, given: object, path: str, longest: int) -> str:
        if not isinstance(given, str) or not given.strip():
            self._note(path, "must be a non-empty text")
            return ""
        text = unicodedata.normalize("NFC", given.strip())
        if len(text) > longest:
            self._note(path, f"must be at most {longest} characters, is {len(text)}")
        if not _is_plain(text):
            self._note(path, "must have no control characters")
        return text

    def _by_language(self, given: dict[str, Any], path: str, holds: str) -> Iterator[tuple[str, object]]:
        """The entries of a known language; notes the others."""
        value = given.get(path)
        if not isinstance(value, dict) or not value:
            self._note(path, f"must be an object of language to {holds}, with at least one of {', '.join(LANGUAGES)}")
            return
        for language, entry in value.items():
            if language in LANGUAGES:
                yield language, entry
            else:
                self._note(f"{path}.{language}", f"is no known language; known are {', '.join(LANGUAGES)}")

    def _texts(self, given: dict[str, Any], path: str, longest: int) -> Texts:
        return {
            language: self._text(entry, f"{path}.{language}", longest)
            for language, entry in self._by_language(given, path, "text")
        }

    def _text_lists(self, given: dict[str, Any], path: str, most: int, longest: int) -> TextLists:
        return {
            language: self._text_list(entry, f"{path}.{language}", most, longest)
            for language, entry in self._by_language(given, path, "list of texts")
        }

    def _text_list(self, given: object, path: str, most: int, longest: int) -> list[str]:
        if not isinstance(given, list) or not given:
            self._note(path, "must be a non-empty list of texts")
            return []
        if len(given) > most:
            self._note(path, f"must have at most {most} texts, has {len(given)}")
            return []
        return [self._text(text, f"{path}.{position}", longest) for position, text in enumerate(given, start=1)]

    def _explanation(self, given: dict[str, Any]) -> Texts:
        return self._texts(given, "explanation", MAX_EXPLANATION) if _is_given(given, "explanation") else {}

    def _media(self, given: dict[str, Any], path: str) -> str | None:
        value = given.get(path)
        if value is None:
            return None
        if is_elsewhere(value):
            self._note(path, f"{ELSEWHERE}: bring the file in the pack's zip, and name it as there (media/...)")
            return None
        if not isinstance(value, str) or not is_media_name(value):
            self._note(path, "must name a file of the pack's zip, as media/paris.jpg, or be null")
            return None
        return value

    def _difficulty(self, given: object) -> int:
        if given is None:
            return DEFAULT_DIFFICULTY
        if type(given) is not int or given not in DIFFICULTIES:
            self._note("difficulty", f"must be a whole number from {DIFFICULTIES[0]} to {DIFFICULTIES[-1]}")
            return DEFAULT_DIFFICULTY
        return given
