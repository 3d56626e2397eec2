"""What the judge knows of each language: one file a language, of the name of its code, found by `config.languages`."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from config.languages import CODES


def no_compound(word: str) -> int | None:
    """For languages that write a number's words apart."""
    return None


class Language(NamedTuple):
    """A language as the judge sees it. Words are given as people write them; whoever uses them folds them."""

    #: number words that add up, with their values: one, twenty, двести
    values: Mapping[str, int] = {}
    #: words that a whole group of digits is multiplied by: thousand, million
    scales: Mapping[str, int] = {}
    #: words that multiply by a hundred what stands before them
    hundreds: frozenset[str] = frozenset()
    #: words that may stand between two parts of a number
    joints: frozenset[str] = frozenset()
    minus: frozenset[str] = frozenset()
    #: a number that is written in one word (einundzwanzig), by its folded spelling; None for any other word
    read_compound: Callable[[str], int | None] = no_compound
    #: number words that are words of another kind too, read as numbers only in a second reading: elf, ein
    ambiguous: Mapping[str, int] = {}
    #: ordinals in words: first, двадцатый; read as numbers only where another word stands beside them
    ordinals: Mapping[str, int] = {}
    #: what follows the digits of an ordinal: 1st, 20-й
    ordinal_endings: frozenset[str] = frozenset()
    #: articles that may be left out in front of another word
    articles: frozenset[str] = frozenset()
    #: short words that may be left out or put in between others
    small_words: frozenset[str] = frozenset()
    #: abbreviation -> the word it stands for, without the dot
    abbreviations: Mapping[str, str] = {}
    #: what kind of thing a name names; may stand before it or not: г. Москва, the river Thames
    kinds: frozenset[str] = frozenset()
    #: words that make another thing of the one they stand beside: North Korea, Anti-Christ
    contrasts: frozenset[str] = frozenset()
    #: endings of a plural that may be there or not, the longest first
    plurals: tuple[str, ...] = ()
    #: letter -> the letters typed for it by who has no key for it: ü, ue
    respellings: Mapping[str, str] = {}
    #: letter -> Latin letters, where the language's own romanisation differs from the usual one (anyascii's)
    romanisation: Mapping[str, str] = {}
    #: what the keys of a Latin keyboard (US) write when this language's layout is on; "" for a Latin language
    layout: str = ""
    #: names that are often confused, one pair or group a line, parted by " | "
    confused: str = ""


#: the keys of a US keyboard in the order in which `Language.layout` gives their letters
KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."


@cache
def languages() -> tuple[Language, ...]:
    """Every language of `config.languages`, in its order; of one that has no file here the judge knows nothing."""
    return tuple(
        import_module(f"{__name__}.{code}").LANGUAGE if find_spec(f"{__name__}.{code}") else Language()
        for code in CODES
    )


@cache
def language(code: str) -> Language:
    """The language of a code; one that the house doesn't have knows nothing."""
    return languages()[CODES.index(code)] if code in CODES else Language()


def table(words: str, values: Iterable[int]) -> dict[str, int]:
    """Number words in rows parted by "|", each row with its value: `table("one|two pair", [1, 2])`."""
    rows = zip(words.split("|"), values, strict=True)
    return {word: value for row, value in rows for word in row.split()}


def with_endings(stems: str, endings: str, values: Iterable[int]) -> dict[str, int]:
    """Every stem with every ending, for ordinals that are declined; stems in rows parted by "|"."""
    return {stem + end: value for stem, value in table(stems, values).items() for end in endings.split()}
