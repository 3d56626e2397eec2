"""Numbers as digits or as words, in English, Russian and Ukrainian, each to one spelling: `-1234.5`.

    twenty-one, двадцать один, двадцять один -> 21      1,000 and 1 000 and a thousand -> 1000
    minus five, -5 -> -5                                1.5 million, полтора is not read -> 1500000

A comma before exactly three digits groups thousands, any other comma is a decimal one (1,5); a dot is decimal unless
there are two (1.000.000). Roman numerals are words.
"""

import re
from decimal import Context, Decimal

from quiz.rules.judge.folding import fold

_UNITS = """
one один одна одно одне|two два две дві|three три|four четыре чотири|five пять п'ять|six шесть шість|
seven семь сім|eight восемь вісім|nine девять дев'ять|ten десять|eleven одиннадцать одинадцять|
twelve двенадцать дванадцять|thirteen тринадцать тринадцять|fourteen четырнадцать чотирнадцять|
fifteen пятнадцать п'ятнадцять|sixteen шестнадцать шістнадцять|seventeen семнадцать сімнадцять|
eighteen восемнадцать вісімнадцять|nineteen девятнадцать дев'ятнадцять
"""
_TENS = """
twenty двадцать двадцять|thirty тридцать тридцять|forty сорок|fifty пятьдесят п'ятдесят|sixty шестьдесят шістдесят|
seventy семьдесят сімдесят|eighty восемьдесят вісімдесят|ninety девяносто дев'яносто
"""
_HUNDREDS = """
сто|двести двісті|триста|четыреста чотириста|пятьсот п'ятсот|шестьсот шістсот|семьсот сімсот|восемьсот вісімсот|
девятьсот дев'ятсот
"""
_THOUSANDS = """
thousand thousands тысяча тысячи тысяч тисяча тисячі тисяч|
million millions миллион миллиона миллионов мільйон мільйона мільйони мільйонів|
billion billions миллиард миллиарда миллиардов мільярд мільярда мільярди мільярдів
"""


def _table(words: str, values: list[int]) -> dict[str, int]:
    rows = zip(words.split("|"), values, strict=True)
    return {fold(word): value for row, value in rows for word in row.split()}


_VALUES = {
    **dict.fromkeys(("zero", "nought", "ноль", "нуль"), 0),
    **_table(_UNITS, list(range(1, 20))),
    **_table(_TENS, list(range(20, 100, 10))),
    **_table(_HUNDREDS, list(range(100, 1000, 100))),
}
_SCALES = _table(_THOUSANDS, [10**3, 10**6, 10**9])
_MINUS = frozenset(fold(word) for word in ("minus", "negative", "минус", "мінус"))
_AND = "and"
#: not `str.isdigit`, which knows signs (Ethiopic, say) that are no decimal digits
_DIGITS = frozenset("0123456789")
_HUNDRED = "hundred"
_NUMBER_WORDS = frozenset({*_VALUES, *_SCALES, *_MINUS, _HUNDRED})

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


def join_number_words(tokens: list[str]) -> list[str]:
    """The tokens with every number that is written in words replaced by its digits."""
    if _NUMBER_WORDS.isdisjoint(tokens):
        return tokens
    joined: list[str] = []
    at = 0
    while at < len(tokens):
        number, after = _read_signed(tokens, at)
        joined.append(tokens[at] if number is None else number)
        at = after if number is not None else at + 1
    return joined


def _read_signed(tokens: list[str], at: int) -> tuple[str | None, int]:
    """A number with its sign, in digits or as a word; saying minus twice is no plus."""
    first = next((place for place in range(at, len(tokens)) if tokens[place] not in _MINUS), at)
    unsigned = tokens[first].lstrip("-")
    number, after = _read_scaled([*tokens[:first], unsigned, *tokens[first + 1 :]], first)
    negative = first > at or unsigned != tokens[first]
    return (_spelled("-", number) if number and negative else number), after


def _read_scaled(tokens: list[str], at: int) -> tuple[str | None, int]:
    """A whole number from `at` on: groups below a thousand, each with its own thousand, million, billion."""
    total, limit, start = Decimal(0), 0, at
    while at < len(tokens):
        group, after = _read_group(tokens, at)
        scale = _SCALES.get(tokens[after]) if after < len(tokens) else None
        if (group is None and scale is None) or (limit and (scale or group or 0) >= limit):
            break
        if scale is None and not limit and tokens[at][0] in _DIGITS:
            return tokens[at], after
        total = _EXACT.add(total, _EXACT.multiply(Decimal(1) if group is None else group, Decimal(scale or 1)))
        at, limit = after + (scale is not None), scale or 1
        if scale is None:
            break
        at = _skip_and(tokens, at)
    return (None if at == start else _spelled("", format(total, "f"))), at


def _skip_and(tokens: list[str], at: int) -> int:
    """The place after an `and` that joins two parts of a number; `at` when there is none."""
    follows = at + 1 < len(tokens) and tokens[at] == _AND and tokens[at + 1] in _VALUES
    return at + 1 if follows else at


def _read_group(tokens: list[str], at: int) -> tuple[Decimal | None, int]:
    """A number below a thousand in words, or any number in digits; None and `at` when there is none."""
    if tokens[at][0] in _DIGITS:
        return Decimal(tokens[at]), at + 1
    value, room, start = 0, 1000, at
    while at < len(tokens):
        word = tokens[at]
        if word == _HUNDRED and value < 100 and (room > 100 or value):
            value, room, at = (value or 1) * 100, 100, at + 1
            at = _skip_and(tokens, at)
            continue
        part = _VALUES.get(word)
        if part is None or part >= room or (part == 0 and at > start):
            break
        value, room, at = value + part, _room_after(part), at + 1
    return (None if at == start else Decimal(value)), at


def _room_after(part: int) -> int:
    """What may follow within a group: after hundreds below 100, after tens below 10, else nothing."""
    if part >= 100:
        return 100
    return 10 if part >= 20 else 0
