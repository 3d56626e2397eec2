"""One turn in the making: the state as it stands now, and what has happened in it so far."""

from collections.abc import Mapping
from typing import Any

import msgspec

from quiz.protocol import Attempt
from quiz.rules.state import Player, QuizState
from rooms.live.game import Event, GameError, Outcome, Seat, Step


class Turn:
    """Collects what a turn comes to. `told` has events and tries in order; who sees which try is decided at the end.

    The state is replaced part by part, so that the one the turn began with stays as it was.
    """

    def __init__(self, state: QuizState, seats: Mapping[int, Seat], now: int) -> None:
        self.state = msgspec.structs.replace(state, turns=state.turns + 1, players=dict(state.players))
        self.seats = seats
        self.now = now
        self.told: list[Event | Attempt] = []
        self.refused: list[tuple[int, GameError]] = []
        self.outcome: Outcome | None = None

    def change(self, **parts: Any) -> None:
        """Replace parts of the state."""
        self.state = msgspec.structs.replace(self.state, **parts)

    def change_player(self, player: Player) -> None:
        """Put a player's new record in place of the old one."""
        self.state.players[player.id] = player

    def step(self, events: list[Event]) -> Step[QuizState]:
        """The turn's result: the clock is the open round's, and stands still without one."""
        due = self.state.open.phase_ends if self.state.open else None
        return Step(state=self.state, events=events, due=due, outcome=self.outcome, refused=self.refused)
