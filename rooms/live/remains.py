"""A room that these rules can't read: its state was written by another version of the code. It is closed with a word.

A state that is merely older is read as it is: fields it lacks have defaults. One that is newer than this process is not
touched: the process that wrote it is there too, in the middle of a rolling restart.
"""

from typing import Any

import msgspec

from rooms.live.draft import Draft
from rooms.live.game import Command, Outcome, Seat
from rooms.live.state import FORMAT, LiveRoom

#: what its players are told
OUTDATED = "The room was made by an earlier version of the game and can't go on."


class Remains(msgspec.Struct):
    """What is needed to tell the players; every field may be missing or of another shape."""

    game: Any = ""
    name: Any = ""
    v: Any = 0
    mark: Any = 0
    format: Any = 1
    seats: Any = None
    state: Any = "open"


class Newer(Exception):  # noqa: N818  reads better where it is raised
    """The state was written by a later version of the code."""


def bury(room_id: int, blob: bytes | str, commands: list[Command], now: int) -> Draft:
    """The turn that closes the room; whoever asked for something is told that it is closed. Raises `Newer`."""
    remains = _read(blob)
    if isinstance(remains.format, int) and remains.format > FORMAT:
        raise Newer
    room = LiveRoom(
        room_id, str(remains.game), str(remains.name), None, 0, False, False, now,
        v=remains.v if isinstance(remains.v, int) else 0,
        mark=remains.mark if isinstance(remains.mark, int) else 0,
        seats={user: Seat(user, "") for user in _users(remains.seats)},
    )  # fmt: skip
    draft = Draft(room, None, None, now)
    if remains.state == "closed":
        draft.was_closed, draft.room.state = True, "closed"  # type: ignore[union-attr]
    else:
        draft.close(Outcome(OUTDATED, [], reason="outdated"))
    for command in commands:
        draft.refuse(command, "room_closed")
    draft.seal()
    return draft


def _read(blob: bytes | str) -> Remains:
    try:
        return msgspec.json.decode(blob, type=Remains)
    except msgspec.DecodeError:
        return Remains()


def _users(seats: Any) -> list[int]:
    """Ids of the members; they were the keys of a JSON object from the beginning."""
    return [int(user) for user in seats if str(user).isdecimal()] if isinstance(seats, dict) else []
