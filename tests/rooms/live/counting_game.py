"""A second game, for tests only: everybody counts 0, 1, 2, ..."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from rooms.live.game import Command, Event, GameError, Outcome, Seat, Step
from wsgateway.wire.client_out import Room, RoomEvent


class Add(msgspec.Struct):
    """My next number."""

    n: int


class Bare(msgspec.Struct):
    """A command without a body."""


class Added(RoomEvent, tag_field="action", tag="added"):
    """Somebody counted."""

    user: int
    n: int


class Whispered(RoomEvent, tag_field="action", tag="whispered"):
    """To the sender alone, off the record."""


class Secret(RoomEvent, tag_field="action", tag="secret"):
    """To the sender alone, on the record."""


class Tick(RoomEvent, tag_field="action", tag="tick"):
    """The clock."""

    n: int


class CountingRoom(Room, tag_field="action", tag="room", kw_only=True):
    """The room with the counts."""

    counts: dict[str, int]
    ticks: int


class Counting(msgspec.Struct):
    """`counts`: user -> the number that must come next; `wrong`: numbers that came out of order or twice."""

    tick_ms: int = 0
    last_tick: int = 0
    next_tick: int | None = None
    ticks: int = 0
    total: int = 0
    counts: dict[int, int] = {}
    wrong: list[tuple[int, int]] = []


class CountingGame:
    """`add` {"n"} counts; `whisper` answers the sender alone; `decline` is refused as a value, `refuse` by raising, as
    `crash` does; `finish` ends the game.

    With `tick_ms` (setup) it ticks `last_tick` times at fixed distances, each told to all.
    """

    name: ClassVar[str] = "counting"
    commands: ClassVar[Mapping[str, type[msgspec.Struct]]] = {
        "add": Add,
        **dict.fromkeys(("whisper", "secret", "decline", "refuse", "crash", "finish", "nothing"), Bare),
    }
    Room: ClassVar[type[Room]] = CountingRoom
    public_fields: ClassVar[frozenset[str]] = frozenset({"counts", "ticks"})
    State = Counting

    def __init__(self, pace: int = 0) -> None:
        self.pace = pace

    def start(self, setup: dict[str, Any], now: int) -> Step[Counting]:
        if setup.get("crash"):
            raise RuntimeError("bad setup")
        state = Counting(setup.get("tick_ms", 0), setup.get("last_tick", 0))
        state.next_tick = now + state.tick_ms if state.tick_ms else None
        return Step(state, due=state.next_tick)

    def handle(
        self, state: Counting, seats: Mapping[int, Seat], commands: Sequence[Command], now: int
    ) -> Step[Counting]:
        step = Step(state)
        for index, command in enumerate(commands):
            if command.kind == "decline":
                step.refused.append((index, GameError("wrong_question", "No.")))
            else:
                getattr(self, f"_{command.kind}", _nothing)(step, command)
        step.due = state.next_tick
        return step

    def _add(self, step: Step[Counting], command: Command) -> None:
        state, user, n = step.state, command.user or 0, command.parsed.n
        if state.counts.get(user, 0) != n:
            state.wrong.append((user, n))
        state.counts[user] = n + 1
        state.total += 1
        step.events.append(Event(Added(user=user, n=n)))

    def _whisper(self, step: Step[Counting], command: Command) -> None:
        step.events.append(Event(Whispered(), to=(command.user or 0,), recorded=False))

    def _secret(self, step: Step[Counting], command: Command) -> None:
        step.events.append(Event(Secret(), to=(command.user or 0,)))

    def _refuse(self, step: Step[Counting], command: Command) -> None:
        raise GameError("wrong_question", "No.")

    def _crash(self, step: Step[Counting], command: Command) -> None:
        step.state.total = 666
        raise RuntimeError("the answer is Paris")

    def _leave(self, step: Step[Counting], command: Command) -> None:
        if command.body.get("crash"):
            raise RuntimeError("bug")

    def _finish(self, step: Step[Counting], command: Command) -> None:
        step.outcome = Outcome("counted", [{"id": command.user}], {"total": step.state.total})

    def on_timer(self, state: Counting, seats: Mapping[int, Seat], now: int) -> Step[Counting]:
        step = Step(state, due=state.next_tick)
        if state.next_tick is not None and now >= state.next_tick:
            state.ticks += 1
            state.next_tick = state.next_tick + state.tick_ms if state.ticks < state.last_tick else None
            step.due = state.next_tick
            step.events.append(Event(Tick(n=state.ticks)))
        return step

    def view(self, state: Counting, seats: Mapping[int, Seat], user: int | None, now: int) -> dict[str, Any]:
        return {
            "state": "running",
            "phase": "counting",
            "counts": {str(user): n for user, n in state.counts.items()},
            "ticks": state.ticks,
        }

    def scores(self, state: Counting) -> Mapping[int, int]:
        return state.counts

    def pace_ms(self, seats: Mapping[int, Seat]) -> int:
        return self.pace


def _nothing(step: Step[Counting], command: Command) -> None:
    """A kind this game does not care for."""
