"""The quiz race as a game of the live rooms: pure functions over `QuizState` (see rooms/live/game.py)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from quiz.protocol import COMMANDS, PUBLIC_FIELDS, QuizRoom
from quiz.rules.ending import finish
from quiz.rules.rounds import begin, begin_if_enough, go_on_later, is_running, skip_round, time_is_up
from quiz.rules.setup import Setup
from quiz.rules.state import QuizState, new_state
from quiz.rules.telling import LARGE_ROOM, LARGE_ROOM_PACE_MS, tell
from quiz.rules.tries import take_answer
from quiz.rules.turn import Turn
from quiz.rules.view import view_of
from rooms.live.game import GAME_POWERS, Command, GameError, Seat, Step
from wsgateway.wire.client_out import Room
from wsgateway.wire.errors import ERRORS


class QuizGame:
    """Everybody answers the same question; the first right answer wins the round."""

    name: ClassVar[str] = "quiz"
    commands: ClassVar[Mapping[str, type[msgspec.Struct]]] = COMMANDS
    Room: ClassVar[type[Room]] = QuizRoom
    public_fields: ClassVar[frozenset[str]] = PUBLIC_FIELDS
    powers: ClassVar[frozenset[str]] = GAME_POWERS
    State = QuizState

    def start(self, setup: dict[str, Any], now: int) -> Step[QuizState]:
        """The quiz that `setup` (see quiz/rules/setup.py) describes; it begins at once unless it waits for players.

        Raises `msgspec.ValidationError` for a setup of another shape.
        """
        turn = Turn(new_state(msgspec.convert(setup, Setup)), {}, now)
        begin_if_enough(turn)
        return turn.step(tell(turn))

    def handle(
        self, state: QuizState, seats: Mapping[int, Seat], commands: Sequence[Command], now: int
    ) -> Step[QuizState]:
        """Commands in the order received. One that is refused harms no other."""
        turn = Turn(state, seats, now)
        for index, command in enumerate(commands):
            try:
                _RULES.get(command.kind, _unknown)(turn, command)
            except GameError as error:
                turn.refused.append((index, error))
        return turn.step(tell(turn))

    def on_timer(self, state: QuizState, seats: Mapping[int, Seat], now: int) -> Step[QuizState]:
        """At most one phase further, however late it is; none when it is too early."""
        turn = Turn(state, seats, now)
        time_is_up(turn)
        return turn.step(tell(turn))

    def view(self, state: QuizState, seats: Mapping[int, Seat], user: int | None, now: int) -> dict[str, Any]:
        """The quiz's fields of the room, the same for every member."""
        return view_of(state)

    def scores(self, state: QuizState) -> Mapping[int, int]:
        """Rounds won so far, of those who won any, also when they have left."""
        return {player.id: player.score for player in state.players.values() if player.score}

    def remains(self, state: QuizState) -> QuizState:
        """Of a closed quiz: not its questions (only how many there were), nor what the database has of it."""
        nothing = msgspec.Raw(b"0")
        return msgspec.structs.replace(state, rounds=(nothing,) * len(state.rounds), past=None, ended=())

    def pace_ms(self, seats: Mapping[int, Seat]) -> int:
        """Large rooms run in steps, so that a burst is one turn."""
        return LARGE_ROOM_PACE_MS if len(seats) > LARGE_ROOM else 0


def _somebody_came(turn: Turn, command: Command) -> None:
    begin_if_enough(turn)


def _somebody_went(turn: Turn, command: Command) -> None:
    if not turn.seats and turn.state.phase != "over":
        finish(turn, "everybody_left")


def _owner_starts(turn: Turn, command: Command) -> None:
    if turn.state.phase != "waiting":
        raise GameError("already_started", ERRORS["already_started"])
    begin(turn)


def _owner_pauses(turn: Turn, command: Command) -> None:
    is_running(turn)


def _owner_resumes(turn: Turn, command: Command) -> None:
    go_on_later(turn, command.body["paused_ms"])


def _owner_skips(turn: Turn, command: Command) -> None:
    skip_round(turn)


def _operator_closes(turn: Turn, command: Command) -> None:
    if turn.state.phase != "over":
        finish(turn, str(command.body.get("reason") or "operator"))


def _unknown(turn: Turn, command: Command) -> None:
    raise GameError("unknown_action", ERRORS["unknown_action"])


_RULES: dict[str, Callable[[Turn, Command], None]] = {
    "answer": take_answer,
    "join": _somebody_came,
    "leave": _somebody_went,
    "kick": _somebody_went,
    "close": _operator_closes,
    "start": _owner_starts,
    "pause": _owner_pauses,
    "resume": _owner_resumes,
    "skip": _owner_skips,
}
