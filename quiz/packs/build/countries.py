"""The states of the world: names and parts of the world from CLDR, capitals and other names from our tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from quiz.packs.build import cldr
from quiz.packs.build.tables import rows
from quiz.packs.build.wording import distinct
from quiz.packs.build.words import articles, named

_CONTINENTS = {"EU": "150", "AS": "142", "AF": "002", "NA": "003", "SA": "005", "OC": "009"}  # UN M49, as CLDR has them


@dataclass(frozen=True)
class Country:
    """A state. Names are lists by language, the one to show first."""

    code: str  # ISO 3166-1 alpha-2
    names: dict[str, list[str]]
    capitals: dict[str, list[str]]  # empty when we don't ask for it
    continent: dict[str, list[str]]
    population: int  # of about 2014: good for telling large from small, for nothing else
    facts: dict[str, Any]  # countryinfo's record

    @property
    def in_sentence(self) -> dict[str, list[str]]:
        """The name to show as it stands in a sentence: "the Netherlands" in English."""
        return {code: [articles(code).get(self.code, "") + listed[0]] for code, listed in self.names.items()}

    @property
    def difficulty(self) -> int:
        """1 (everybody knows it) to 5. The population is the proxy; people know Europe better than its size says."""
        millions = self.population / 1_000_000
        level = 5 - sum(millions >= bound for bound in (1, 6, 20, 55))
        return max(1, level - 1) if self.continent["en"] == ["Europe"] else level


@cache
def all_countries() -> tuple[Country, ...]:
    """Every state of our table, by code."""
    return tuple(_country(*row) for row in rows("countries"))


def by_code(code: str) -> Country:
    """The country of an alpha-2 code. Raises KeyError."""
    return _index()[code]


@cache
def _index() -> dict[str, Country]:
    return {country.code: country for country in all_countries()}


def _country(code: str, continent: str, *not_asked: str) -> Country:
    facts = _countryinfo()[code]
    return Country(
        code=code,
        names=_names(code),
        capitals={} if not_asked else named("capitals")[code][0],
        continent=cldr.territory(_CONTINENTS[continent]),
        population=facts["population"],
        facts=facts,
    )


def _names(code: str) -> dict[str, list[str]]:
    """Our names; an empty cell, or an empty first name in it, takes CLDR's."""
    (ours,) = named("country_names").get(code, ({},))
    found = cldr.territory(code)
    for language, written in ours.items():
        if written:
            found[language] = distinct(written if written[0] else [*found[language], *written[1:]])
    return {language: distinct(listed) for language, listed in found.items()}


@cache
def _countryinfo() -> dict[str, dict[str, Any]]:
    """countryinfo's records by alpha-2 code, read from its files: its own reader takes a second for all of them.

    Two records claim the Vatican's and Palestine's code; the first by file name with a population is taken.
    """
    records: dict[str, dict[str, Any]] = {}
    listed = files("countryinfo").joinpath("data").iterdir()
    for path in sorted((one for one in listed if one.name.endswith(".json")), key=lambda one: one.name):
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.get("population"):
            records.setdefault(record["ISO"]["alpha2"], record)
    return records
