"""Cities that are no capitals: in which country they are."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ALONE, ask, fill
from quiz.packs.build.countries import by_code
from quiz.packs.build.recipe import CLDR, COUNTRYINFO, OURS, Recipe
from quiz.packs.build.tables import rows
from quiz.packs.build.words import named, phrases
from quiz.packs.format import Question

_WORDS = phrases("cities")


def _cities() -> Iterator[Question | None]:
    for code, key in rows("cities"):
        country = by_code(code)
        (city,) = named("cities")[key]
        clues = [fill(ALONE, country.continent)]
        yield ask(fill(_WORDS.country_of, city), country.names, difficulty=country.difficulty, clues=clues)


CITIES = Recipe(
    slug="cities",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Cities: a table of ours. Country names: Unicode CLDR, by way of Babel. Populations: countryinfo.",
    questions=_cities,
)
