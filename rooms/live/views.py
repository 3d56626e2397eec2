"""The room as one user may see it: the `room` message, made of the room's own fields and the game's view."""

from collections.abc import Mapping
from typing import Any

import msgspec

from rooms.live.game import ROOM_POWERS, Game, Seat
from rooms.live.state import LiveRoom
from wsgateway.wire.client_out import PlayerView, Room

#: the fields that every room has
ROOM_FIELDS = frozenset(Room.__struct_fields__)


def player_view(seat: Seat, score: int) -> PlayerView:
    """One member as everybody sees them; nothing of `hidden`."""
    return PlayerView(seat.id, seat.name, seat.account, seat.rating, score, seat.player)


def list_players(room: LiveRoom, game: Game[Any], state: Any) -> list[PlayerView]:
    """All members as everybody sees them."""
    scores = game.scores(state)
    return [player_view(seat, scores.get(seat.id, 0)) for seat in room.seats.values()]


def encode_players(room: LiveRoom, game: Game[Any], state: Any) -> msgspec.Raw:
    """The same, encoded: for when many views are made at once. Of a large room's view they are nearly all."""
    return msgspec.Raw(msgspec.json.encode(list_players(room, game, state)))


def public_fields(game: Game[Any]) -> frozenset[str]:
    """The game's own fields that somebody without a seat may see; a game that does not say shows none."""
    return getattr(game, "public_fields", frozenset())


def public_view(game: Game[Any], state: Any, seats: Mapping[int, Seat], now: int) -> dict[str, Any]:
    """The view of somebody without a seat: what the game allows of it, and nothing because it was forgotten."""
    allowed = ROOM_FIELDS | public_fields(game)
    return {name: value for name, value in game.view(state, seats, None, now).items() if name in allowed}


def list_powers(game: Game[Any]) -> list[str]:
    """What the owner of a room of this game may do."""
    powers: frozenset[str] = getattr(game, "powers", frozenset())
    return sorted(ROOM_POWERS | powers)


def room_view(
    room: LiveRoom, game: Game[Any], state: Any, user: int | None, now: int, players: msgspec.Raw | None = None
) -> Room:
    """The whole room for `user` (None: for somebody who is not in it), never with a secret.

    `players` may be given encoded; then the room can only be encoded, too.
    """
    seated = user in room.seats
    view = game.view(state, room.seats, user, now) if seated else public_view(game, state, room.seats, now)
    view |= {
        "room_id": room.room_id,
        "game": room.game,
        "name": room.name,
        "v": room.v,
        "mark": room.mark,
        "owner": room.owner,
        "capacity": room.capacity,
        "private": room.private,
        "players": list_players(room, game, state) if players is None else players,
        "time": now,
        "code": room.code,
        "options": room.options,
        "spectators": len(room.spectators),
        "locked": room.locked,
        "paused": room.paused,
        "powers": list_powers(game),
    }
    if room.closed:
        view["state"] = "closed"
        view["results"] = room.outcome.results if room.outcome else []
    return game.Room(**view)
