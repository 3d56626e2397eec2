"""Roman numerals, read and written."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ask, ask_number, everywhere, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.words import phrases
from quiz.packs.format import Question

_WORDS = phrases("roman")


_SIGNS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_TO_READ = [*range(4, 40, 3), *range(40, 400, 17), *range(400, 2000, 61), *range(1905, 2030, 7)]
_TO_WRITE = [*range(6, 40, 3), *range(45, 400, 19), *range(404, 2000, 67), *range(1909, 2030, 7)]


def roman(number: int) -> str:
    """1 to 3999 as a Roman numeral, subtractive (4 is IV)."""
    written = ""
    for value, sign in _SIGNS:
        written += sign * (number // value)
        number %= value
    return written


def _difficulty(number: int) -> int:
    return 1 if number <= 12 else 2 if number < 40 else 3 if number < 400 else 4


def _roman() -> Iterator[Question | None]:
    for number in sorted(set(_TO_READ)):
        yield ask_number(fill(_WORDS.read, roman(number)), number, difficulty=_difficulty(number))
    for number in sorted(set(_TO_WRITE)):
        yield ask(fill(_WORDS.write, str(number)), everywhere(roman(number)), difficulty=_difficulty(number))


ROMAN = Recipe(
    slug="roman_numerals",
    licenses=(OURS,),
    source="Computed.",
    questions=_roman,
)
