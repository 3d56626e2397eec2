"""A turn being taken: the room as it is becoming, and all that is to leave it with the commit."""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

import msgspec

from rooms.live.errors import Refused
from rooms.live.game import Command, Event, Game, Outcome, Seat, Step
from rooms.live.limits import LIMITS
from rooms.live.publishing import Sent, log_line, marked
from rooms.live.refs import remember
from rooms.live.state import DONE, LiveRoom, Reply
from rooms.live.views import encode_players, room_view
from wsgateway.wire.client_out import CloseRoom, Done, Error, Spectators
from wsgateway.wire.errors import ERRORS

encode = msgspec.json.encode

NO_PLAYERS = msgspec.Raw(b"[]")


class Move(NamedTuple):
    """Somebody came into (`in`, at version `v`) or went out of (`out`) the room, or watches it (`watch`, at `v`);
    `end`: the room closed around them."""

    how: str
    user: int
    v: int = 0


class Poison(NamedTuple):
    """A command (or the timer) on which the game raised something that is no refusal: a bug of the game."""

    kind: str
    user: int | None
    error: Exception


class Savepoint(NamedTuple):
    """Where a draft stood, to go back to when a command fails half-way."""

    room: LiveRoom | None
    state: bytes
    lengths: tuple[int, int, int]


def remains_of(game: Game[Any], state: Any) -> Any:
    """What of the game's state a closed room keeps; a game that does not say keeps all."""
    remains: Callable[[Any], Any] | None = getattr(game, "remains", None)
    return remains(state) if remains else state


def copied(room: LiveRoom) -> LiveRoom:
    """A room that may be changed without the first one noticing (seats and each user's refs are only ever replaced)."""
    return msgspec.structs.replace(room, seats=dict(room.seats), refs=dict(room.refs))


