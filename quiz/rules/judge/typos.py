"""How far a misspelt answer may be from a right one.

An edit is one letter put in, left out or replaced, or two neighbours swapped (optimal string alignment, after
Damerau 1964). Up to 3 letters allow none, 4 to 7 one, 8 and more two, counted on the shorter of both texts, so that
the rule is the same both ways. No edit ever touches a number or a Roman numeral, and each word keeps to its own
length as well: otherwise South Korea would be a slip of the finger from North Korea. A word with two edits begins with
the right letter: people rarely miss that one, and Southern is not Northern.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from quiz.rules.judge.normal import normalise
from quiz.rules.judge.numbers import is_number

#: words may be run together or torn apart by mistake and have one typo besides only in texts this long
_LONG = 8
MOST_EDITS = 2
_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_NUMERIC = re.compile("[-0-9]")
_GAPS = re.compile(r"[ /]")


class Shape(NamedTuple):
    """A normalised text taken apart."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    #: words without the spaces between them, numbers still apart: what an exact answer is looked up by
    key: str
    #: the letters alone
    letters: str


@lru_cache(maxsize=4096)
def shape_of(text: str) -> Shape:
    """Any text, normalised and taken apart."""
    plain = normalise(text)
    if not _NUMERIC.search(plain):
        words = tuple(plain.split())
        letters = "".join(words)
        return Shape(words=words, numbers=(), key=letters, letters=letters)
    return shape_from(token for token in _GAPS.split(plain) if token)


def shape_from(tokens: Iterable[str]) -> Shape:
    """The shape of words and numbers in their order."""
    tokens = tuple(tokens)
    words = tuple(token for token in tokens if not is_number(token))
    numbers = tuple(token for token in tokens if is_number(token))
    key = "".join(f" {token} " if is_number(token) else token for token in tokens)
    return Shape(words, numbers, key, "".join(words))


def allowed_edits(letters: int) -> int:
    """How many edits a text of so many letters may be away."""
    if letters <= 3:
        return 0
    return 1 if letters < _LONG else MOST_EDITS


def is_typo_of(one: Shape, two: Shape) -> bool:
    """Whether the two are one answer but for slips of the finger."""
    shorter = min(len(one.letters), len(two.letters))
    allowed = allowed_edits(shorter)
    if not allowed or one.numbers != two.numbers or abs(len(one.letters) - len(two.letters)) > allowed:
        return False
    if len(one.words) != len(two.words):
        return shorter >= _LONG and not _has_roman(one, two) and _edits(one.letters, two.letters, 1) <= 1
    edits = 0
    for word, other in zip(one.words, two.words, strict=True):
        edits += _word_edits(word, other)
        if edits > allowed:
            return False
    return True


def _word_edits(word: str, other: str) -> int:
    """Edits between two words; more than any text allows when they are more than the words' own length allows."""
    if word == other:
        return 0
    allowed = allowed_edits(min(len(word), len(other)))
    if not allowed or _ROMAN.fullmatch(word) or _ROMAN.fullmatch(other):
        return _LONG
    edits = _edits(word, other, allowed)
    return edits if edits <= (allowed if word[0] == other[0] else 1) else _LONG


def _edits(one: str, two: str, cutoff: int) -> int:
    return OSA.distance(one, two, score_cutoff=cutoff)


def _has_roman(one: Shape, two: Shape) -> bool:
    return any(_ROMAN.fullmatch(word) for word in one.words + two.words)
