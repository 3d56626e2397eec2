"""Reads of rooms: the lobby's list, a player's own past, and one room as somebody may see it."""

import time
from collections.abc import Iterable
from math import ceil
from typing import Any

import msgspec
from django.db.models import Count, Q, QuerySet

from accounts.buckets import Bucket
from accounts.models import User
from config.games import game_entry
from config.rates import Rate
from rooms import gate, limits
from rooms.backend import backend_of
from rooms.errors import TooOften, UnknownRoom
from rooms.live.views import ROOM_FIELDS, list_powers
from rooms.models import Membership, Room, RoomState

CODES = Rate(limits.CODES_EACH_MINUTE, 60 / limits.CODES_EACH_MINUTE)

#: in the words of the indexes of open rooms, so that SQLite sees that they are what it needs
OPEN = ~Q(state=RoomState.CLOSED)


def in_state(state: str) -> Q:
    """Rooms of a state; those that are open by way of the few that are."""
    return Q(state=state) if state == RoomState.CLOSED else OPEN & Q(state=state)


def list_open_rooms(*, game: str = "", state: str = "") -> QuerySet[Room]:
    """Open rooms that want to be seen, with their owners, newest first. `state`: only those that wait, or that run."""
    wanted = Q(opened_at__isnull=False, listed=True) & (in_state(state) if state else OPEN)
    if game:
        wanted &= Q(game=game)
    return Room.objects.filter(wanted).select_related("owner").order_by("-created_at", "-id")


def list_closed_rooms(*, user: User, game: str = "") -> QuerySet[Any, Any]:
    """`{"room_id"}` of the closed rooms that the user ever sat in, newest first; see `rooms_of`.

    Of memberships and not of rooms: a player's own are together in an index, however many others have played.
    """
    wanted = Q(user=user, room__state=RoomState.CLOSED, room__opened_at__isnull=False)
    if game:
        wanted &= Q(room__game=game)
    return Membership.objects.filter(wanted).order_by("-room_id").values("room_id").distinct()


def rooms_of(*, stays: Iterable[dict[str, int]]) -> list[Room]:
    """The rooms of `list_closed_rooms`, in its order and with their owners."""
    ids = [stay["room_id"] for stay in stays]
    found = Room.objects.select_related("owner").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def count_seated(*, rooms: Iterable[Room]) -> dict[int, int]:
    """Room id -> how many sit in it now; rooms in which nobody does are left out."""
    seated = Membership.objects.filter(room__in=[room.pk for room in rooms], left_at=None).order_by()
    return dict(seated.values_list("room").annotate(Count("pk")))


def find_room(*, room_id: int) -> Room:
    """A room that has opened, whatever became of it. Raises `UnknownRoom`."""
    room = Room.objects.filter(pk=room_id, opened_at__isnull=False).first()
    if room is None:
        raise UnknownRoom
    return room


def find_by_code(*, code: str, user: User) -> Room:
    """The open room of that code, typed in any case. Raises `UnknownRoom`, `TooOften`."""
    wait_s = Bucket("room_code", f"user {user.pk}", CODES).take()
    if wait_s:
        raise TooOften(retry_after_s=ceil(wait_s))
    room = Room.objects.filter(OPEN, code=code.strip().upper(), opened_at__isnull=False).exclude(code="").first()
    if room is None:
        raise UnknownRoom
    return room


def room_view(*, room: Room, user: User, live: dict[str, Any] | None = None, invited: bool = False) -> dict[str, Any]:
    """The `room` of PROTOCOL.md as the user may see it, with `cnt_players`.

    `live` is a view just got from the live room, else it is asked for; `invited`: they have just shown that they know
    the password. Who has no seat sees what the game allows (`GameEntry.public_fields`), and of a private room not that.
    A room whose outcome is stored is answered from the database, so that it looks the same an hour later when its live
    state is gone. Raises `Degraded`.
    """
    view = None if room.recorded_at else live or gate.look(room.pk, user.pk)
    view = dict(view or stored_view(room))
    view.pop("action", None)
    view["code"] = room.code
    view["cnt_players"] = len(view["players"])
    if room.private and not invited and not _belongs(room, user, view):
        return _from_outside(room, view)
    return view


def stored_view(room: Room) -> dict[str, Any]:
    """The room from the database alone: how it ended, or the bare room when its live state is lost."""
    results = backend_of(room.game).results(room)
    return _unsaid(room) | {
        "room_id": room.pk,
        "game": room.game,
        "name": room.name,
        "state": room.state,
        "v": 0,
        "players": _players(results or []),
        "phase": "waiting" if room.is_open else "over",
        "time": int(time.time() * 1000),
        "owner": room.owner_id,
        "capacity": room.capacity,
        "private": room.private,
        "results": results,
        "options": room.options,
        "locked": room.shut,
        "powers": list_powers(game_entry(room.game).rules),
        **room.display,
    }


def _unsaid(room: Room) -> dict[str, Any]:
    """The fields of the game's room when there is nothing to say of them."""
    fields = msgspec.structs.fields(game_entry(room.game).room)
    unsaid: dict[str, Any] = {field.name: field.default for field in fields if not field.required}
    unsaid |= {
        field.name: field.default_factory() for field in fields if field.default_factory is not msgspec.NODEFAULT
    }
    return {name: value for name, value in unsaid.items() if value is not msgspec.UNSET}


def _from_outside(room: Room, view: dict[str, Any]) -> dict[str, Any]:
    """A private room for those who are not in it: the room's own fields without who is in it, and what lists show."""
    shown = (ROOM_FIELDS | {"cnt_players", *room.display}) - {"players", "results", "options"}
    return (
        {name: value for name, value in (_unsaid(room) | view).items() if name in shown}
        | {name: value for name, value in _unsaid(room).items() if name not in shown}
        | {"players": []}
    )


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
