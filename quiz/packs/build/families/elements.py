"""Chemical elements: name, symbol and atomic number, each asked by another."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ask, ask_number, everywhere, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import rows, words
from quiz.packs.build.words import in_sentence, named, phrases
from quiz.packs.format import Question

_WORDS = phrases("elements")


_EVERYDAY = frozenset(words("H He C N O F Ne Na Mg Al Si P S Cl K Ca Ti Cr Fe Ni Cu Zn Ag Sn I Pt Au Hg Pb U"))


def _difficulty(number: int, symbol: str) -> int:
    if symbol in _EVERYDAY:
        return 1
    return 2 if number <= 36 else 3 if number <= 56 or 72 <= number <= 92 else 4


def _elements() -> Iterator[Question | None]:
    for number, (symbol,) in enumerate(rows("elements"), start=1):
        (called,) = named("elements")[symbol]
        inside = {code: [in_sentence(listed[0], code)] for code, listed in called.items()}
        level = _difficulty(number, symbol)
        symbol_clue, number_clue = fill(_WORDS.symbol_clue, symbol), fill(_WORDS.number_clue, str(number))
        yield ask(fill(_WORDS.by_symbol, symbol), called, difficulty=level, clues=[number_clue])
        yield ask(fill(_WORDS.symbol_of, inside), everywhere(symbol), difficulty=level, clues=[number_clue])
        yield ask(fill(_WORDS.by_number, str(number)), called, difficulty=min(5, level + 1), clues=[symbol_clue])
        yield ask_number(fill(_WORDS.number_of, inside), number, difficulty=min(5, level + 1))


ELEMENTS = Recipe(
    slug="elements",
    licenses=(OURS,),
    source="A table of ours: names, symbols and atomic numbers as IUPAC gives them, names in Russian and Ukrainian.",
    questions=_elements,
)
