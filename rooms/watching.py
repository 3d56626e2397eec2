"""Spectators: they sit nowhere, so only the live room knows them."""

from typing import Any

from accounts.models import User
from rooms import gate, rates
from rooms.errors import Kicked
from rooms.models import Ending, Membership
from rooms.seating import find_open
from rooms.selectors import room_view
from rooms.services import check_room_password


def watch_room(*, room_id: int, user: User, password: str = "") -> dict[str, Any]:
    """Hear of the room what everybody may, until it closes. Answers the room as spectators see it.

    Raises `UnknownRoom`, `RoomClosed`, `WrongPassword`, `TooManyGuesses`, `Kicked`, `TooOften`, `Degraded`, `Refused`
    with too_many_spectators.
    """
    rates.count("joining", user=user)
    room = find_open(room_id)
    if room.private:
        check_room_password(room, user, password)
    if Membership.objects.filter(room=room, user=user, ending=Ending.KICKED).exists():
        raise Kicked
    view = gate.ask(room.pk, "watch", user=user.pk, quiet=True).room
    return room_view(room=room, user=user, live=view, invited=True)


def unwatch_room(*, room_id: int, user: User) -> dict[str, Any]:
    """Hear no more of it. Raises `UnknownRoom`, `RoomClosed`, `TooOften`, `Degraded`."""
    rates.count("leaving", user=user)
    room = find_open(room_id)
    view = gate.ask(room.pk, "unwatch", user=user.pk, quiet=True).room
    return room_view(room=room, user=user, live=view)
