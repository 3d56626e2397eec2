"""What a game is to a live room: pure functions from (state, commands, time) to (state, events).

A game never does I/O, reads no clock and draws no random number: whatever it needs comes with its
setup (drawn on the Django side) or as an argument. The room keeps the seats, versions, log and
timer; the game keeps its own state, a msgspec struct that goes through JSON between turns.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import msgspec

from wsgateway.wire.client_out import Room, RoomEvent

S = TypeVar("S")


class Seat(msgspec.Struct):
    """One member of a room as everybody sees them. `player` is the client's own word about itself (<= 1 KiB)."""

    id: int
    name: str
    account: int = 0
    rating: int = 0
    player: dict[str, Any] | None = None
    #: what the game's rating needs and nobody is shown, e.g. {"mu": 25.0, "sigma": 8.3}
    hidden: dict[str, Any] = {}


#: what the owner may do in every room, whatever is played there
ROOM_POWERS = frozenset({"kick", "lock", "unlock", "close", "hand_over"})
#: and where the game says so (`Game.powers`)
GAME_POWERS = frozenset({"start", "pause", "resume", "skip", "options"})

#: kinds of command that are the room's own (rooms/live/membership.py and powers.py); all others belong to the game
#: (quiz: `answer`), which can't have commands of these names
ROOM_KINDS = frozenset({"create", "join", "leave", "watch", "unwatch"}) | ROOM_POWERS | GAME_POWERS


class Command(msgspec.Struct):
    """One thing somebody wants, in the order the room received it."""

    kind: str
    user: int | None = None
    body: dict[str, Any] = {}
    #: the client's own name for this request; the same (user, ref) counts once
    ref: str | None = None
    #: when the server received it, ms since the epoch
    time: int = 0
    #: the sender's seat at that moment; filled by the room before the game sees the command
    seat: Seat | None = None
    #: where the submitter waits for the outcome (`Channels.reply`), if it does
    reply: str | None = None
    #: the reply's room without its players: the submitter shows it to nobody
    brief: bool = False
    #: its sender hears of a refusal by the reply alone
    quiet: bool = False
    #: its sender wants to hear that it was carried out: `done` with its ref
    confirm: bool = False
    #: the body as the game's own struct (`Game.commands`); filled by the room before the game sees the command
    parsed: Any = None


class Event(msgspec.Struct):
    """One message to members; `to` None means every member. The room fills in what every `RoomEvent` has."""

    body: RoomEvent
    to: tuple[int, ...] | None = None
    #: a recorded event takes the next version and stands in the log. One off the record (a try that only its
    #: author is shown) carries the current version as both `v` and `since`.
    recorded: bool = True
    #: a client that is too slow for everything can do without it
    chatter: bool = False


class Outcome(msgspec.Struct):
    """How a game ended: what `close_room` says, and what the database is to store (`record`, any JSON).

    `reason` is a code, which clients have sentences for: finished, everybody_left, nobody_came, operator, owner, lost,
    or one of the game's own. `message` says the same in English, but for `operator`: there it is what they wrote.
    """

    message: str
    results: list[dict[str, Any]]
    record: dict[str, Any] = {}
    reason: str = "finished"


class GameError(Exception):
    """A command that is refused; the room tells its sender alone: `error` with this code and message, and in ms when it
    may be sent again, where that helps."""

    def __init__(self, code: str, message: str, retry_ms: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.retry_ms = code, message, retry_ms


class Step(msgspec.Struct, Generic[S]):
    """What a turn of the game comes to."""

    state: S
    events: list[Event] = []
    #: when `on_timer` wants to be called next, ms since the epoch; None: never
    due: int | None = None
    #: set when the game is over: the room sends `close_room` and closes
    outcome: Outcome | None = None
    #: (index, why) of each of the turn's commands that the game did not carry out; the room tells their senders
    refused: list[tuple[int, GameError]] = []


class Game(Protocol[S]):
    """The rules of one game. Every function is pure; `now` is ms since the epoch.

    More may be there. `remains(state) -> state`: what of the state `view` and `scores` still need of a closed room,
    which stays in Redis for an hour; without it all stays. `public_fields`: the fields of `view` that somebody may see
    who has no seat; without it they see the room's own fields alone. `powers`: which of `GAME_POWERS` the owner has;
    without it none. `start`, `skip` and `resume` (`{"paused_ms"}`: every clock goes on that much later) come to
    `handle` alone, like `join`; `pause` too, before the room stops the clock. While it is paused, the timer is not
    called and members' commands are refused by the room. For new `options` the room begins anew with `start`, and a
    `join` each.
    """

    name: ClassVar[str]
    #: kind -> struct of the body of each command that members may send; other kinds are refused
    commands: ClassVar[Mapping[str, type[msgspec.Struct]]]
    #: the room as clients get it: the platform's fields and those of `view`
    Room: ClassVar[type[Room]]
    #: the struct the state is decoded to between turns
    State: type[S]

    def start(self, setup: dict[str, Any], now: int) -> Step[S]:
        """The state of a room just made from what the game's Django side prepared. Nobody is seated yet."""

    def handle(self, state: S, seats: Mapping[int, Seat], commands: Sequence[Command], now: int) -> Step[S]:
        """Commands in order: the game's kinds in bursts; `join`, `leave`, `kick` and `close` alone, seats as after.
        What the game does not carry out it names in `refused`."""

    def on_timer(self, state: S, seats: Mapping[int, Seat], now: int) -> Step[S]:
        """The due time has come (perhaps late, perhaps twice: look at the state and at `now`)."""

    def view(self, state: S, seats: Mapping[int, Seat], user: int | None, now: int) -> dict[str, Any]:
        """The game's fields of `Room` as `user` may see them, `phase` and `state` among them; never a secret."""

    def scores(self, state: S) -> Mapping[int, int]:
        """User id -> score so far; a missing id means 0."""

    def pace_ms(self, seats: Mapping[int, Seat]) -> int:
        """Least time between two turns; 0 runs a turn at once. Large rooms take 100 so that bursts become few turns."""
