"""Alphabets: the letters of Greek, and the words by which letters are spelled on the radio."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ALONE, ask, ask_number, everywhere, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import names, rows, words
from quiz.packs.format import LANGUAGES, Question

_GREEK = {
    "en": "What is this Greek letter called: {}?",
    "ru": "Как называется эта греческая буква: {}?",
    "uk": "Як називається ця грецька літера: {}?",
}
_GREEK_NUMBER = {
    "en": "Which letter is number {} in the Greek alphabet?",
    "ru": "Какая буква стоит в греческом алфавите под номером {}?",
    "uk": "Яка літера стоїть у грецькому алфавіті під номером {}?",
}
_RADIO = {
    "en": "Which word stands for the letter {} in the NATO phonetic alphabet?",
    "ru": "Каким английским словом передают букву {} в фонетическом алфавите НАТО?",
    "uk": "Яким англійським словом передають літеру {} у фонетичному алфавіті НАТО?",
}
_PLACE = {
    "en": "Which place does the letter {} take in the {} alphabet?",
    "ru": "Какая по счёту буква {} в {} алфавите?",
    "uk": "Яка за рахунком літера {} в {} алфавіті?",
}

_RADIO_WORDS = words(
    "Alfa;Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett;Juliet Kilo Lima Mike November Oscar Papa "
    "Quebec Romeo Sierra Tango Uniform Victor Whiskey;Whisky X-ray;Xray Yankee Zulu"
)

_LETTERS = (
    ({"en": "English", "ru": "английском", "uk": "англійському"}, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ({"en": "Russian", "ru": "русском", "uk": "російському"}, "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"),
    ({"en": "Ukrainian", "ru": "украинском", "uk": "українському"}, "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ"),
)


def _greek() -> Iterator[Question | None]:
    for number, (letter, *cells) in enumerate(rows("greek"), start=1):
        called = {code: names(cell) for code, cell in zip(LANGUAGES, cells, strict=True)}
        yield ask(fill(_GREEK, letter), called, difficulty=2)
        yield ask(fill(_GREEK_NUMBER, str(number)), called, difficulty=4, clues=[fill(ALONE, letter)])


def _radio() -> Iterator[Question | None]:
    for word in _RADIO_WORDS:
        yield ask(fill(_RADIO, word[0]), everywhere(*word.split(";")), difficulty=3)


def _places() -> Iterator[Question | None]:
    for adjective, letters in _LETTERS:
        inside = {code: [word] for code, word in adjective.items()}
        for number, letter in enumerate(letters, start=1):
            yield ask_number(fill(_PLACE, letter, inside), number, difficulty=3)


def _alphabets() -> Iterator[Question | None]:
    yield from _greek()
    yield from _radio()
    yield from _places()


ALPHABETS = Recipe(
    slug="alphabets",
    category={"en": "Alphabets", "ru": "Алфавиты", "uk": "Абетки"},
    licenses=(OURS,),
    source="Tables of ours; the spelling words are those of the ICAO alphabet.",
    questions=_alphabets,
)
