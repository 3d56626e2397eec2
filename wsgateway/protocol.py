"""The wire: every message, limit and close code of the socket, in one place.

`docs/PROTOCOL.md` and the client's types (`web/src/generated/socket.ts`) are generated from this file by
`wsgateway.protocol_docs`. Messages are compact JSON objects told apart by `action`; ids are integers; `time` is
milliseconds since the epoch. Fields may be added, never renamed.
"""

from typing import Any

import msgspec

# ---------------------------------------------------------------------------------------------------------------
# What a client sends. `ref` is the client's own name for a request: errors carry it back, and the same ref sent
# again after a lost connection counts once.


class Connect(msgspec.Struct, tag_field="action", tag="connect"):
    """Who I am; must come first, within 10 s. `id` must be the token's user; the name shown is the account's."""

    id: int
    token: str
    name: str = ""
    ref: str | None = None


class Refresh(msgspec.Struct, tag_field="action", tag="refresh"):
    """A newer token of the same user for this socket, which ends with its token. Answered by `done`."""

    token: str
    ref: str | None = None


class CheckMe(msgspec.Struct, tag_field="action", tag="check_me"):
    """My answer to question `id` of a room."""

    room_id: int
    answer: str
    id: int | None = None
    ref: str | None = None


class Leave(msgspec.Struct, tag_field="action", tag="leave"):
    """Leave the room."""

    room_id: int
    ref: str | None = None


class Sync(msgspec.Struct, tag_field="action", tag="sync"):
    """What did I miss since version `v`. Answered by `synced`, or by `room` when the log no longer reaches, or when
    `mark`, that of the event at `v`, shows that the room went on from another past."""

    room_id: int
    v: int
    mark: int | None = None
    ref: str | None = None


class Ping(msgspec.Struct, tag_field="action", tag="ping"):
    """Answered by `pong` with the server's `time`."""

    ref: str | None = None


class EnterGame(msgspec.Struct):
    """Start a game: enters the open room of that game and name, or makes it with the options."""

    game: str
    name: str = ""
    player: dict[str, Any] | None = None
    options: dict[str, Any] = {}
    ref: str | None = None


class LobbyAnswer(msgspec.Struct):
    """The older form of `check_me`: an answer to the question that is open in room `lobby`."""

    game: str
    lobby: int
    answer: str
    ref: str | None = None


ClientAction = Connect | Refresh | CheckMe | Leave | Sync | Ping

# ---------------------------------------------------------------------------------------------------------------
# What a client gets. Room events carry `room_id` and `v`; an event with `since` equal to `v` is off the record
# (shown once, not in the log, does not advance the version). Every other one has a `mark`: a check sum of it and all
# before it, to be sent back with `sync`.


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


class PlayerView(PlayerRef, omit_defaults=False):
    """A member of a room: `player` is what that client wanted others to know of it."""

    score: int = 0
    player: dict[str, Any] | None = None


class Question(msgspec.Struct):
    """A question as players see it: `texts` holds every language it exists in, `q` the room's own."""

    id: int
    q: str
    image: str | None = None
    audio: str | None = None
    video: str | None = None
    number: int = 1
    texts: dict[str, str] = {}


class ResultRow(msgspec.Struct):
    """One line of the final table. `rating` is the new rating, `prize` what was won, in coins."""

    id: int
    name: str
    score: int
    rating: int
    prize: int


class Connected(msgspec.Struct, tag_field="action", tag="connected"):
    """The connect was right. `online` has at most 100 entries, `online_count` is everybody."""

    id: int
    name: str
    online: list[UserRef]
    online_count: int
    rooms: list[int]


class SomeoneConnected(msgspec.Struct, tag_field="action", tag="someone_connected"):
    """Another user came online; once per user, however many tabs."""

    id: int
    name: str


class SomeoneDisconnected(msgspec.Struct, tag_field="action", tag="someone_disconnected"):
    """Another user went."""

    id: int
    name: str


class Category(msgspec.Struct):
    """A quiz category in the room's language."""

    id: int
    name: str


class Attempt(msgspec.Struct):
    """A try as kept in the view, for those who come late."""

    user: PlayerRef
    answer: str
    is_true: bool
    time: int


