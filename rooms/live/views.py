"""The room as one user may see it: the `room` message, made of the room's own fields and the game's view."""

from typing import Any

import msgspec

from rooms.live.game import Game, Seat
from rooms.live.state import LiveRoom
from wsgateway.wire.client_out import PlayerView, Room


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


def room_view(
    room: LiveRoom, game: Game[Any], state: Any, user: int | None, now: int, players: msgspec.Raw | None = None
) -> Room:
    """The whole room for `user` (None: for somebody who is not in it), never with a secret.

    `players` may be given encoded; then the room can only be encoded, too.
    """
    view = game.view(state, room.seats, user, now)
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
    }
    if room.closed:
        view["state"] = "closed"
        view["results"] = room.outcome.results if room.outcome else []
    return game.Room(**view)
