"""Arithmetic, the same questions in every build: the numbers come from steps through a range, not from chance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement

from quiz.packs.build.asking import ask_number, everywhere, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import words
from quiz.packs.build.words import phrases
from quiz.packs.format import LANGUAGES, Question

_WORDS = phrases("arithmetic")


def _spread(count: int, low: int, high: int, step: int) -> Iterator[int]:
    """`count` numbers of low..high, spread over it by a step that shares no factor with its length."""
    return (low + (place * step) % (high - low + 1) for place in range(count))


def _sums() -> Iterator[Question]:
    for a, b in zip(_spread(60, 11, 99, 17), _spread(60, 12, 98, 29), strict=True):
        yield ask_number(fill(_WORDS.how_much, f"{a} + {b}"), a + b, difficulty=1)
    for a, b in zip(_spread(60, 60, 199, 31), _spread(60, 11, 59, 13), strict=True):
        yield ask_number(fill(_WORDS.how_much, f"{a} − {b}"), a - b, difficulty=2)


def _products() -> Iterator[Question]:
    for a, b in combinations_with_replacement(range(3, 13), 2):
        yield ask_number(fill(_WORDS.how_much, f"{a} × {b}"), a * b, difficulty=1 if a * b <= 50 else 2)
    for a, b in zip(_spread(40, 13, 49, 11), _spread(40, 3, 9, 5), strict=True):
        yield ask_number(fill(_WORDS.how_much, f"{a} × {b}"), a * b, difficulty=3)
    for a, b in zip(_spread(50, 6, 25, 7), _spread(50, 3, 12, 3), strict=True):
        yield ask_number(fill(_WORDS.how_much, f"{a * b} ÷ {b}"), a, difficulty=2)


def _powers() -> Iterator[Question]:
    for a in range(11, 36):
        yield ask_number(fill(_WORDS.how_much, f"{a}²"), a * a, difficulty=2 if a <= 20 else 4)
        yield ask_number(fill(_WORDS.root, str(a * a)), a, difficulty=2 if a <= 20 else 4)
    for a in range(3, 13):
        yield ask_number(fill(_WORDS.how_much, f"{a}³"), a**3, difficulty=3 if a <= 6 else 4)
    for exponent, digits in enumerate(words("⁴ ⁵ ⁶ ⁷ ⁸ ⁹ ¹⁰ ¹¹ ¹² ¹³ ¹⁴ ¹⁵ ¹⁶"), start=4):
        yield ask_number(fill(_WORDS.how_much, f"2{digits}"), 2**exponent, difficulty=2 if exponent <= 10 else 4)


def _mixed() -> Iterator[Question]:
    for a, b, c in zip(_spread(50, 5, 40, 7), _spread(50, 3, 11, 4), _spread(50, 4, 14, 3), strict=True):
        yield ask_number(fill(_WORDS.how_much, f"{a} + {b} × {c}"), a + b * c, difficulty=3)
    for percent in (5, 10, 15, 20, 25, 30, 40, 60, 75):
        for whole in (40, 80, 120, 160, 200, 360):
            yield ask_number(fill(_WORDS.percent, str(percent), str(whole)), percent * whole // 100, difficulty=3)


def _sequences() -> Iterator[Question]:
    for start, step in zip(_spread(30, 2, 40, 7), _spread(30, 3, 17, 4), strict=True):
        told = [start + step * place for place in range(5)]
        yield _next(told[:4], told[4], difficulty=2)
    for start in range(2, 12):
        yield _next([start * 2**place for place in range(4)], start * 16, difficulty=2)


def _next(told: list[int], answer: int, difficulty: int) -> Question:
    return ask_number(fill(_WORDS.next, everywhere(", ".join(map(str, told)) + ", …")), answer, difficulty=difficulty)


def _arithmetic() -> Iterator[Question]:
    seen: set[str] = set()
    for family in (_sums, _products, _powers, _mixed, _sequences):
        for question in family():
            if question.q[LANGUAGES[0]] not in seen:
                seen.add(question.q[LANGUAGES[0]])
                yield question


ARITHMETIC = Recipe(
    slug="arithmetic",
    licenses=(OURS,),
    source="Computed.",
    questions=_arithmetic,
)
