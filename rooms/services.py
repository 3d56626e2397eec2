"""Writes to rooms: make, enter, join, leave, kick, close.

Each has two halves. The database comes first, in one transaction: who may, is there a place. After its commit the live
room is asked and its answer awaited. When it refuses or does not answer, the database half is undone, and what may
still lie in the room's inbox is taken back by the opposite command behind it. Two requests about one user can reach
the database in one order and the live room in the other; so after the answer each looks once more, and the database
has the last word (`_settle`).
"""

import time
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils import timezone

from accounts.models import User
from config.games import GAMES
from rooms import gate, limits, memory, rates
from rooms.backend import GameBackend, backend_of
from rooms.by_name import find_meant
from rooms.errors import (
    Degraded,
    NameTaken,
    NotMember,
    Refused,
    RoomClosed,
    RoomError,
    UnknownGame,
    UnknownRoom,
    WrongPassword,
)
from rooms.guessing import count_guess, forget_guesses
from rooms.live.game import ROOM_KINDS
from rooms.models import Ending, Membership, Room, RoomState
from rooms.names import DEFAULT_NAME, clean_name
from rooms.options import clean_options
from rooms.seating import find_open, insert_membership, insert_room, seat_of
from rooms.selectors import OPEN, room_view

#: what is noted of a room by why it was closed, and told with it; the players' clients have their own sentences
LOST = {"reason": "lost", "message": "The room was lost."}
DESERTED = {"reason": "nobody_came", "message": "Nobody came to play."}
CLOSED_BY = {"operator": "Closed by an operator.", "owner": "Closed by its owner."}

Json = dict[str, Any]


class Entered(NamedTuple):
    """The room as its new member sees it, and whether it was made for this."""

    room: Json
    created: bool


def create_room(
    *,
    user: User,
    game: str,
    name: str = "",
    options: Json | None = None,
    player: Json | None = None,
) -> Entered:
    """Make a room and seat its maker. Without a name it gets one of its own: the maker's and a number.

    Raises `UnknownGame`, `BadName`, `NameTaken`, `TooManyRooms`, `TooOften`, `ServerFull`, `Degraded`, DRF's
    `ValidationError` for the game's options.
    """
    backend = _backend(game)
    accepted, password = clean_options(game=game, options=options or {}, user=user)
    room = Room(game=game, owner=user, capacity=accepted["capacity"], listed=accepted["listed"], options=accepted)
    rates.count("making", user=user)
    memory.refuse_when_full()
    room.password = make_password(password) if password else ""
    setup = insert_room(room, clean_name(name), backend)
    try:
        gate.make(setup)
        view = _seat_live(room, user, player)
    except RoomError:
        room.delete()
        gate.tell(setup.room_id, "close", body=LOST)
        raise
    _follow(room, view, opened_at=timezone.now())
    return Entered(room_view(room=room, user=user, live=view), True)


def enter_room(
    *,
    user: User,
    game: str,
    name: str = "",
    options: Json | None = None,
    player: Json | None = None,
    brief: bool = False,
) -> Entered:
    """Enter the open room of that game and name (`rooms.by_name`), or make it. Two who do it at once end in one room.

    Of the options only the password counts when the room is there. `brief`: the caller shows the room to nobody, so
    its players are left out (of a thousand who enter, each would get a list of a thousand). Raises what `create_room`
    and `join_room` raise.
    """
    backend = _backend(game)
    name, options = clean_name(name) or DEFAULT_NAME, options or {}
    password = str(options.get("password") or "")
    deadline = time.monotonic() + limits.ENTER_WAIT_S
    while time.monotonic() < deadline:
        meant, room = find_meant(user=user, game=game, name=name, password=password)
        try:
            if room is None:
                wanted = {**backend.default_options(user=user), **options}
                return create_room(user=user, game=game, name=meant, options=wanted, player=player)
            if room.opened_at is not None:
                return Entered(_join(room, user, password, player, brief=brief), False)
        except (NameTaken, RoomClosed, UnknownRoom):
            continue  # somebody was quicker to make it, or it has just ended: look again
        time.sleep(0.02)  # it is being made by another request at this moment
    raise Degraded


def join_room(*, room_id: int, user: User, password: str = "", player: Json | None = None) -> Json:
    """Take a seat; joining twice is one membership. Answers the room as the user sees it.

    Raises `UnknownRoom`, `RoomClosed`, `RoomFull`, `WrongPassword`, `TooManyGuesses`, `Kicked`, `TooManyRooms`,
    `TooOften`, `Degraded`.
    """
    return _join(find_open(room_id), user, password, player)


