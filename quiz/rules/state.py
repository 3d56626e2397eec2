"""What a quiz remembers between two turns. Goes through JSON; every part is replaced, never changed in place.

A quiz is `waiting` for players, then each round is a `question` and, when nobody knows, a `hint`; at last it is `over`.
"""

from typing import Literal

import msgspec

from quiz.protocol import Attempt, Category
from quiz.rules.judge.accepted import Accepted
from quiz.rules.setup import Round, Setup
from wsgateway.wire.client_out import ResultRow

Phase = Literal["waiting", "question", "hint", "over"]


class OpenRound(msgspec.Struct, frozen=True):
    """The question that is being asked. Times are ms since the epoch."""

    number: int
    question: Round
    accepted: Accepted
    opened: int
    #: when the hint is due, or after the hint the answer
    phase_ends: int
    hint: str | None = None
    #: the hint in each of the question's languages
    hints: dict[str, str] = {}
    tries: int = 0


class EndedRound(msgspec.Struct, frozen=True):
    """A round as the database stores it. `winner` is None when nobody knew."""

    question: int
    number: int
    winner: int | None
    answer: str
    tries: int
    started: int
    ended: int


class PastQuestion(msgspec.Struct, frozen=True):
    """The question before this one, kept for the right answers that arrive a moment too late."""

    id: int
    accepted: Accepted


class Player(msgspec.Struct, frozen=True):
    """Somebody who has tried at least once, kept also when they leave."""

    id: int
    name: str
    account: int
    rating: int
    mu: float
    sigma: float
    score: int = 0
    tries: int = 0
    #: the turn in which the others of a large room last saw a wrong try of this player
    shown: int = 0


class QuizState(msgspec.Struct, frozen=True):
    """The whole quiz. The questions to come stay raw JSON, so that a turn does not decode fifty of them."""

    rounds: tuple[msgspec.Raw, ...]
    language: str
    max_time: int
    min_players: int
    category: Category | None = None
    phase: Phase = "waiting"
    open: OpenRound | None = None
    past: PastQuestion | None = None
    ended: tuple[EndedRound, ...] = ()
    players: dict[int, Player] = {}
    #: the last tries that everybody saw
    tries: tuple[Attempt, ...] = ()
    turns: int = 0
    results: tuple[ResultRow, ...] | None = None


def new_state(setup: Setup) -> QuizState:
    """A quiz nobody has seen yet."""
    return QuizState(
        rounds=tuple(msgspec.Raw(msgspec.json.encode(round_)) for round_ in setup.rounds),
        language=setup.language,
        max_time=setup.max_time,
        min_players=setup.min_players,
        category=setup.category,
    )
