"""The states of the USA and their capitals."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ask, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import names, rows, words
from quiz.packs.format import LANGUAGES, Question

_CAPITAL_OF = {
    "en": "What is the capital of the US state of {}?",
    "ru": "Как называется столица американского штата {}?",
    "uk": "Як називається столиця американського штату {}?",
}
_STATE_OF = {
    "en": "Of which US state is {} the capital?",
    "ru": "Столицей какого американского штата является город {}?",
    "uk": "Столицею якого американського штату є місто {}?",
}

_FAMOUS = frozenset(words("Alaska Arizona California Colorado Florida Georgia Hawaii Massachusetts Texas Utah"))


def _states() -> Iterator[Question | None]:
    for row in rows("us_states"):
        state = {language: names(row[2 * at]) for at, language in enumerate(LANGUAGES)}
        capital = {language: names(row[2 * at + 1]) for at, language in enumerate(LANGUAGES)}
        difficulty = 2 if row[0] in _FAMOUS else 4
        yield ask(fill(_CAPITAL_OF, state), capital, difficulty=difficulty)
        yield ask(fill(_STATE_OF, capital), state, difficulty=difficulty)


US_STATES = Recipe(
    slug="us_states",
    category={"en": "US states", "ru": "Штаты США", "uk": "Штати США"},
    licenses=(OURS,),
    source="A table of ours.",
    questions=_states,
)