def _join(room: Room, user: User, password: str, player: Json | None, *, brief: bool = False) -> Json:
    """`join_room`, the room found."""
    rates.count("joining", user=user)
    if room.private:
        check_room_password(room, user, password)
    made = insert_membership(room, user)
    try:
        view = _seat_live(room, user, player, brief=brief)
    except RoomError as error:
        _undo_join(room, user, made, error)
        raise
    _follow(room, view)
    _settle(room, user, seated=True)
    return room_view(room=room, user=user, live=view)


def leave_room(*, room_id: int, user: User) -> Json:
    """Give the seat up; the last one to leave closes the room. Answers the room as it is without the user.

    Raises `UnknownRoom`, `NotMember`, `TooOften`, `Degraded`.
    """
    rates.count("leaving", user=user)
    return _end_membership(room_id, user, "leave", Ending.LEFT)


def kick_player(*, room_id: int, user: User) -> Json:
    """Take somebody else's seat away; he can't come back. Raises `UnknownRoom`, `NotMember`, `Degraded`."""
    return _end_membership(room_id, user, "kick", Ending.KICKED)


def close_room(*, room_id: int, message: str = "", reason: str = "operator") -> None:
    """End a room for everybody, at once on their sockets too. Closing a closed room does nothing.

    `message` is shown to the players as it is, beside their client's own words. Raises `UnknownRoom`, `Degraded`.
    """
    room = Room.objects.filter(pk=room_id).first()
    if room is None:
        raise UnknownRoom
    if room.is_open:
        with suppress(UnknownRoom, RoomClosed):  # ended in between, or its live state is lost: it is over either way
            gate.ask(room.pk, "close", body={"reason": reason, "message": message})
        mark_closed(room=room, message=message or CLOSED_BY[reason], ending=Ending.CLOSED)


def play_command(*, room_id: int, user: User, kind: str, body: Json, ref: str | None = None) -> Json:
    """Have the game handle a command of its own kind, as one sent on the socket. Answers the room after it.

    Raises `UnknownRoom`, `NotMember`, `RoomClosed`, `Refused` with the game's code, `Degraded`.
    """
    if kind in ROOM_KINDS:  # what the room itself does is not the game's to be asked
        raise Refused(code="unknown_action")
    room = find_open(room_id)
    if not Membership.objects.filter(room=room, user=user, left_at=None).exists():
        raise NotMember
    reply = gate.ask(room.pk, kind, user=user.pk, body=body, ref=ref)
    return room_view(room=room, user=user, live=reply.room)


def mark_closed(*, room: Room, message: str, ending: Ending | None = None) -> None:
    """Note that a room is over, freeing its name. `ending` ends the memberships too; else its outcome will."""
    with transaction.atomic():
        fields = {"state": RoomState.CLOSED, "closed_at": timezone.now(), "close_message": message[:300]}
        Room.objects.filter(pk=room.pk).exclude(state=RoomState.CLOSED).update(**fields)
        if ending is not None:
            open_ones = Membership.objects.filter(room=room, left_at=None)
            open_ones.update(left_at=timezone.now(), ending=ending)
    room.refresh_from_db()


def sweep_rooms() -> int:
    """Close rooms whose live state is gone (Redis lost it), those that never opened, and those that wait for players
    and get none; how many were lost.

    A room never opened when the process that made it died between its two halves. The others end as any room does:
    their live half is told, and their outcome comes back.
    """
    late = timezone.now() - timedelta(seconds=limits.OPENING_S)
    swept = 0
    rooms = list(Room.objects.filter(OPEN, created_at__lt=late).annotate(deserted=_deserted()))
    living = gate.which_live([room.pk for room in rooms])
    for room in rooms:
        if room.pk not in living:
            mark_closed(room=room, message=LOST["message"], ending=Ending.CLOSED)
            swept += 1
        elif room.opened_at is None:
            gate.tell(room.pk, "close", body=LOST)
        elif room.deserted:
            gate.tell(room.pk, "close", body=DESERTED)
    return swept


# --- parts of the above ---------------------------------------------------------------------------------------------


def _backend(game: str) -> GameBackend:
    if game not in GAMES:
        raise UnknownGame
    return backend_of(game)


