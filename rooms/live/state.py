"""What a live room is between two turns, and the shapes that go in and out of it. JSON in Redis, by msgspec."""

from typing import Any, Literal

import msgspec

from rooms.live.game import Outcome, Seat

#: rises when rooms are written in a way that older code must not touch; a room that lacks it is of format 1
FORMAT = 1

#: the result of a command that was carried out, as remembered for its ref
DONE = ""


class RoomSetup(msgspec.Struct):
    """Body of the `create` command: the room's own fields, and `setup`, which only the game understands."""

    room_id: int
    game: str
    name: str
    owner: int | None
    capacity: int
    private: bool = False
    setup: dict[str, Any] = {}
    code: str = ""
    #: as the room shows them; the game goes by `setup`
    options: dict[str, Any] = {}
    #: stays open without members; an ordinary room closes when the last one leaves
    lasting: bool = False


class LiveRoom(msgspec.Struct):
    """One live room. `v` counts recorded events without a gap; times are ms since the epoch by Redis' clock."""

    room_id: int
    game: str
    name: str
    owner: int | None
    capacity: int
    private: bool
    lasting: bool
    created: int
    #: "open" until the room is closed; whether the game is waiting or running is the game's to say (its view)
    state: Literal["open", "closed"] = "open"
    v: int = 0
    #: of the event at `v`, see publishing.marked
    mark: int = 0
    seats: dict[int, Seat] = {}
    #: user -> {ref: error code, or DONE}, the last ones only, oldest first
    refs: dict[int, dict[str, str]] = {}
    #: the game's state, encoded
    data: msgspec.Raw = msgspec.Raw(b"null")
    #: when the game wants `on_timer`
    game_due: int | None = None
    outcome: Outcome | None = None
    code: str = ""
    options: dict[str, Any] = {}
    #: ids of those who watch without a seat
    spectators: tuple[int, ...] = ()
    locked: bool = False
    #: since when it is paused
    paused: int | None = None
    format: int = FORMAT

    @property
    def closed(self) -> bool:
        return self.state == "closed"


class Reply(msgspec.Struct):
    """A command's outcome for the process that waits: the room as the sender sees it, or an error code of ERRORS."""

    ok: bool
    #: a `Room`; decoded again, its fields
    room: Any = None
    closed: bool = False
    code: str = ""
    message: str = ""
    retry_ms: int | None = None


class LogEntry(msgspec.Struct):
    """One recorded event in the room's log; `to` None: everybody who was a member, `body` the message as sent.

    `was` is the mark of the event before it; None: written before there were marks.
    """

    v: int
    to: tuple[int, ...] | None
    body: msgspec.Raw
    was: int | None = None
