"""One room being drained by the process that holds its lease: turn after turn until the inbox is empty."""

import logging
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from rooms.live.calls import Calls
from rooms.live.counters import Counters
from rooms.live.draft import Draft, Poison
from rooms.live.game import Command, Game
from rooms.live.remains import Newer, bury
from rooms.live.state import FORMAT, LiveRoom
from rooms.live.turn import parse_command, take_turn

log = logging.getLogger(__name__)

#: answers of commit.lua
STALE, LEASE_LOST = -1, -2

decode_room = msgspec.json.Decoder(LiveRoom).decode


def read_room(blob: bytes | str) -> LiveRoom:
    """A stored room. Raises `msgspec.DecodeError`, or `Newer`: other code's."""
    room = decode_room(blob)
    if room.format > FORMAT:
        raise Newer
    return room


class Drain:
    """The holder's work on one room. `go_on()` False: hand over after the present turn."""

    def __init__(
        self,
        calls: Calls,
        games: Mapping[str, Game[Any]],
        room_id: int,
        counters: Counters,
        *,
        go_on: Callable[[], bool],
    ) -> None:
        self.calls, self.games, self.room_id, self.counters, self.go_on = calls, games, room_id, counters, go_on

    async def run(self, answer: Any) -> int:
        """Drain from what submit.lua or claim.lua answered. Returns the ms that further commands wait for the pace."""
        now, turn, blob, lines = answer
        room, state = None, None
        while True:
            began = time.perf_counter()
            commands = self._commands(lines)
            try:
                room = read_room(blob) if blob else room
                draft = take_turn(room, self.games, commands, int(now), state)
            except msgspec.DecodeError as error:
                self._cannot_read(error)
                draft = bury(self.room_id, blob, commands, int(now))
            answer = await self.calls.commit(draft, self.room_id, turn, len(lines), go_on=self.go_on())
            if not isinstance(answer, list):
                self._ended(int(answer), draft, len(lines), began)
                return int(answer)
            self._ended(0, draft, len(lines), began)
            room, state = draft.room, draft.state
            now, turn, blob, lines = answer

    def _cannot_read(self, error: Exception) -> None:
        """Its message names a field and types, no value."""
        ids = {"room": self.room_id}
        log.error("room %s can't be read and is closed: %s", self.room_id, error, extra=ids)

    def _commands(self, lines: Sequence[bytes | str]) -> list[Command]:
        parsed = [parse_command(line) for line in lines]
        garbage = parsed.count(None)
        if garbage:
            self.counters.poison += garbage
            ids = {"room": self.room_id}
            log.error("room %s: %s lines of the inbox are no commands", self.room_id, garbage, extra=ids)
        return [command for command in parsed if command is not None]

    def _ended(self, answer: int, draft: Draft, handled: int, began: float) -> None:
        counters = self.counters
        if answer == STALE:
            counters.stale += 1
        elif answer == LEASE_LOST:
            counters.lease_losses += 1
        else:
            counters.turns += 1
            counters.commands += handled
            counters.timers += draft.timers
            counters.poison += len(draft.poison)
            for poison in draft.poison:
                self._complain(poison)
            counters.on_turn(time.perf_counter() - began, handled)

    def _complain(self, poison: Poison) -> None:
        """Log a game's bug by its place alone: messages of exceptions may hold answers."""
        frame = traceback.extract_tb(poison.error.__traceback__)[-1]
        log.error(
            "room %s: %s of user %s raised %s at %s:%s",
            *(self.room_id, poison.kind, poison.user, type(poison.error).__name__, frame.filename, frame.lineno),
            extra={"room": self.room_id, "user": poison.user},
        )