def _deserted() -> Combinable | Q:
    """Rooms that have waited too long, with nobody new."""
    long_ago = timezone.now() - timedelta(seconds=limits.WAITING_S)
    newcomers = Membership.objects.filter(room=OuterRef("pk"), joined_at__gte=long_ago)
    return Q(state=RoomState.WAITING, created_at__lt=long_ago) & ~Exists(newcomers)


def check_room_password(room: Room, user: User, password: str) -> None:
    """Who sits there already needs none. Raises `WrongPassword`, `TooManyGuesses`."""
    if Membership.objects.filter(room=room, user=user, left_at=None).exists():
        return
    count_guess(room_id=room.pk, user_id=user.pk)
    if not check_password(password, room.password):
        raise WrongPassword
    forget_guesses(room_id=room.pk, user_id=user.pk)


def _undo_join(room: Room, user: User, made: Membership | None, error: RoomError) -> None:
    if isinstance(error, RoomClosed):
        mark_closed(room=room, message="")  # its outcome is on its way
    elif isinstance(error, UnknownRoom):
        mark_closed(room=room, message=LOST["message"], ending=Ending.CLOSED)
    if made is not None:
        made.delete()
        if isinstance(error, Degraded):
            gate.tell(room.pk, "leave", user=user.pk)


def _end_membership(room_id: int, user: User, kind: str, ending: Ending) -> Json:
    """Leave or kick, both halves."""
    room = Room.objects.filter(pk=room_id, opened_at__isnull=False).first()
    if room is None:
        raise UnknownRoom
    stay = Membership.objects.filter(room=room, user=user, left_at=None)
    if not stay.update(left_at=timezone.now(), ending=ending):
        raise NotMember
    try:
        view, closed = _unseat_live(room, user, kind)
    except RoomError:
        _undo_leave(room, user, ending)
        raise
    if closed:
        mark_closed(room=room, message="")
    elif view:
        follow_owner(room, view)
    _settle(room, user, seated=False)
    return room_view(room=room, user=user, live=view)


def _undo_leave(room: Room, user: User, ending: Ending) -> None:
    """Seat the user again, in the database and behind the unanswered command in the inbox."""
    last = Membership.objects.filter(room=room, user=user, ending=ending).order_by("-left_at").first()
    if last is None:
        return
    try:
        with transaction.atomic():
            Membership.objects.filter(pk=last.pk).update(left_at=None, ending="")
    except IntegrityError:
        return  # he has joined again meanwhile
    gate.tell(room.pk, "join", user=user.pk, body=gate.seat_body(seat_of(room, user)))


# --- the live room's half -------------------------------------------------------------------------------------------


def _seat_live(room: Room, user: User, player: Json | None, *, brief: bool = False) -> Json:
    seat = seat_of(room, user)
    seat.player = player
    return gate.ask(room.pk, "join", user=user.pk, body=gate.seat_body(seat), brief=brief).room


def _unseat_live(room: Room, user: User, kind: str) -> tuple[Json | None, bool]:
    """The room without the user, and whether it closed with that. No seat to give up is as good."""
    body = {"user": user.pk} if kind == "kick" else {}
    try:
        reply = gate.ask(room.pk, kind, user=user.pk, body=body)
    except NotMember:
        return None, False
    except (UnknownRoom, RoomClosed):
        return None, True
    return reply.room, reply.closed


def _follow(room: Room, view: Json, **fields: Any) -> None:
    """Take over from the live room whether the game has begun."""
    if view["state"] == RoomState.RUNNING and room.state == RoomState.WAITING:
        fields["state"] = RoomState.RUNNING
    if fields:
        Room.objects.filter(pk=room.pk, closed_at=None).update(**fields)
        room.refresh_from_db()


def follow_owner(room: Room, view: Json) -> None:
    """Take over from the live room whose it is now."""
    if view["owner"] != room.owner_id:
        Room.objects.filter(pk=room.pk, closed_at=None).update(owner=view["owner"])
        room.refresh_from_db()


def _settle(room: Room, user: User, *, seated: bool) -> None:
    """Where another request about this user came in between, tell the live room what the database says now.

    It is asked again after each word: what was told last is then what it said last, or whoever changed it since says so
    behind us.
    """
    while (now := Membership.objects.filter(room=room, user=user, left_at=None).exists()) != seated:
        seated = now
        if seated:
            gate.tell(room.pk, "join", user=user.pk, body=gate.seat_body(seat_of(room, user)))
        else:
            gate.tell(room.pk, "leave", user=user.pk)
