"""Reads of rooms: the lobby's list, and one room as somebody may see it."""

import time
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from rooms import gate
from rooms.backend import backend_of
from rooms.errors import UnknownRoom
from rooms.models import Room, RoomState

#: what of a private room only its members see
_SECRETS: dict[str, Any] = {"question": None, "hint": None, "tries": [], "players": [], "results": None}


def list_rooms(*, game: str = "", state: str = "") -> QuerySet[Room]:
    """Rooms, newest first, each with `cnt_players`; one query. Without a state: those that are still open."""
    wanted = Q(opened_at__isnull=False) & (Q(state=state) if state else ~Q(state=RoomState.CLOSED))
    if game:
        wanted &= Q(game=game)
    seated = Count("memberships", filter=Q(memberships__left_at=None))
    return Room.objects.filter(wanted).select_related("owner").annotate(cnt_players=seated).order_by("-id")


def find_room(*, room_id: int) -> Room:
    """A room that has opened, whatever became of it. Raises `UnknownRoom`."""
    room = Room.objects.filter(pk=room_id, opened_at__isnull=False).first()
    if room is None:
        raise UnknownRoom
    return room


def room_view(*, room: Room, user: User, live: dict[str, Any] | None = None) -> dict[str, Any]:
    """The `room` of PROTOCOL.md as the user may see it, with `cnt_players`.

    `live` is a view just got from the live room, else it is asked for. A room whose outcome is stored is answered
    from the database, so that it looks the same an hour later when its live state is gone. Raises `Degraded`.
    """
    view = None if room.recorded_at else live or gate.look(room.pk, user.pk)
    view = dict(view or stored_view(room))
    view.pop("action", None)
    view["cnt_players"] = len(view["players"])
    if room.private and not _belongs(room, user, view):
        view |= _SECRETS
    return view


def stored_view(room: Room) -> dict[str, Any]:
    """The room from the database alone: how it ended, or the bare room when its live state is lost."""
    results = backend_of(room.game).results(room)
    return {
        "room_id": room.pk,
        "game": room.game,
        "name": room.name,
        "state": room.state,
        "v": 0,
        "mark": None,
        "question": None,
        "players": _players(results or []),
        "phase": "waiting" if room.is_open else "over",
        "phase_ends": None,
        "time": int(time.time() * 1000),
        "hint": None,
        "owner": room.owner_id,
        "capacity": room.capacity,
        "private": room.private,
        "tries": [],
        "results": results,
        **room.display,
    }


def _players(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    accounts = dict(User.objects.filter(pk__in=[row["id"] for row in results]).values_list("pk", "account"))
    shown = ("id", "name", "rating", "score")
    return [
        {**{name: row[name] for name in shown}, "account": accounts.get(row["id"], 0), "player": None}
        for row in results
    ]


def _belongs(room: Room, user: User, view: dict[str, Any]) -> bool:
    """Whether the user sits in the room or, once it is closed, ever did; of an archived one only results are left."""
    if room.archived_at is not None:
        return user.pk in {row["id"] for row in view["results"] or []}
    stays = room.memberships.filter(user=user)
    return (stays.filter(left_at=None) if room.is_open else stays).exists()
