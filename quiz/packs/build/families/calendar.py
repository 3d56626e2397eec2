"""Days of the week and months, given in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quiz.packs.build.asking import ask, everywhere, fill
from quiz.packs.build.cldr import language, locale
from quiz.packs.build.recipe import CLDR, OURS, Recipe
from quiz.packs.build.tables import words
from quiz.packs.build.wording import capitalized
from quiz.packs.build.words import phrases
from quiz.packs.format import LANGUAGES, Question

_WORDS = phrases("calendar")


# Only languages that Russian and Ukrainian name by an adjective, so that the phrase is right for all of them.
_DAY_LANGUAGES = words("de fr es it nl sv fi et lv lt pl cs hr hu ro tr eu ca cy ga bg sq id is el")
# Only languages whose months don't all come from Latin: the others would be no question.
_MONTH_LANGUAGES = words("fi cs pl hr lt be uk eu cy ga tr")
_WELL_KNOWN = frozenset(words("de fr es it pl uk be"))

# The same in every Gregorian calendar by way of Babel: 0 is Monday, 1 is January.
_UNRESOLVED = {"Mon", "M01"}


def _wide(forms: Mapping[str, Any], first: int) -> Mapping[int, str]:
    """The full words as they stand alone; Babel gives placeholders where CLDR has only the form inside a date."""
    alone: Mapping[int, str] = forms["stand-alone"]["wide"]
    inside: Mapping[int, str] = forms["format"]["wide"]
    return inside if alone[first] in _UNRESOLVED else alone


def days(code: str) -> Mapping[int, str]:
    """0 (Monday) to 6 in a language."""
    return _wide(locale(code).days, 0)


def months(code: str) -> Mapping[int, str]:
    """1 to 12 in a language."""
    return _wide(locale(code).months, 1)


def _words_in(
    code: str, words: Mapping[int, str], phrase: Mapping[str, str], ours: dict[str, Mapping[int, str]]
) -> Iterator[Question | None]:
    for position, word in sorted(words.items()):
        answers = {lang: [capitalized(mine[position])] for lang, mine in ours.items() if lang != code}
        q = fill({lang: text for lang, text in phrase.items() if lang != code}, everywhere(word), language(code))
        yield ask(q, answers, difficulty=2 if code in _WELL_KNOWN else 4)


def _calendar() -> Iterator[Question | None]:
    our_days = {code: days(code) for code in LANGUAGES}
    our_months = {code: months(code) for code in LANGUAGES}
    for code in _DAY_LANGUAGES:
        yield from _words_in(code, days(code), _WORDS.day, our_days)
    for code in _MONTH_LANGUAGES:
        yield from _words_in(code, months(code), _WORDS.month, our_months)


CALENDAR = Recipe(
    slug="calendar",
    licenses=(OURS, CLDR),
    source="Days, months and languages: Unicode CLDR, by way of Babel.",
    questions=_calendar,
)
