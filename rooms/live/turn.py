"""One turn of a room: commands in order, the game's timer between them at its place, everything for the commit out.

Pure: no clock, no I/O; the room given is never changed. A burst of game commands is handed to the game at once.
When the game raises anywhere, the turn is taken again from its start with care: every command by itself, undone
if it raises, so that one poisonous command costs its sender an error and nobody else anything.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from rooms.live import membership, powers
from rooms.live.draft import Draft, Poison
from rooms.live.errors import Refused
from rooms.live.game import Command, Game, GameError
from rooms.live.limits import LIMITS
from rooms.live.refs import ref_of, seen
from rooms.live.state import LiveRoom

Games = Mapping[str, Game[Any]]

#: what the room carries out itself
HANDLERS = membership.HANDLERS | powers.HANDLERS

_command = msgspec.json.Decoder(Command)


class _TakeCare(Exception):  # noqa: N818  a signal inside this file, not an error
    """The game raised in a quick turn."""


def read_body(command: Command, game: Game[Any]) -> msgspec.Struct:
    """The body as the struct that the game has for this kind. Raises `Refused`: unknown_action, bad_message."""
    shape = game.commands.get(command.kind)
    if shape is None:
        raise Refused("unknown_action")
    try:
        return msgspec.convert(command.body, shape)
    except msgspec.ValidationError as error:
        raise Refused("bad_message", str(error).replace("`", "")) from None


def parse_command(line: bytes | str) -> Command | None:
    """A line of the inbox, `<ms> <JSON>` as submit.lua writes it (or bare JSON); None for garbage."""
    text = line.encode() if isinstance(line, str) else line
    stamp, _, body = text.partition(b" ") if text[:1].isdigit() else (b"0", b"", text)
    try:
        command = _command.decode(body)
        command.time = int(stamp) or command.time
    except (msgspec.DecodeError, ValueError):
        return None
    return command


def take_turn(room: LiveRoom | None, games: Games, commands: Sequence[Command], now: int, state: Any = None) -> Draft:
    """What the commands and the time make of the room. `state`: the game's state when the caller still has it decoded
    (it may be changed). Raises `KeyError` when the room's game is not known here, `msgspec.DecodeError` when its state
    can't be read."""
    game = games[room.game] if room else None
    if room and game and state is None:
        state = msgspec.json.decode(room.data, type=game.State)
    try:
        return _Turn(Draft(room, game, state, now), games, careful=False).play(commands)
    except _TakeCare:
        fresh = msgspec.json.decode(room.data, type=game.State) if room and game else None
        return _Turn(Draft(room, game, fresh, now), games, careful=True).play(commands)


class _Turn:
    def __init__(self, draft: Draft, games: Games, *, careful: bool) -> None:
        self.draft, self.games, self.careful = draft, games, careful
        self.burst: list[Command] = []
        #: (user, ref) of the burst's commands
        self.burst_refs: set[tuple[int | None, str]] = set()

    def play(self, commands: Sequence[Command]) -> Draft:
        for command in commands:
            command.time = command.time or self.draft.now
            self._tick(command.time)
            self._offer(command)
        self._flush()
        self._tick(self.draft.now)
        self._end_long_pause()
        self.draft.welcome()
        self.draft.count_spectators()
        membership.close_if_nobody_came(self.draft)
        self.draft.seal()
        return self.draft

    # ------------------------------------------------------------------------------------------ commands

    def _offer(self, command: Command) -> None:
        """Carry the command out, or keep it for the burst when it is the game's."""
        if self._answered_again(command):
            return
        handler = HANDLERS.get(command.kind)
        if handler is None:
            self._keep_for_burst(command)
            return
        self._flush()
        if command.kind != "join" or self.careful:  # those who join one after the other are shown the room together
            self.draft.welcome()
        self._attempt(command, lambda: handler(self.draft, command, self.games))

    def _keep_for_burst(self, command: Command) -> None:
        self.burst.append(command)
        if ref := ref_of(command):
            self.burst_refs.add((command.user, ref))
        if self.careful:
            self._flush()

    def _answered_again(self, command: Command) -> bool:
        """Whether this (user, ref) was here before; then it is answered as it was the first time."""
        ref = ref_of(command)
        if ref is None:
            return False
        if (command.user, ref) in self.burst_refs:
            self._flush()
        code = seen(self.draft.room, command) if self.draft.room else None
        if code is None:
            return False
        self._flush()
        self.draft.repeat(command, code)
        return True

    def _flush(self) -> None:
        """Hand the burst to the game: what members of the open room sent."""
        burst, self.burst = self.burst, []
        if not burst:
            return
        self.burst_refs.clear()
        self.draft.welcome()
        taken = [command for command in burst if self._admit(command)]
        if taken:
            self._attempt(taken[0], lambda: self._handle(taken))

    def _admit(self, command: Command) -> bool:
        try:
            command.seat = self.draft.seat_of(command)
            if self.draft.open_room.paused is not None:
                raise Refused("paused")
            command.parsed = read_body(command, self.draft.rules)
        except Refused as refusal:
            self.draft.refuse(command, refusal.code, refusal.message)
            return False
        return True

    def _handle(self, commands: list[Command]) -> None:
        draft = self.draft
        step = draft.rules.handle(draft.state, draft.open_room.seats, commands, draft.now)
        draft.absorb(step)
        refused = dict(step.refused)
        for index, command in enumerate(commands):
            if error := refused.get(index):
                draft.refuse(command, error.code, error.message)
            else:
                draft.settle(command)

    def _attempt(self, command: Command, act: Callable[[], None]) -> None:
        """Run `act`. What the game raises is its refusal or a bug: one command pays for it, nothing else."""
        before = self.draft.savepoint() if self.careful else None
        try:
            act()
        except Refused as refusal:  # the room's own no, said before anything was changed
            self.draft.refuse(command, refusal.code, refusal.message)
        except Exception as error:
            if before is None:
                raise _TakeCare from error
            self.draft.go_back(before)
            self._isolate(command, error)

    def _isolate(self, command: Command, error: Exception) -> None:
        if not isinstance(error, GameError):
            self.draft.poison.append(Poison(command.kind, command.user, error))
        if command.kind in membership.FORCED:  # a game has no say in who leaves
            membership.FORCED[command.kind](self.draft, command)
        elif isinstance(error, GameError):
            self.draft.refuse(command, error.code, error.message)
        else:
            self.draft.refuse(command, "internal")

    # ------------------------------------------------------------------------------------------ time

    def _tick(self, until: int) -> None:
        """Call the game's timer if it was due by then; what was received before that is handled before."""
        for _ in range(LIMITS.ticks):
            if not self.draft.timer_due(until):
                return
            if self.burst:
                self._flush()
            else:
                self._call_timer()

    def _end_long_pause(self) -> None:
        draft = self.draft
        if draft.paused_until is None or draft.paused_until > draft.now:
            return
        command = Command("resume", time=draft.now)
        self._attempt(command, lambda: powers.resume(draft, command, self.games))
        if draft.room and draft.room.paused is not None:
            draft.room.paused = draft.now  # the game would not: it is asked again after the same time

    def _call_timer(self) -> None:
        draft = self.draft
        draft.welcome()
        before = draft.savepoint() if self.careful else None
        try:
            draft.absorb(draft.rules.on_timer(draft.state, draft.open_room.seats, draft.now))
            draft.timers += 1
        except Exception as error:
            if before is None:
                raise _TakeCare from error
            draft.go_back(before)
            draft.poison.append(Poison("on_timer", None, error))
            draft.timer_broken = True
