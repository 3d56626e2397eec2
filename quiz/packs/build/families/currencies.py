"""Currencies: of a country, and by their ISO 4217 code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from babel.core import get_global

from quiz.packs.build import cldr
from quiz.packs.build.asking import ALONE, Names, ask, everywhere, fill
from quiz.packs.build.countries import Country, all_countries
from quiz.packs.build.recipe import CLDR, COUNTRYINFO, OURS, Recipe
from quiz.packs.build.tables import rows
from quiz.packs.build.wording import capitalized
from quiz.packs.build.words import named, phrases
from quiz.packs.format import LANGUAGES, Question

_WORDS = phrases("currencies")


# Where CLDR as Babel has it is late or loose: Bulgaria took the euro on 1 January 2026; in Haiti only the gourde is
# tender by law, though people reckon in US dollars.
_CURRENCIES_NOW = {"BG": ["EUR"], "HT": ["HTG"]}
# Between two currencies: the US dollar and the new ZiG.
_NOT_ASKED = {"ZW"}
# Shown first though CLDR lists the neighbour's first: the country's own money.
_OWN_FIRST = {"BT": "BTN", "LS": "LSL", "NA": "NAD"}


def currencies_of(country: Country) -> list[str]:
    """ISO 4217 codes of what is legal tender today, the country's own first."""
    listed = get_global("territory_currencies")[country.code]
    today = _CURRENCIES_NOW.get(country.code) or [code for code, _, until, tender in listed if until is None and tender]
    return sorted(today, key=lambda code: code != _OWN_FIRST.get(country.code))


# Where CLDR's name is misspelt, or an abbreviation no player would write, or has two alphabets in one word.
_FULL_NAMES = {
    "GYD": {"en": ["Guyanese dollar"]},
    "KGS": {"en": ["Kyrgyzstani som"]},
    "XAF": {"ru": ["центральноафриканский франк"]},
    "XOF": {"ru": ["западноафриканский франк"]},
}


@cache
def _short_names() -> dict[str, dict[str, list[str]]]:
    """Currency code -> what the money is called without its country: yen, иена, єна."""
    return {code: named("currencies").get(code, ({},))[0] for (code,) in rows("currencies")}


@cache
def _bearers() -> Counter[tuple[str, str]]:
    """How many currencies have a short name, by (language, name)."""
    return Counter(
        (lang, name) for short in _short_names().values() for lang, listed in short.items() for name in listed
    )


def _names(code: str, *, any_short: bool) -> dict[str, list[str]]:
    """The full name, then the short ones; without `any_short` only those that no other currency has."""
    full = cldr.currency(code) | _FULL_NAMES.get(code, {})
    short = {
        lang: [name for name in listed if any_short or _bearers()[lang, name] == 1]
        for lang, listed in _short_names()[code].items()
    }
    return {lang: [capitalized(name) for name in [*listed, *short.get(lang, ())]] for lang, listed in full.items()}


def _of_countries() -> Iterator[Question | None]:
    for country in all_countries():
        codes = currencies_of(country)
        if country.code not in _NOT_ASKED and codes:
            accepted = [_names(code, any_short=True) for code in codes]
            answers = {language: [name for one in accepted for name in one.get(language, ())] for language in LANGUAGES}
            q = fill(_WORDS.of_country, country.in_sentence)
            yield ask(q, answers, difficulty=country.difficulty, clues=[fill(ALONE, everywhere(codes[0]))])


def _by_code() -> Iterator[Question | None]:
    users = {code: [one for one in all_countries() if code in currencies_of(one)] for code in _short_names()}
    for code in _short_names():
        if users[code]:
            level = min(5, min(one.difficulty for one in users[code]) + 1)
            yield ask(
                fill(_WORDS.by_code, code),
                _names(code, any_short=False),
                difficulty=level,
                clues=[fill(_WORDS.used_in, _some(users[code]))],
            )


def _some(countries: list[Country]) -> Names:
    """The largest three of the countries."""
    largest = sorted(countries, key=lambda one: -one.population)[:3]
    return {
        code: [", ".join(one.in_sentence[code][0] for one in largest)]
        for code in LANGUAGES
        if all(code in one.names for one in largest)
    }


def _currencies() -> Iterator[Question | None]:
    yield from _of_countries()
    yield from _by_code()


CURRENCIES = Recipe(
    slug="currencies",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Currencies, their countries and names: Unicode CLDR, by way of Babel. Populations: countryinfo.",
    questions=_currencies,
)
