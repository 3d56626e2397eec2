"""Alphabets: the letters of Greek, and the words by which letters are spelled on the radio."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ALONE, ask, ask_number, everywhere, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import rows, words
from quiz.packs.build.words import named, phrases
from quiz.packs.format import Question

_WORDS = phrases("alphabets")


_RADIO_WORDS = words(
    "Alfa;Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett;Juliet Kilo Lima Mike November Oscar Papa "
    "Quebec Romeo Sierra Tango Uniform Victor Whiskey;Whisky X-ray;Xray Yankee Zulu"
)

_LETTERS = (
    (_WORDS.english, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    (_WORDS.russian, "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"),
    (_WORDS.ukrainian, "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ"),
)


def _greek() -> Iterator[Question | None]:
    for number, (letter,) in enumerate(rows("greek"), start=1):
        (called,) = named("greek")[letter]
        yield ask(fill(_WORDS.greek, letter), called, difficulty=2)
        yield ask(fill(_WORDS.greek_number, str(number)), called, difficulty=4, clues=[fill(ALONE, letter)])


def _radio() -> Iterator[Question | None]:
    for word in _RADIO_WORDS:
        yield ask(fill(_WORDS.radio, word[0]), everywhere(*word.split(";")), difficulty=3)


def _places() -> Iterator[Question | None]:
    for adjective, letters in _LETTERS:
        inside = {code: [word] for code, word in adjective.items()}
        for number, letter in enumerate(letters, start=1):
            yield ask_number(fill(_WORDS.place, letter, inside), number, difficulty=3)


def _alphabets() -> Iterator[Question | None]:
    yield from _greek()
    yield from _radio()
    yield from _places()


ALPHABETS = Recipe(
    slug="alphabets",
    licenses=(OURS,),
    source="Tables of ours; the spelling words are those of the ICAO alphabet.",
    questions=_alphabets,
)
