"""Which room somebody means who enters by a name, or by none."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.names import name_key
from rooms import limits
from rooms.models import Ending, Membership, Room, RoomState
from rooms.names import DEFAULT_NAME


class Meant(NamedTuple):
    """The open room to enter; None: there is none, one of this name is to be made."""

    name: str
    room: Room | None


def find_meant(*, user: User, game: str, name: str, password: str) -> Meant:
    """The open room of that name. Private ones have names of their own: who gives a password means the private room,
    if there is one; who gives none the public one.

    The lobby is where all meet who say no name, so a private room is never it, and when it is full the next is
    "lobby 2". Of any other name a private room is meant also without its password (to be told that it is wrong), when
    there is no public one.
    """
    rooms = Room.objects.filter(game=game).exclude(state=RoomState.CLOSED)
    if name_key(name) == name_key(DEFAULT_NAME) and not password:
        return _find_lobby(rooms.filter(password=""), user)
    found = {room.private: room for room in rooms.filter(name_key=name_key(name))}
    return Meant(name, found.get(bool(password)) or found.get(not password))


def _find_lobby(rooms: QuerySet[Room], user: User) -> Meant:
    """The lobby they sit in, else the first with a place for them, else the first that is yet to be made."""
    names = {name_key(name): name for name in _lobbies()}
    stays = Membership.objects.filter(room=OuterRef("pk"), user=user)
    seated = Count("memberships", filter=Q(memberships__left_at=None))
    there = {
        room.name_key: room
        for room in rooms.filter(name_key__in=names).annotate(
            seated=seated,
            seats_them=Exists(stays.filter(left_at=None)),
            kicked=Exists(stays.filter(ending=Ending.KICKED)),
        )
    }
    for own in there.values():
        if own.seats_them:
            return Meant(own.name, own)
    for key, name in names.items():
        room = there.get(key)
        if room is None or (room.seated < room.capacity and not room.kicked and not room.shut):
            return Meant(name, room)
    return Meant(DEFAULT_NAME, there[name_key(DEFAULT_NAME)])  # it will say that it is full


def _lobbies() -> Iterable[str]:
    return [DEFAULT_NAME, *(f"{DEFAULT_NAME} {number}" for number in range(2, limits.LOBBIES + 1))]
