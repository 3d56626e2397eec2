"""Cities that are no capitals: in which country they are."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ALONE, ask, fill
from quiz.packs.build.countries import by_code
from quiz.packs.build.recipe import CLDR, COUNTRYINFO, OURS, Recipe
from quiz.packs.build.tables import names, rows
from quiz.packs.format import LANGUAGES, Question

_COUNTRY_OF = {
    "en": "In which country is the city of {}?",
    "ru": "В какой стране находится город {}?",
    "uk": "У якій країні розташоване місто {}?",
}


def _cities() -> Iterator[Question | None]:
    for code, *cells in rows("cities"):
        country = by_code(code)
        city = {language: names(cell) for language, cell in zip(LANGUAGES, cells, strict=True)}
        clues = [fill(ALONE, country.continent)]
        yield ask(fill(_COUNTRY_OF, city), country.names, difficulty=country.difficulty, clues=clues)


CITIES = Recipe(
    slug="cities",
    category={"en": "Cities", "ru": "Города мира", "uk": "Міста світу"},
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Cities: a table of ours. Country names: Unicode CLDR, by way of Babel. Populations: countryinfo.",
    questions=_cities,
)
