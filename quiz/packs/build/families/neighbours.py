"""Countries told by all of their land neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quiz.packs.build.asking import ALONE, ask, fill
from quiz.packs.build.countries import Country, all_countries
from quiz.packs.build.recipe import CLDR, COUNTRYINFO, OURS, Recipe
from quiz.packs.build.wording import alphabetical
from quiz.packs.build.words import grammar, phrases
from quiz.packs.format import LANGUAGES, Question

_WORDS = phrases("neighbours")


# Not asked: who borders them is disputed, or depends on territories overseas.
_UNCLEAR = {
    "AL": "Kosovo", "ME": "Kosovo", "MK": "Kosovo", "RS": "Kosovo",
    "DZ": "Western Sahara", "MA": "Western Sahara", "MR": "Western Sahara",
    "EG": "Gaza", "IL": "Palestine", "JO": "the West Bank", "LB": "Israel and Syria", "SY": "the Golan Heights",
    "AF": "Kashmir", "IN": "Kashmir", "CY": "Northern Cyprus and the British bases", "GB": "Gibraltar and the bases",
    "BR": "French Guiana", "SR": "French Guiana", "FR": "French Guiana", "NL": "Saint Martin", "ES": "Gibraltar, Ceuta",
    "CA": "Hans Island", "DK": "Hans Island", "CU": "Guantanamo",
}  # fmt: skip
# Where countryinfo is wrong: what to add and what to take away, by alpha-3 code.
_MISSING = {
    "CN": {"NPL"},
    "IT": {"AUT"},
    "KW": {"IRQ"},
    "MM": {"IND"},
    "TD": {"SDN"},
    "VA": {"ITA"},
}
_NO_BORDER = {
    "CN": {"HKG", "MAC"},  # parts of China itself
    "LK": {"IND"},  # there is a strait between them
    "CY": {"GBR"},  # the British bases are no United Kingdom, which borders Ireland alone
    "KW": {"IRN"},  # there is Iraq between them
    "MM": {"BTN"},  # there is India between them
    "TD": {"SSD"},  # there is the Central African Republic between them
    "VA": {"IT"},  # Italy by the wrong kind of code
}


def neighbours(country: Country) -> frozenset[str]:
    """The alpha-3 codes of all land neighbours."""
    listed = set(country.facts.get("borders", ())) | _MISSING.get(country.code, set())
    return frozenset(listed - _NO_BORDER.get(country.code, set()))


def _asked() -> Iterator[Question | None]:
    by_alpha3 = {country.facts["ISO"]["alpha3"]: country for country in all_countries()}
    times = Counter(neighbours(country) for country in all_countries())
    for country in all_countries():
        around = neighbours(country)
        if around and times[around] == 1 and country.code not in _UNCLEAR:
            yield _question(country, [by_alpha3[code] for code in around])


def _question(country: Country, around: list[Country]) -> Question | None:
    named = {code: [", ".join(_named(around, code))] for code in LANGUAGES if all(code in one.names for one in around)}
    clues = [fill(ALONE, country.continent)]
    difficulty = min(5, country.difficulty + (len(around) < 3))
    return ask(
        fill(_WORDS.one if len(around) == 1 else _WORDS.several, named),
        country.names,
        difficulty=difficulty,
        clues=clues,
    )


def _named(around: list[Country], language: str) -> list[str]:
    ordered = sorted(
        around, key=lambda one: alphabetical(one.names[language][0], grammar(language).get("alphabet", ""))
    )
    return [one.in_sentence[language][0] for one in ordered]


NEIGHBOURS = Recipe(
    slug="neighbours",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Borders (some corrected by us) and populations: countryinfo. Country names: Unicode CLDR, by way of Babel.",
    questions=_asked,
)