class Draft:
    """The turn's working copy. Commands change it through the methods here; `turn.take_turn` returns it when done."""

    def __init__(self, room: LiveRoom | None, game: Game[Any] | None, state: Any, now: int) -> None:
        self.room = copied(room) if room else None
        self.game, self.state, self.now = game, state, now
        self.was_closed = bool(room and room.closed)
        self._watched_by = len(room.spectators) if room else 0
        #: how the game ended, when the room closes with this turn: the room itself keeps no `record`
        self.outcome: Outcome | None = None
        self.sent: list[Sent] = []
        self.moves: list[Move] = []
        self.answers: list[tuple[Command, str, str]] = []
        self.poison: list[Poison] = []
        self.timers = 0
        #: the game's timer raised: no second try in this turn
        self.timer_broken = False
        #: who came in and has not been shown the room yet (`welcome`); what happens meanwhile is in what they will see
        self.newcomers: dict[int, None] = {}
        self._held: list[Event] = []

    # ------------------------------------------------------------------------------------------ the room and its game

    @property
    def open_room(self) -> LiveRoom:
        """The room. Raises `Refused`: it does not exist, or is closed."""
        if self.room is None:
            raise Refused("unknown_room")
        if self.room.closed:
            raise Refused("room_closed")
        return self.room

    @property
    def rules(self) -> Game[Any]:
        assert self.game is not None, "a room always has its game"
        return self.game

    def seat_of(self, command: Command) -> Seat:
        """The sender's seat. Raises `Refused`: no member, or no open room."""
        seat = self.open_room.seats.get(command.user or 0)
        if seat is None:
            raise Refused("not_member")
        return seat

    def timer_due(self, until: int) -> bool:
        """Whether the game's timer is due by `until`."""
        room = self.room
        if room is None or room.closed or room.game_due is None or room.paused is not None or self.timer_broken:
            return False
        return room.game_due <= until

    def hear(self, command: Command) -> Step[Any]:
        """What the game makes of a command of the room's own. Raises `GameError`: it refuses."""
        step = self.rules.handle(self.state, self.open_room.seats, [command], self.now)
        for _, error in step.refused:
            raise error
        return step

    def absorb(self, step: Step[Any]) -> None:
        """Take over what the game's step comes to."""
        room = self.open_room
        self.state, room.game_due = step.state, step.due
        for event in step.events:
            self.emit(event)
        if step.outcome is not None:
            self.close(step.outcome)

    def close(self, outcome: Outcome) -> None:
        """The room's last event; whoever is in it may still look at it and sync for a while."""
        room = self.open_room
        newcomers, self.newcomers = self.newcomers, {}  # they hear of the end, too
        self.emit(Event(CloseRoom(message=outcome.message, results=cast(Any, outcome.results), reason=outcome.reason)))
        self.newcomers = newcomers
        room.state, room.game_due, room.spectators, room.paused = "closed", None, (), None
        self.outcome, room.outcome = outcome, msgspec.structs.replace(outcome, record={})
        self.moves.extend(Move("end", user) for user in room.seats)

    # ------------------------------------------------------------------------------------------ events

    def emit(self, event: Event) -> None:
        """Give the event its `room_id` and version. Newcomers, who are about to get the whole room, don't get it; what
        is off the record they get after that."""
        room = self.open_room
        to = (*room.seats, *room.spectators) if event.to is None else event.to
        if self.newcomers:
            kept_back = tuple(user for user in to if user in self.newcomers)
            to = tuple(user for user in to if user not in self.newcomers)
            if kept_back and not event.recorded:
                self._held.append(msgspec.structs.replace(event, to=kept_back))
        if not event.recorded:
            self._send_unrecorded(event, to)
            return
        room.v += 1
        was = room.mark
        event.body.room_id, event.body.v = room.room_id, room.v
        body, room.mark = marked(encode(event.body), was)
        self.sent.append(Sent(to, body, log_line(room.v, event.to, was, body), event.chatter))

    def count_spectators(self) -> None:
        """Tell how many watch, when that has changed: once a turn, however many came."""
        room = self.room
        if room and not room.closed and len(room.spectators) != self._watched_by:
            self.emit(Event(Spectators(spectators=len(room.spectators)), recorded=False))

    def _send_unrecorded(self, event: Event, to: tuple[int, ...]) -> None:
        assert self.room is not None
        event.body.room_id, event.body.v, event.body.since = self.room.room_id, self.room.v, self.room.v
        self.sent.append(Sent(to, encode(event.body), chatter=event.chatter))

    def welcome(self) -> None:
        """Show the newcomers the whole room, a snapshot and no event, and then what was kept back for them.

        Those who may see the same get the same bytes in one message: of a thousand who come in at once each would
        otherwise cost a view of a thousand.
        """
        if not self.newcomers or self.room is None:
            return
        newcomers, self.newcomers = self.newcomers, {}
        players = encode_players(self.room, self.rules, self.state)
        alike: dict[bytes, list[int]] = {}
        for user in newcomers:
            view = room_view(self.room, self.rules, self.state, user, self.now, players)
            alike.setdefault(encode(view), []).append(user)
        self.sent += [Sent(tuple(users), body) for body, users in alike.items()]
        held, self._held = self._held, []
        for event in held:
            self._send_unrecorded(event, event.to or ())

    # ------------------------------------------------------------------------------------------ outcomes of commands

    def settle(self, command: Command, code: str = DONE, message: str = "") -> None:
        """The command was carried out (DONE), or refused with this code; its sender's reply and ref say so."""
        self.answers.append((command, code, message or ERRORS.get(code, code)))
        if self.room is not None:
            remember(self.room, command, code)
            self._confirm(command, code)

    def refuse(self, command: Command, code: str, message: str = "") -> None:
        """Tell the sender alone; the socket stays open."""
        self.settle(command, code, message)
        self._tell(command, code, message or ERRORS.get(code, code))

    def repeat(self, command: Command, code: str) -> None:
        """The same (user, ref) again: the same kind of answer, no effect."""
        self.answers.append((command, code, ERRORS.get(code, code)))
        self._confirm(command, code)
        if code != DONE:
            self._tell(command, code, ERRORS.get(code, code))
        elif command.kind == "join" and command.user is not None and self.room and command.user in self.room.seats:
            self.newcomers[command.user] = None

    def _confirm(self, command: Command, code: str) -> None:
        """Tell the sender who asked for it that the command was carried out."""
        if code == DONE and command.confirm and command.ref and command.user is not None and self.room is not None:
            done = Done(command.ref, self.room.room_id, self.room.v)
            self.sent.append(Sent((command.user,), encode(done)))

    def _tell(self, command: Command, code: str, message: str) -> None:
        if command.user is None or command.quiet:
            return
        room_id = None if self.room is None else self.room.room_id
        self.sent.append(Sent((command.user,), encode(Error(code, message, command.ref, room_id))))

    def replies(self) -> list[tuple[str, bytes]]:
        """(reply id, `Reply` as JSON) for the commands whose sender waits; the room as it is after the turn."""
        awaited = [answer for answer in self.answers if answer[0].reply]
        wanted = self.room and any(code == DONE and not command.brief for command, code, _ in awaited)
        players = encode_players(self.room, self.rules, self.state) if self.room and wanted else NO_PLAYERS
        return [
            (command.reply or "", encode(self._reply(command, code, message, NO_PLAYERS if command.brief else players)))
            for command, code, message in awaited
        ]

    def _reply(self, command: Command, code: str, message: str, players: msgspec.Raw) -> Reply:
        if code != DONE:
            return Reply(False, code=code, message=message)
        if self.room is None:
            return Reply(True)
        view = room_view(self.room, self.rules, self.state, command.user, self.now, players)
        return Reply(True, view, self.room.closed)

    # ------------------------------------------------------------------------------------------ end, and going back

    def seal(self) -> None:
        """Encode the game's state into the room: the turn is over."""
        if self.timer_broken and self.room is not None and not self.room.closed:
            self.room.game_due = self.now + LIMITS.retry_ms
        if self.room is not None:
            if self.game is not None and self.room.closed and not self.was_closed:
                self.state = remains_of(self.game, self.state)
            self.room.data = msgspec.Raw(encode(self.state))

    @property
    def due(self) -> int | None:
        """When this room wants its next turn."""
        if self.room is None or self.room.closed:
            return None
        times = [self.room.game_due if self.paused_until is None else self.paused_until, self.empty_until]
        return min((time for time in times if time is not None), default=None)

    @property
    def empty_until(self) -> int | None:
        """When the room closes if nobody comes; None when somebody did, or it is lasting."""
        room = self.room
        if room is None or room.seats or room.lasting:
            return None
        return room.created + LIMITS.empty_ms

    @property
    def paused_until(self) -> int | None:
        """When a paused room goes on by itself; None when its clocks go."""
        if self.room is None or self.room.paused is None:
            return None
        return self.room.paused + LIMITS.paused_ms

    @property
    def pace_ms(self) -> int:
        """Least time to the room's next turn."""
        return 0 if self.room is None or self.room.closed else self.rules.pace_ms(self.room.seats)

    def savepoint(self) -> Savepoint:
        """Remember how everything stands."""
        room = copied(self.room) if self.room else None
        state = encode(self.state) if self.room is not None else b""
        return Savepoint(room, state, (len(self.sent), len(self.moves), len(self.answers)))

    def go_back(self, before: Savepoint) -> None:
        """Undo what happened since then, whatever the game did to its state meanwhile."""
        self.room, self.newcomers, self._held = before.room, {}, []
        self.state = msgspec.json.decode(before.state, type=self.rules.State) if before.room else None
        sent, moves, answers = before.lengths
        del self.sent[sent:], self.moves[moves:], self.answers[answers:]
