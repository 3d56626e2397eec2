"""The states of the USA and their capitals."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ask, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import rows, words
from quiz.packs.build.words import named, phrases
from quiz.packs.format import Question

_WORDS = phrases("us_states")


_FAMOUS = frozenset(words("Alaska Arizona California Colorado Florida Georgia Hawaii Massachusetts Texas Utah"))


def _states() -> Iterator[Question | None]:
    for (key,) in rows("us_states"):
        state, capital = named("us_states")[key]
        difficulty = 2 if key in _FAMOUS else 4
        yield ask(fill(_WORDS.capital_of, state), capital, difficulty=difficulty)
        yield ask(fill(_WORDS.state_of, capital), state, difficulty=difficulty)


US_STATES = Recipe(
    slug="us_states",
    licenses=(OURS,),
    source="A table of ours.",
    questions=_states,
)
