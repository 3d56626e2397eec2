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
from quiz.packs.build.tables import names, rows
from quiz.packs.build.wording import capitalized
from quiz.packs.format import LANGUAGES, Question

_OF_COUNTRY = {
    "en": "What is the currency of {}?",
    "ru": "Какова официальная валюта государства {}?",
    "uk": "Яка офіційна валюта держави {}?",
}
_BY_CODE = {
    "en": "Which currency has the code {}?",
    "ru": "Какая валюта обозначается кодом {}?",
    "uk": "Яку валюту позначають кодом {}?",
}
_USED_IN = {"en": "Used in: {}", "ru": "Где в ходу: {}", "uk": "Де в обігу: {}"}

# What CLDR as Babel has it doesn't know yet: Bulgaria took the euro on 1 January 2026.
_CURRENCIES_NOW = {"BG": ["EUR"]}
# Lost between two currencies: Zimbabwe (US dollar and ZiG), Croatia's kin are settled and asked.
_NOT_ASKED = {"ZW"}
# Shown first though CLDR lists the neighbour's first: the country's own money.
_OWN_FIRST = {"BT": "BTN", "LS": "LSL", "NA": "NAD"}


def currencies_of(country: Country) -> list[str]:
    """ISO 4217 codes of what is legal tender today, the country's own first."""
    listed = get_global("territory_currencies")[country.code]
    today = _CURRENCIES_NOW.get(country.code) or [code for code, _, until, tender in listed if until is None and tender]
    return sorted(today, key=lambda code: code != _OWN_FIRST.get(country.code))


@cache
def _short_names() -> dict[str, dict[str, list[str]]]:
    """Currency code -> what the money is called without its country: yen, иена, єна."""
    return {
        row[0]: {code: names(cell) for code, cell in zip(LANGUAGES, row[1:], strict=True)} for row in rows("currencies")
    }


def _full_names(code: str) -> dict[str, list[str]]:
    return {language: [capitalized(name) for name in listed] for language, listed in cldr.currency(code).items()}


def _with_short(code: str) -> dict[str, list[str]]:
    short = _short_names()[code]
    return {language: [*listed, *map(capitalized, short[language])] for language, listed in _full_names(code).items()}


def _of_countries() -> Iterator[Question | None]:
    for country in all_countries():
        codes = currencies_of(country)
        if country.code not in _NOT_ASKED and codes:
            accepted = [_with_short(code) for code in codes]
            answers = {language: [name for one in accepted for name in one[language]] for language in LANGUAGES}
            q = fill(_OF_COUNTRY, country.in_sentence)
            yield ask(q, answers, difficulty=country.difficulty, clues=[fill(ALONE, everywhere(codes[0]))])


def _by_code() -> Iterator[Question | None]:
    users = {code: [one for one in all_countries() if code in currencies_of(one)] for code in _short_names()}
    kinds = Counter(short["en"][0] for short in _short_names().values())
    for code, short in _short_names().items():
        if users[code]:
            answers = _with_short(code) if kinds[short["en"][0]] == 1 else _full_names(code)
            level = min(5, min(one.difficulty for one in users[code]) + 1)
            yield ask(fill(_BY_CODE, code), answers, difficulty=level, clues=[fill(_USED_IN, _some(users[code]))])


def _some(countries: list[Country]) -> Names:
    """The largest three of the countries."""
    largest = sorted(countries, key=lambda one: -one.population)[:3]
    return {code: [", ".join(one.in_sentence[code][0] for one in largest)] for code in LANGUAGES}


def _currencies() -> Iterator[Question | None]:
    yield from _of_countries()
    yield from _by_code()


CURRENCIES = Recipe(
    slug="currencies",
    category={"en": "Currencies", "ru": "Валюты", "uk": "Валюти"},
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Currencies, their countries and names: Unicode CLDR, by way of Babel. Populations: countryinfo.",
    questions=_currencies,
)
