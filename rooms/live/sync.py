"""From what Redis holds of a room to what one user is shown: the missed events, or the whole room."""

from collections.abc import Mapping
from typing import Any

import msgspec

from rooms.live.errors import Refused
from rooms.live.game import Game
from rooms.live.state import LiveRoom, LogEntry
from rooms.live.views import room_view
from wsgateway.wire.client_out import Room, Synced, encode

Text = bytes | str

decode_room = msgspec.json.Decoder(LiveRoom).decode
decode_entry = msgspec.json.Decoder(LogEntry).decode


def _bytes(text: Text) -> bytes:
    return text.encode() if isinstance(text, str) else text


def view_of(blob: Text, user: int | None, games: Mapping[str, Game[Any]], now: int) -> Room:
    """The `room` message of a stored room. Raises `KeyError` for a game unknown here."""
    room = decode_room(blob)
    game = games[room.game]
    state = msgspec.json.decode(room.data, type=game.State)
    return room_view(room, game, state, user, now)


def synced(answer: Any, room_id: int, user: int, games: Mapping[str, Game[Any]]) -> str:
    """The answer of sync.lua as a message, ready JSON text: `synced` with the missed events that went to `user`, or
    `room`. Raises `Refused` (unknown_room, not_member; room_closed: it can't be read and is about to be closed)."""
    if not isinstance(answer, list):
        raise Refused(_bytes(answer).decode())
    kind, first, *rest = answer
    if _bytes(kind) == b"room":
        try:
            return msgspec.json.encode(view_of(rest[0], user, games, int(first))).decode()
        except msgspec.DecodeError:
            raise Refused("room_closed") from None
    mark, *lines = rest
    entries = [decode_entry(line) for line in lines]
    events: Any = [entry.body for entry in entries if entry.to is None or user in entry.to]
    known = _bytes(mark)
    return encode(Synced(room_id, int(first), events, int(known) if known else None))
