"""Chemical elements: name, symbol and atomic number, each asked by another."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ask, ask_number, everywhere, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import names, rows, words
from quiz.packs.format import LANGUAGES, Question

_BY_SYMBOL = {
    "en": "Which chemical element has the symbol {}?",
    "ru": "Какой химический элемент обозначается символом {}?",
    "uk": "Який хімічний елемент позначають символом {}?",
}
_BY_NUMBER = {
    "en": "Which chemical element has the atomic number {}?",
    "ru": "У какого химического элемента атомный номер {}?",
    "uk": "Який хімічний елемент має атомний номер {}?",
}
_SYMBOL_OF = {
    "en": "What is the chemical symbol of {}?",
    "ru": "Каким символом обозначается химический элемент {}?",
    "uk": "Яким символом позначають хімічний елемент {}?",
}
_NUMBER_OF = {
    "en": "What is the atomic number of {}?",
    "ru": "Какой атомный номер у химического элемента {}?",
    "uk": "Який атомний номер має хімічний елемент {}?",
}
_SYMBOL_CLUE = {"en": "Its symbol is {}", "ru": "Символ — {}", "uk": "Символ — {}"}
_NUMBER_CLUE = {"en": "Its atomic number is {}", "ru": "Атомный номер — {}", "uk": "Атомний номер — {}"}

_EVERYDAY = frozenset(words("H He C N O F Ne Na Mg Al Si P S Cl K Ca Ti Cr Fe Ni Cu Zn Ag Sn I Pt Au Hg Pb U"))


def _difficulty(number: int, symbol: str) -> int:
    if symbol in _EVERYDAY:
        return 1
    return 2 if number <= 36 else 3 if number <= 56 or 72 <= number <= 92 else 4


def _elements() -> Iterator[Question | None]:
    for number, (symbol, *cells) in enumerate(rows("elements"), start=1):
        called = {code: names(cell) for code, cell in zip(LANGUAGES, cells, strict=True)}
        inside = {code: [listed[0].lower()] for code, listed in called.items()}
        level = _difficulty(number, symbol)
        symbol_clue, number_clue = fill(_SYMBOL_CLUE, symbol), fill(_NUMBER_CLUE, str(number))
        yield ask(fill(_BY_SYMBOL, symbol), called, difficulty=level, clues=[number_clue])
        yield ask(fill(_SYMBOL_OF, inside), everywhere(symbol), difficulty=level, clues=[number_clue])
        yield ask(fill(_BY_NUMBER, str(number)), called, difficulty=min(5, level + 1), clues=[symbol_clue])
        yield ask_number(fill(_NUMBER_OF, inside), number, difficulty=min(5, level + 1))


ELEMENTS = Recipe(
    slug="elements",
    category={"en": "Chemical elements", "ru": "Химические элементы", "uk": "Хімічні елементи"},
    licenses=(OURS,),
    source="A table of ours: names, symbols and atomic numbers as IUPAC gives them, names in Russian and Ukrainian.",
    questions=_elements,
)
