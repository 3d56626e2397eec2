"""Capitals: which city is the capital of a country, and which country a capital is of."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ALONE, ask, fill
from quiz.packs.build.countries import Country, all_countries
from quiz.packs.build.recipe import CLDR, COUNTRYINFO, OURS, Recipe
from quiz.packs.build.words import phrases
from quiz.packs.format import Question

_WORDS = phrases("capitals")

_SEVERAL_CAPITALS = {"BI", "BO", "LK", "SZ", "ZA"}  # by law, or in law and in deed

_SOURCE = (
    "Country names: Unicode CLDR, by way of Babel. Capitals: a table of ours, in English checked against countryinfo; "
    "populations, for the difficulty: countryinfo."
)


def _capitals() -> Iterator[Question | None]:
    for country in all_countries():
        if country.capitals:
            q = fill(_WORDS.capital_of, country.in_sentence)
            clues = [fill(ALONE, country.continent)]
            yield ask(q, country.capitals, difficulty=country.difficulty, clues=clues, explanation=_explained(country))


def _explained(country: Country) -> dict[str, str]:
    if country.code not in _SEVERAL_CAPITALS:
        return {}
    return {code: _WORDS.several[code].format(", ".join(names)) for code, names in country.capitals.items()}


def _countries() -> Iterator[Question | None]:
    for country in all_countries():
        if country.capitals:
            q = fill(_WORDS.country_of, country.capitals)
            clues = [fill(ALONE, country.continent)]
            yield ask(q, country.names, difficulty=min(5, country.difficulty + 1), clues=clues)


CAPITALS = Recipe(
    slug="capitals",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source=_SOURCE,
    questions=_capitals,
)
COUNTRIES = Recipe(
    slug="countries",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source=_SOURCE,
    questions=_countries,
)
