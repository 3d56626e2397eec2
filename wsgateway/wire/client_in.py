"""What a client sends, whatever game it plays. A game's own names for its commands are in its `protocol.py`.

`ref` is the client's own name for a request: `done` and errors carry it back, and the same ref sent again after a lost
connection counts once. Fields may be added, never renamed.
"""

from typing import Any

import msgspec


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


class EnterGame(msgspec.Struct):
    """Start a game: enters the open room of that game and name, or makes it with the options."""

    game: str
    name: str = ""
    player: dict[str, Any] | None = None
    options: dict[str, Any] = {}
    ref: str | None = None


class Play(msgspec.Struct, tag_field="action", tag="play"):
    """A command of the room's game; `kind` and `body` are the game's own. With a `ref`, answered by `done`."""

    room_id: int
    kind: str
    body: dict[str, Any] = {}
    ref: str | None = None


class Manage(msgspec.Struct, tag_field="action", tag="manage"):
    """What the owner of a room may do: start, pause, resume, skip, close, kick, lock, unlock, hand_over, options. A
    game may support fewer. With a `ref`, answered by `done`."""

    room_id: int
    kind: str
    body: dict[str, Any] = {}
    ref: str | None = None


class Watch(msgspec.Struct, tag_field="action", tag="watch"):
    """Be a spectator: `room`, and then what everybody may hear, without a seat. A private room asks for its
    password."""

    room_id: int
    password: str = ""
    ref: str | None = None


class Unwatch(msgspec.Struct, tag_field="action", tag="unwatch"):
    """Be a spectator no more."""

    room_id: int
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


#: told apart by `action`; `EnterGame` has none and is told by `game`
ClientAction = Connect | Refresh | Play | Manage | Watch | Unwatch | Leave | Sync | Ping