class Room(msgspec.Struct, tag_field="action", tag="room"):
    """The whole room as I may see it: I entered, or a sync that the log can't serve."""

    room_id: int
    game: str
    name: str
    state: str
    v: int
    max_time: int
    cnt_questions: int
    question: Question | None
    category: Category | None
    players: list[PlayerView]
    # added by us
    phase: str = "waiting"
    phase_ends: int | None = None
    time: int = 0
    hint: str | None = None
    owner: int | None = None
    capacity: int = 0
    private: bool = False
    min_players: int = 1
    language: str = "en"
    tries: list[Attempt] = []
    results: list[ResultRow] | None = None
    mark: int | None = None


class PlayerJoined(msgspec.Struct, tag_field="action", tag="player_joined"):
    """Somebody entered the room."""

    room_id: int
    v: int
    user: PlayerView
    mark: int | None = None


class PlayerLeft(msgspec.Struct, tag_field="action", tag="player_left"):
    """Somebody left the room."""

    room_id: int
    v: int
    user: PlayerView
    mark: int | None = None


class NewAnswer(msgspec.Struct, tag_field="action", tag="new_answer"):
    """Somebody tried."""

    room_id: int
    v: int
    user: PlayerRef
    answer: str
    is_true: bool
    time: int
    since: int | None = None
    mark: int | None = None


class Hint(msgspec.Struct, tag_field="action", tag="hint"):
    """Nobody knew in max_time. `id` is the question's, `phase_ends` when the answer is revealed."""

    room_id: int
    v: int
    id: int
    hint: str
    phase_ends: int | None = None
    mark: int | None = None


class NextQuestion(msgspec.Struct, tag_field="action", tag="next_question"):
    """The round is over; the next one begins. The first question of a room comes with `right_answer` null."""

    room_id: int
    v: int
    is_answered: bool
    who_won: int | None
    right_answer: str | None
    question: Question | None
    phase_ends: int | None = None
    explanation: str | None = None
    mark: int | None = None


class CloseRoom(msgspec.Struct, tag_field="action", tag="close_room"):
    """The game is over. `reason` is a code: finished, everybody_left, nobody_came, operator, lost. `message` says it in
    English, but for `operator`: there it is what the operator wrote, often nothing.
    """

    room_id: int
    v: int
    message: str
    results: list[ResultRow]
    reason: str
    mark: int | None = None


class Synced(msgspec.Struct, tag_field="action", tag="synced"):
    """The missed events, oldest first, exactly as they were sent; `v` is the room's version, `mark` that of it."""

    room_id: int
    v: int
    events: list[dict[str, Any]]
    mark: int | None = None


class Done(msgspec.Struct, tag_field="action", tag="done"):
    """The request with this `ref` was carried out."""

    ref: str | None


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
    Connected | SomeoneConnected | SomeoneDisconnected | Room | PlayerJoined | PlayerLeft | NewAnswer | Hint
    | NextQuestion | CloseRoom | Synced | Done | Pong | Resync | Error
)  # fmt: skip

# ---------------------------------------------------------------------------------------------------------------
# Close codes: 3000-3499 and 4000-4499 come back later with jitter, 3500-3999 and 4500-4999 don't come back.

GOING_AWAY = 3001
SLOW_CONSUMER = 3008
NO_CONNECT = 4008
TOO_MANY_MESSAGES = 4029
UNAUTHORIZED = 4500
LOGGED_OUT = 4501
BANNED = 4503
TOO_MANY_SOCKETS = 4509

# ---------------------------------------------------------------------------------------------------------------
# Codes of `error`, with the message a client may show when it has no translation.

ERRORS: dict[str, str] = {
    "bad_json": "This is not JSON.",
    "bad_message": "The message does not have the right fields.",
    "unknown_action": "There is no such action.",
    "too_long": "The text is too long.",
    "unauthorized": "This token is not valid for this socket.",
    "not_connected": "Say who you are first (action connect).",
    "already_connected": "This socket has already said who it is.",
    "unknown_game": "There is no such game.",
    "unknown_room": "There is no such room.",
    "not_member": "You are not in this room.",
    "room_closed": "This room is closed.",
    "room_full": "This room is full.",
    "wrong_password": "The room's password is wrong.",
    "wrong_question": "This question is no longer open.",
    "not_started": "The game has not begun yet.",
    "too_many_rooms": "You are in too many rooms.",
    "too_fast": "You are sending too fast.",
    "server_full": "The server is full: no room can be made now. Those that are open go on.",
    "degraded": "The server is recovering; try again in a moment.",
    "internal": "Something went wrong on the server.",
}


def encode(message: msgspec.Struct | dict[str, Any]) -> str:
    """A message as compact JSON text. None fields that the protocol allows to be absent are kept as null."""
    return msgspec.json.encode(message).decode()
