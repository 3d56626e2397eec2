"""Flags as emoji: two regional indicator letters, drawn by the player's own font."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ALONE, ask, everywhere, fill
from quiz.packs.build.countries import all_countries
from quiz.packs.build.recipe import CLDR, COUNTRYINFO, OURS, Recipe
from quiz.packs.build.words import phrases
from quiz.packs.format import Question

_WORDS = phrases("flags")


# Pairs that nobody tells apart on a screen: Chad and Romania, Indonesia and Monaco, Luxembourg and the Netherlands.
_LOOK_ALIKE = {"TD", "RO", "ID", "MC", "LU", "NL"}


def flag(code: str) -> str:
    """The flag emoji of an ISO 3166-1 alpha-2 code."""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code)


def _flags() -> Iterator[Question | None]:
    for country in all_countries():
        if country.code not in _LOOK_ALIKE:
            clues = [fill(_WORDS.capital, country.capitals), fill(ALONE, country.continent)]
            q = fill(_WORDS.whose_flag, everywhere(flag(country.code)))
            yield ask(q, country.names, difficulty=country.difficulty, clues=clues)


FLAGS = Recipe(
    slug="flags",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Country names: Unicode CLDR, by way of Babel. Flags: emoji of ISO 3166 codes. Populations: countryinfo.",
    questions=_flags,
)
