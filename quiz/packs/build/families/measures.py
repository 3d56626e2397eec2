"""Measures and counts: units and prefixes of the SI, and things of which everybody agrees how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ask, ask_number, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import rows, words
from quiz.packs.build.wording import capitalized
from quiz.packs.build.words import named, phrases
from quiz.packs.format import Question

_WORDS = phrases("measures")


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_EVERYDAY = frozenset(words("k M G T h d c m µ n kg s A K Hz N Pa J W V"))


def _how_many() -> Iterator[Question | None]:
    for key, number, difficulty in rows("how_many"):
        (asked,) = named("how_many")[key]
        yield ask_number({code: texts[0] for code, texts in asked.items()}, int(number), difficulty=int(difficulty))


def _prefixes() -> Iterator[Question | None]:
    for symbol, power in rows("si_prefixes"):
        (called,) = named("si_prefixes")[symbol]
        answers = {code: [capitalized(name) for name in listed] for code, listed in called.items()}
        level = 2 if symbol in _EVERYDAY else 4
        yield ask(
            fill(_WORDS.prefix_of, power.translate(_RAISED)),
            answers,
            difficulty=level,
            clues=[fill(_WORDS.symbol_clue, symbol)],
        )
        if int(power) > 0:
            yield ask_number(fill(_WORDS.power_of, called), int(power), difficulty=level)


def _units() -> Iterator[Question | None]:
    for (symbol,) in rows("si_units"):
        quantity, units = named("si_units")[symbol]
        unit = {code: list(map(capitalized, listed)) for code, listed in units.items()}
        level = 2 if symbol in _EVERYDAY else 3
        yield ask(fill(_WORDS.unit_of, quantity), unit, difficulty=level, clues=[fill(_WORDS.symbol_clue, symbol)])
        if symbol == "S":  # siemens: but for its case the question of the second again, which no import tells apart
            continue
        yield ask(fill(_WORDS.unit_by_symbol, symbol), unit, difficulty=level, clues=[_quantity_clue(quantity)])


def _quantity_clue(quantity: dict[str, list[str]]) -> dict[str, str]:
    return {code: capitalized(listed[0]) for code, listed in quantity.items()}


def _measures() -> Iterator[Question | None]:
    yield from _how_many()
    yield from _prefixes()
    yield from _units()


MEASURES = Recipe(
    slug="measures",
    licenses=(OURS,),
    source="Tables of ours; units and prefixes as the SI brochure of the BIPM (9th edition) gives them.",
    questions=_measures,
)
