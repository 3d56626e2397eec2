"""The second reading of a text: what people write in several ways without meaning another thing.

    "Louis the 14th", "Louis XIV" -> "louis 14"        "Dr. No" -> "doctor no"
    "Lord of the Rings" -> "lord rings"                "Müller", "Mueller" -> "muller"

Two texts whose loose readings are equal are one answer. It is looked at only when the exact spelling did not fit, and
no reading makes a word of its own a number: `XIV` alone is not 14, nor `second` 2.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from quiz.rules.judge.folding import fold
from quiz.rules.judge.languages import languages
from quiz.rules.judge.normal import tokens_of, without_articles
from quiz.rules.judge.numbers import NumberWords, is_number, join_number_words, number_words

#: a plural's ending is cut off only where this many letters stay
_STEM = 3
#: Roman digits, the Cyrillic letters that look like them included; L, C, D and M are rare after names and are words
_ROMAN = {"i": 1, "і": 1, "v": 5, "x": 10, "х": 10}
#: one letter is a numeral only behind a word that isn't one of these: Malcolm X, Generation X
_NO_NUMERAL_AFTER = frozenset({"malcolm", "малкольм", "малколм", "generation", "planet", "racer", "phoenix", "vitamin"})


class _Words(NamedTuple):
    """Words of all languages together, folded."""

    articles: frozenset[str]
    small: frozenset[str]
    kinds: frozenset[str]
    kind_abbreviations: frozenset[str]
    #: abbreviation, or a word that another language abbreviates alike -> the word it is read as
    written_out: Mapping[str, str]
    endings: frozenset[str]
    plurals: tuple[str, ...]
    respelt: tuple[tuple[str, str], ...]
    ordinals: NumberWords
    ambiguous: tuple[tuple[frozenset[str], NumberWords], ...]


@cache
def _words() -> _Words:
    spoken = languages()
    written_out: dict[str, str] = {}
    for each in spoken:
        for short, long in each.abbreviations.items():
            first = written_out.setdefault(fold(short), fold(long))
            written_out.setdefault(fold(long), first)
    return _Words(
        articles=frozenset(fold(word) for each in spoken for word in each.articles),
        small=frozenset(fold(word) for each in spoken for word in each.small_words),
        kinds=frozenset(fold(word) for each in spoken for word in each.kinds),
        kind_abbreviations=frozenset(
            fold(short) for each in spoken for short, long in each.abbreviations.items() if long in each.kinds
        ),
        written_out=written_out,
        endings=frozenset(fold(word) for each in spoken for word in each.ordinal_endings),
        plurals=tuple(ending for each in spoken for ending in each.plurals),
        respelt=tuple((typed, fold(letter)) for each in spoken for letter, typed in each.respellings.items()),
        ordinals=number_words(spoken, *(each.ordinals for each in spoken)),
        ambiguous=tuple(
            (frozenset(map(fold, each.ambiguous)), number_words([each], each.ambiguous))
            for each in spoken
            if each.ambiguous
        ),
    )


@lru_cache(maxsize=4096)
def loose_tokens(text: str) -> tuple[str, ...]:
    """The loose reading of a text, word by word."""
    words = _words()
    tokens = without_articles(tokens_of(text))
    if len(tokens) > 1 and tokens[0] in words.articles and len(tokens[1]) > 1 and tokens[1].isalpha():
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0] in words.kind_abbreviations:
        tokens = tokens[1:]
    tokens = [words.written_out.get(token, token) for token in _as_numbers(tokens)]
    kept = [token for token in tokens if token not in words.small]
    if len(kept) > 1:
        tokens = kept
    return tuple(_stem(token) for token in tokens)


def without_kind(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens without a first word that says what kind of thing is named (the river Thames, остров Крит)."""
    return tokens[1:] if len(tokens) > 1 and tokens[0] in _words().kinds else tokens


def other_numbers(text: str) -> list[tuple[str, ...]]:
    """What the text is when words that are numbers in one language only are read as such: elf, eine Million."""
    tokens = tokens_of(text)
    return [
        tuple(join_number_words(tokens, read))
        for ambiguous, read in _words().ambiguous
        if not ambiguous.isdisjoint(tokens)
    ]


def _as_numbers(tokens: list[str]) -> list[str]:
    """Number words, ordinals, Roman numerals and years said in two halves, in digits; a word alone stays one."""
    words = _words()
    if len(tokens) == 1:
        return tokens
    roman = [_roman(before, token, after) for before, token, after in _neighbours(tokens)]
    read = join_number_words(roman, words.ordinals)
    ended = [token for before, token in pairwise(["", *read]) if not (token in words.endings and _is_number(before))]
    if roman != tokens and all(map(is_number, ended)):
        return tokens
    return _joined_years(ended, tokens)


def _neighbours(tokens: list[str]) -> Iterator[tuple[str, str, str]]:
    """Every token with the one before and the one after it, "" where there is none."""
    return zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)


def _is_number(token: str) -> bool:
    return bool(token) and is_number(token)


def _roman(before: str, token: str, after: str) -> str:
    """A Roman numeral below 40 in digits when it stands behind a word, or (two letters or more) in front of one."""
    if not set(token) <= _ROMAN.keys() or before in _NO_NUMERAL_AFTER or (not before and (len(token) < 2 or not after)):
        return token
    digits = [_ROMAN[char] for char in token]
    value = sum(-one if one < two else one for one, two in pairwise([*digits, 0]))
    return str(value) if to_roman(value) == "".join("ivx"[(1, 5, 10).index(digit)] for digit in digits) else token


def to_roman(number: int) -> str:
    """A number from 1 to 39 as the Romans wrote it, in small letters."""
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return "x" * (number // 10) + ones[number % 10]


def _joined_years(tokens: list[str], spoken: list[str]) -> list[str]:
    """ "nineteen eighty-four" is one number, though "19 84" in digits is two."""
    joined: list[str] = []
    for token in tokens:
        halves = bool(joined) and _is_half(joined[-1], 10, 20) and _is_half(token, 10, 99)
        if halves and joined[-1] not in spoken and token not in spoken:
            joined[-1] += token
        else:
            joined.append(token)
    return joined


def _is_half(token: str, low: int, high: int) -> bool:
    return len(token) == 2 and token.isdecimal() and low <= int(token) <= high


def _stem(token: str) -> str:
    if token.isascii():
        for typed, letter in _words().respelt:
            token = token.replace(typed, letter)
        for ending in _words().plurals:
            if token.endswith(ending) and len(token) - len(ending) >= _STEM and _is_plural(token, ending):
                return token[: -len(ending)]
        return token
    return "и" + token[1:] if token[0] == "й" else token


def _is_plural(token: str, ending: str) -> bool:
    before = token[: -len(ending)]
    return before.endswith(("s", "x", "z", "ch", "sh")) if len(ending) > 1 else not before.endswith(("s", "u", "i"))
