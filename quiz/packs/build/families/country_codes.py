"""Country codes: top-level domains of the internet and dialling codes of the telephone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quiz.packs.build.asking import ALONE, ask, ask_number, everywhere, fill
from quiz.packs.build.countries import Country, all_countries
from quiz.packs.build.recipe import CLDR, COUNTRYINFO, OURS, Recipe
from quiz.packs.build.words import phrases
from quiz.packs.format import Question

_WORDS = phrases("country_codes")


# Shared or never used: +7 Russia and Kazakhstan, +1 North America; the Vatican is reached by +39.
_NO_CODE_OF_ITS_OWN = {"RU", "KZ", "US", "CA", "VA"}


def _domains() -> Iterator[Question | None]:
    for country in all_countries():
        q = fill(_WORDS.domain, everywhere(country.facts["tld"][0]))
        clues = [fill(ALONE, country.continent)]
        yield ask(q, country.names, difficulty=country.difficulty, clues=clues)


def dialling_code(country: Country) -> str | None:
    """The digits after the plus; None where the country has no code that is its own."""
    codes = country.facts["callingCodes"]
    alone = len(codes) == 1 and codes[0].isdigit() and not codes[0].startswith("1")
    return codes[0] if alone and country.code not in _NO_CODE_OF_ITS_OWN else None


def _dialling() -> Iterator[Question | None]:
    codes = [(country, code) for country in all_countries() if (code := dialling_code(country))]
    times = Counter(code for _, code in codes)
    for country, code in codes:
        if times[code] == 1:
            difficulty = min(5, country.difficulty + 1)
            clues = [fill(ALONE, country.continent)]
            yield ask(fill(_WORDS.dialled, everywhere(f"+{code}")), country.names, difficulty=difficulty, clues=clues)
            yield ask_number(
                fill(_WORDS.dialling_code, country.in_sentence), int(code), difficulty=difficulty, also=f"+{code}"
            )


DOMAINS = Recipe(
    slug="internet_domains",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Domains and populations: countryinfo. Country names: Unicode CLDR, by way of Babel.",
    questions=_domains,
)
DIALLING_CODES = Recipe(
    slug="dialling_codes",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Dialling codes and populations: countryinfo. Country names: Unicode CLDR, by way of Babel.",
    questions=_dialling,
)
