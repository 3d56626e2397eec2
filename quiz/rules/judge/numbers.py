"""Numbers as digits or as words, in every language of the house, each to one spelling: `-1234.5`.

    twenty-one, двадцать один, einundzwanzig -> 21      1,000 and 1 000 and a thousand -> 1000
    minus five, -5 -> -5                                1.5 million, полтора is not read -> 1500000

A comma before exactly three digits groups thousands, any other comma is a decimal one (1,5); a dot is decimal unless
there are two (1.000.000). Roman numerals are words. The words are those of `judge/languages/`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Context, Decimal
from functools import cache
from typing import NamedTuple

from quiz.rules.judge.folding import fold
from quiz.rules.judge.languages import Language, languages

#: not `str.isdigit`, which knows signs (Ethiopic, say) that are no decimal digits
_DIGITS = frozenset("0123456789")

#: how a number is written in digits; the sign counts only where no word or digit stands before it
LITERAL = re.compile(
    r"""(?:(?<![^\s/])[-+])?(?:
        \d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?      # 1,234,567.8
      | \d{1,3}(?:\ \d{3})+(?!\d)(?:[.,]\d+)?   # 1 234 567,8
      | \d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?   # 1.234.567,8
      | \d+[.,]\d+
      | \d+)""",
    re.VERBOSE,
)
#: exact for any number that fits an answer, and it never raises
_EXACT = Context(prec=600, traps=[])


class NumberWords(NamedTuple):
    """The number words that are read together, folded."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    hundreds: frozenset[str]
    joints: frozenset[str]
    minus: frozenset[str]
    compounds: tuple[Callable[[str], int | None], ...]
    #: every word above: most texts hold none of them
    all: frozenset[str]

    def compound(self, word: str) -> int | None:
        """The value of a number written in one word; None for any other word."""
        return next((value for read in self.compounds if (value := read(word)) is not None), None)


def number_words(spoken: Iterable[Language], *extra: Mapping[str, int]) -> NumberWords:
    """The words of some languages together, with `extra` ones that add up. Where two differ, the former is meant."""
    values: dict[str, int] = {}
    scales: dict[str, int] = {}
    hundreds, joints, minus = set[str](), set[str](), set[str]()
    spoken = tuple(spoken)
    for each in spoken:
        values = _folded(each.values) | values
        scales = _folded(each.scales) | scales
        hundreds.update(map(fold, each.hundreds))
        joints.update(map(fold, each.joints))
        minus.update(map(fold, each.minus))
    for more in extra:
        values = _folded(more) | values
    return NumberWords(
        values,
        scales,
        frozenset(hundreds),
        frozenset(joints),
        frozenset(minus),
        tuple(each.read_compound for each in spoken),
        frozenset({*values, *scales, *minus, *hundreds}),
    )


def _folded(words: Mapping[str, int]) -> dict[str, int]:
    return {fold(word): value for word, value in words.items()}


@cache
def everyday_words() -> NumberWords:
    """What is read as a number in any text: the words of every language that mean nothing else."""
    return number_words(languages())


def is_number(token: str) -> bool:
    """Whether a token of a normalised text is a number."""
    return token[0] in _DIGITS or token[0] == "-"


def read_literal(literal: str) -> str:
    """A number in digits in its one spelling: no grouping, a decimal dot, no zeros in front or at the end."""
    sign = "-" if literal[0] == "-" else ""
    return _spelled(sign, _decimal_dot(literal.lstrip("+-").replace(" ", "")))


def _decimal_dot(digits: str) -> str:
    groups = digits.split(",")
    if len(groups) > 1 and all(len(group.partition(".")[0]) == 3 for group in groups[1:]) and len(groups[0]) <= 3:
        return "".join(groups)
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return digits.replace(",", ".")


def _spelled(sign: str, digits: str) -> str:
    whole, _, part = digits.partition(".")
    number = (whole.lstrip("0") or "0") + ("." + part.rstrip("0") if part.rstrip("0") else "")
    return number if number == "0" else sign + number


def join_number_words(tokens: list[str], words: NumberWords) -> list[str]:
    """The tokens with every number that is written in words replaced by its digits."""
    values = [words.compound(token) if token not in words.all else None for token in tokens]
    if words.all.isdisjoint(tokens) and all(value is None for value in values):
        return tokens
    tokens = [token if value is None else str(value) for token, value in zip(tokens, values, strict=True)]
    return _Reading(tokens, words).joined()


class _Reading:
    """Tokens as they are read from left to right."""

    def __init__(self, tokens: list[str], words: NumberWords) -> None:
        self.tokens, self.words = tokens, words

    def joined(self) -> list[str]:
        joined: list[str] = []
        at = 0
        while at < len(self.tokens):
            number, after = self._signed(at)
            joined.append(self.tokens[at] if number is None else number)
            at = after if number is not None else at + 1
        return joined

    def _signed(self, at: int) -> tuple[str | None, int]:
        """A number with its sign, in digits or as a word; saying minus twice is no plus."""
        tokens = self.tokens
        first = next((place for place in range(at, len(tokens)) if tokens[place] not in self.words.minus), at)
        unsigned = tokens[first].lstrip("-")
        if unsigned == tokens[first]:
            number, after = self._scaled(first)
        else:
            positive = [*tokens[:first], unsigned, *tokens[first + 1 :]]
            number, after = _Reading(positive, self.words)._scaled(first)
        negative = first > at or unsigned != tokens[first]
        return (_spelled("-", number) if number and negative else number), after

    def _scaled(self, at: int) -> tuple[str | None, int]:
        """A whole number from `at` on: groups below a thousand, each with its own thousand, million, billion."""
        tokens, total, limit, start = self.tokens, Decimal(0), 0, at
        while at < len(tokens):
            group, after = self._group(at)
            scale = self.words.scales.get(tokens[after]) if after < len(tokens) else None
            if (group is None and scale is None) or (limit and (scale or group or 0) >= limit):
                break
            if scale is None and not limit and tokens[at][0] in _DIGITS:
                return tokens[at], after
            total = _EXACT.add(total, _EXACT.multiply(Decimal(1) if group is None else group, Decimal(scale or 1)))
            at, limit = after + (scale is not None), scale or 1
            if scale is None:
                break
            at = self._after_joint(at)
        return (None if at == start else _spelled("", format(total, "f"))), at

    def _after_joint(self, at: int) -> int:
        """The place after an `and` that joins two parts of a number; `at` when there is none."""
        tokens = self.tokens
        follows = at + 1 < len(tokens) and tokens[at] in self.words.joints and tokens[at + 1] in self.words.values
        return at + 1 if follows else at

    def _group(self, at: int) -> tuple[Decimal | None, int]:
        """A number below a thousand in words, or any number in digits; None and `at` when there is none."""
        tokens = self.tokens
        if tokens[at][0] in _DIGITS:
            return Decimal(tokens[at]), at + 1
        value, room, start = 0, 1000, at
        while at < len(tokens):
            word = tokens[at]
            if word in self.words.hundreds and value < 100 and (room > 100 or value):
                value, room, at = (value or 1) * 100, 100, at + 1
                at = self._after_joint(at)
                continue
            part = self.words.values.get(word)
            if part is None or part >= room or (part == 0 and at > start):
                break
            value, room, at = value + part, _room_after(part), at + 1
        return (None if at == start else Decimal(value)), at


def _room_after(part: int) -> int:
    """What may follow within a group: after hundreds below 100, after tens below 10, else nothing."""
    if part >= 100:
        return 100 if part % 100 == 0 else 0
    return 10 if part >= 20 and part % 10 == 0 else 0
