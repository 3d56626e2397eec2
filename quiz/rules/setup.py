"""What the Django side prepares for a quiz (`QuizBackend.prepare`): the rules draw nothing themselves."""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from config.languages import CODES
from quiz.protocol import Category

#: what to show when the room's own language has no text
FALLBACK_LANGUAGE = CODES[0]

T = TypeVar("T")


class Round(msgspec.Struct, frozen=True):
    """One question with everything about it, texts by language; of `answers` and `hints` the first is shown."""

    id: int
    texts: dict[str, str]
    answers: dict[str, list[str]]
    hints: dict[str, list[str]] = {}
    image: str | None = None
    audio: str | None = None
    video: str | None = None
    explanation: dict[str, str] = {}
    #: right answers of other questions that must not pass for typos of this one's (`judge.accepted.find_rivals`)
    rivals: list[str] = []


class Setup(msgspec.Struct, frozen=True):
    """A whole quiz. `max_time` is in seconds: that long till the hint, and as long again till the answer is shown."""

    rounds: list[Round]
    category: Category | None = None
    language: str = FALLBACK_LANGUAGE
    max_time: int = 20
    min_players: int = 1


def first_of_each(lists: Mapping[str, list[str]]) -> dict[str, str]:
    """Of each language's texts the one that is shown."""
    return {language: texts[0] for language, texts in lists.items() if texts}


def in_language(texts: Mapping[str, T], language: str) -> T | None:
    """The entry of the language, else that of the first of the house, else any; None when there is nothing at all."""
    filled = {key: text for key, text in texts.items() if text}
    for key in (language, FALLBACK_LANGUAGE, *filled):
        if key in filled:
            return filled[key]
    return None
