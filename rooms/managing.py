"""The powers of a room's owner, over REST and the socket alike; operators have them in every room.

Who the owner is says the live room: it hands itself over when the owner leaves.
"""

from typing import Any

import msgspec

from accounts.models import User
from rooms import gate, rates
from rooms.backend import backend_of
from rooms.errors import BadMessage, NotMember, NotOwner, Refused, RoomFull
from rooms.live.game import GAME_POWERS, ROOM_POWERS
from rooms.models import Ending, Membership, Room, RoomState
from rooms.options import clean_options
from rooms.seating import find_open
from rooms.selectors import find_room, room_view
from rooms.services import close_room, follow_owner, kick_player

Json = dict[str, Any]


class _Somebody(msgspec.Struct):
    """Body of `kick` and `hand_over`."""

    user: int


class _Message(msgspec.Struct):
    """Body of `close`."""

    message: str = ""


class _Options(msgspec.Struct):
    """Body of `options`: those to change, the others stay."""

    options: Json = {}


def manage_room(*, room_id: int, user: User, kind: str, body: Json, ref: str | None = None) -> Json:
    """Use a power; answers the room as the user sees it after that. The same `ref` sent again counts once.

    Raises `UnknownRoom`, `RoomClosed`, `NotOwner`, `BadMessage`, `NotMember`, `TooOften`, `Degraded`, `Refused` with
    unknown_action, not_supported, already_started, not_started, paused, not_paused.
    """
    if kind not in ROOM_POWERS | GAME_POWERS:
        raise Refused(code="unknown_action")
    rates.count("managing", user=user)
    room = find_room(room_id=room_id)
    _check_owner(room, user)
    if kind == "close" and not room.is_open:
        return room_view(room=room, user=user)
    room = find_open(room_id)
    if kind in _OF_DJANGO:
        _OF_DJANGO[kind](room, user, body, ref)
        return room_view(room=find_room(room_id=room_id), user=user)
    view = gate.ask(room.pk, kind, user=user.pk, body=body, ref=ref, quiet=True).room
    _follow(room, kind, view)
    return room_view(room=room, user=user, live=view)


def _check_owner(room: Room, user: User) -> None:
    """Raises `NotOwner`."""
    if user.is_staff:
        return
    live = gate.look(room.pk, None) if room.is_open else None
    if user.pk != (live["owner"] if live else room.owner_id):
        raise NotOwner


def _follow(room: Room, kind: str, view: Json) -> None:
    """Take over from the live room what the database has of it, too."""
    follow_owner(room, view)
    changed: Json = {}
    if kind in ("lock", "unlock"):
        changed["shut"] = view["locked"]
    if kind == "start" and view["state"] == RoomState.RUNNING:
        changed["state"] = RoomState.RUNNING
    if changed:
        Room.objects.filter(pk=room.pk, closed_at=None).update(**changed)
        room.refresh_from_db()


def _kick(room: Room, user: User, body: Json, ref: str | None) -> None:
    somebody = User.objects.filter(pk=_read(body, _Somebody).user).first()
    if somebody is None:
        raise NotMember
    last = Membership.objects.filter(room=room, user=somebody).order_by("-pk").first()
    if last is None or last.ending != Ending.KICKED:  # else it was done the first time
        kick_player(room_id=room.pk, user=somebody)


def _close(room: Room, user: User, body: Json, ref: str | None) -> None:
    message = _read(body, _Message).message[:300]
    owns = user.pk == room.owner_id
    close_room(room_id=room.pk, message=message, reason="owner" if owns else "operator")


def _change_options(room: Room, user: User, body: Json, ref: str | None) -> None:
    """The options as they are with those of the body in their place; the password stays what it is."""
    wanted = {**room.options, **_read(body, _Options).options}
    accepted, _ = clean_options(game=room.game, options=wanted, user=user)
    if accepted["capacity"] < Membership.objects.filter(room=room, left_at=None).count():
        raise RoomFull
    backend = backend_of(room.game)
    setup = backend.prepare(room, accepted)
    shown = backend.describe(setup)
    told = {"setup": setup, "options": accepted, "capacity": accepted["capacity"], "shown": shown}
    view = gate.ask(room.pk, "options", user=user.pk, body=told, ref=ref, quiet=True).room
    # what the room says and not what was asked for: the same ref again changes nothing there
    if view["options"] == accepted:
        fields = {"options": accepted, "capacity": accepted["capacity"], "listed": accepted["listed"], "display": shown}
        Room.objects.filter(pk=room.pk, closed_at=None).update(**fields)
    _follow(room, "start", view)


_OF_DJANGO = {"kick": _kick, "close": _close, "options": _change_options}


def _read(body: Json, shape: Any) -> Any:
    """Raises `BadMessage`."""
    try:
        return msgspec.convert(body, shape)
    except msgspec.ValidationError as error:
        raise BadMessage(str(error).replace("`", "")) from None
