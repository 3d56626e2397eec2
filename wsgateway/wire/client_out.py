"""What a client gets, whatever game it plays; nothing is sent that is not built from one of these, or a game's own.

Room events carry `room_id` and `v`. An event with `since` equal to `v` is off the record: shown once, not in the log,
it does not advance the version. Every other one has a `mark`, a check sum of it and all before it, to be sent back with
`sync`. Fields may be added, never renamed.
"""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType


class UserRef(msgspec.Struct):
    """A user as shown in presence."""

    id: int
    name: str


class PlayerRef(msgspec.Struct):
    """A user as shown in a room."""

    id: int
    name: str
    account: int = 0
    rating: int = 0


class PlayerView(PlayerRef):
    """A member of a room: `player` is what that client wanted others to know of it."""

    score: int = 0
    player: dict[str, Any] | None = None


class ResultRow(msgspec.Struct):
    """One line of the final table. `rating` is the new rating, `prize` what was won, in coins."""

    id: int
    name: str
    score: int
    rating: int
    prize: int


class Connected(msgspec.Struct, tag_field="action", tag="connected"):
    """The connect was right. `online` has at most 100 entries, `online_count` is everybody, `version` the server's."""

    id: int
    name: str
    online: list[UserRef]
    online_count: int
    rooms: list[int]
    version: str = ""


class SomeoneConnected(msgspec.Struct, tag_field="action", tag="someone_connected"):
    """Another user came online; once per user, however many tabs."""

    id: int
    name: str


class SomeoneDisconnected(msgspec.Struct, tag_field="action", tag="someone_disconnected"):
    """Another user went."""

    id: int
    name: str


class Room(msgspec.Struct, tag_field="action", tag="room", kw_only=True):
    """The whole room as I may see it: I entered, or a sync that the log can't serve. A game adds fields of its own."""

    room_id: int
    game: str
    name: str
    #: waiting, running, closed
    state: str
    v: int
    players: list[PlayerView]
    #: a word of the game's own for where it stands
    phase: str = "waiting"
    phase_ends: int | None = None
    time: int = 0
    owner: int | None = None
    capacity: int = 0
    private: bool = False
    results: list[ResultRow] | None = None
    mark: int | None = None
    #: six characters by which the room is found while it is open
    code: str = ""
    #: what the room was made with, its game's options and its own (never the password): sent back, they make such a
    #: room
    options: dict[str, Any] = {}
    #: how many watch without a seat
    spectators: int = 0
    #: nobody new may take a seat
    locked: bool = False
    #: since when it is paused, ms since the epoch; `phase_ends` is as far away as it was then
    paused: int | None = None
    #: the kinds of `manage` that this room knows
    powers: list[str] = []


class RoomEvent(msgspec.Struct, kw_only=True):
    """What every event of a room has; the room itself fills it in (`rooms/live/draft.py`)."""

    room_id: int = 0
    v: int = 0
    since: int | UnsetType = UNSET
    mark: int | UnsetType = UNSET


class PlayerJoined(RoomEvent, tag_field="action", tag="player_joined"):
    """Somebody entered the room."""

    user: PlayerView


class PlayerLeft(RoomEvent, tag_field="action", tag="player_left"):
    """Somebody left the room; `reason` is `left` or `kicked`."""

    user: PlayerView
    reason: str = "left"
    #: the older word for reason `kicked`
    kicked: bool | UnsetType = UNSET


class Paused(RoomEvent, tag_field="action", tag="paused"):
    """The room's clocks stand since `paused` (ms since the epoch), and it takes no moves."""

    paused: int


class Resumed(RoomEvent, tag_field="action", tag="resumed"):
    """The room goes on where it stood; `phase_ends` is moved by as long as it was paused."""

    phase_ends: int | None


class OptionsChanged(RoomEvent, tag_field="action", tag="options_changed"):
    """The owner has changed the options before the start. `room`: the fields of the room to put in place of the old."""

    options: dict[str, Any]
    room: dict[str, Any]


class OwnerChanged(RoomEvent, tag_field="action", tag="owner_changed"):
    """The room has another owner (a user's id): handed over, or the one before has left."""

    owner: int


class Locked(RoomEvent, tag_field="action", tag="locked"):
    """Nobody new may take a seat; with `locked` false they may again."""

    locked: bool


class Spectators(RoomEvent, tag_field="action", tag="spectators"):
    """How many watch now; off the record."""

    spectators: int


class CloseRoom(RoomEvent, tag_field="action", tag="close_room"):
    """The game is over. `reason` is a code that clients have sentences for: finished, everybody_left, nobody_came,
    operator, owner, lost, outdated, or one of the game's own. `message` says it in English, but for `operator` and
    `owner`: there it is what they wrote."""

    message: str
    results: list[ResultRow]
    reason: str = "finished"


class Synced(msgspec.Struct, tag_field="action", tag="synced"):
    """The missed events, oldest first, exactly as they were sent; `v` is the room's version, `mark` that of it."""

    room_id: int
    v: int
    events: list[dict[str, Any]]
    mark: int | None = None


class Done(msgspec.Struct, tag_field="action", tag="done", omit_defaults=True):
    """The request with this `ref` was carried out; `room_id` and `v` when it was about a room."""

    ref: str | None
    room_id: int | None = None
    v: int | None = None


class Pong(msgspec.Struct, tag_field="action", tag="pong"):
    """Answer to `ping`: the server's clock, ms since the epoch."""

    time: int
    ref: str | None = None


class Resync(msgspec.Struct, tag_field="action", tag="resync"):
    """Something may have been missed (Redis was away, or this client was too slow): sync every room."""

    reason: str = ""


class Error(msgspec.Struct, tag_field="action", tag="error", omit_defaults=True):
    """What I sent can't be done; the socket stays open. `ref` when the request carried one, `room_id` when a room says
    it, `retry_ms` when it may be sent again after that time."""

    code: str
    message: str
    ref: str | None = None
    room_id: int | None = None
    retry_ms: int | None = None


ServerMessage = (
    Connected | SomeoneConnected | SomeoneDisconnected | Room | PlayerJoined | PlayerLeft | Paused | Resumed
    | OptionsChanged | OwnerChanged | Locked | Spectators | CloseRoom | Synced | Done | Pong | Resync | Error
)  # fmt: skip


def encode(message: msgspec.Struct) -> str:
    """A message as compact JSON text."""
    return msgspec.json.encode(message).decode()
