"""The one spelling of an answer, so that equal answers are equal texts.

    "  The   Beatles! " -> "beatles"        "Twenty-one pilots" -> "21 pilots"
    "Ёлка" -> "елка"                        "Boeing747" -> "boeing 747"

`normalise` is idempotent and never raises.
"""

import re
from functools import lru_cache
from itertools import pairwise

from quiz.rules.judge.folding import fold
from quiz.rules.judge.numbers import LITERAL, everyday_words, is_number, join_number_words, read_literal

#: a number in digits, or a word; + and # belong to a word that they end: c++, f#
_TOKEN = re.compile(rf"[^\W\d_]+[+\#]*|(?P<number>{LITERAL.pattern})", re.VERBOSE)


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Words in small plain letters and numbers in digits, one space between them, without articles.

    Two numbers side by side are parted by `/`, because a space would group thousands. A text without words and
    numbers (an emoji) is its own spelling.
    """
    return _written(join_number_words(without_articles(tokens_of(text)), everyday_words())) or fold(text).strip()


def tokens_of(text: str) -> list[str]:
    """The folded words of a text, and its numbers in their one spelling, in order; signs and spaces are gone."""
    folded = fold(text).replace("&", " and ")
    return [read_literal(found[0]) if found["number"] else found[0] for found in _TOKEN.finditer(folded)]


def _written(tokens: list[str]) -> str:
    written = tokens[0] if tokens else ""
    for one, two in pairwise(tokens):
        written += ("/" if is_number(one) and is_number(two) else " ") + two
    return written


def without_articles(tokens: list[str]) -> list[str]:
    """Without `the` anywhere and `a`, `an` in front of a word; what consists of articles alone keeps one.

    `A4`, `Vitamin A` and `Plan B` keep their letters. Other languages' articles are words of another kind elsewhere
    (Die Hard), so they may be missing only in the second reading (`judge.loose`).
    """
    kept = [token for token in tokens if token != "the"] or tokens[:1]
    while kept[1:] and kept[0] in ("a", "an") and kept[1][:2].isalpha() and len(kept[1]) > 1:
        kept = kept[1:]
    return kept
