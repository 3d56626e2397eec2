"""The database's half of making and joining a room: rows, limits, and who may. `rooms.services` adds the live half."""

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.names import name_key
from rooms import limits
from rooms.backend import GameBackend, backend_of
from rooms.codes import draw_code
from rooms.errors import Kicked, NameTaken, RoomClosed, RoomFull, TooManyRooms, UnknownRoom
from rooms.live.game import Seat
from rooms.live.state import RoomSetup
from rooms.models import Ending, Membership, Room, RoomState
from rooms.names import MAX_NAME
from rooms.ratings import find_rating


def find_open(room_id: int) -> Room:
    """A room that one may act in. Raises `UnknownRoom`, `RoomClosed`."""
    room = Room.objects.filter(pk=room_id, opened_at__isnull=False).first()
    if room is None:
        raise UnknownRoom
    if not room.is_open:
        raise RoomClosed
    return room


def insert_room(room: Room, name: str, backend: GameBackend) -> RoomSetup:
    """The room's row, its maker's membership and the game's setup, in one transaction. `room` is not saved yet.

    Raises `NameTaken`, `TooManyRooms`.
    """
    owner = room.owner
    assert owner is not None
    for candidate in _free_names(name, owner):
        try:
            with transaction.atomic():
                _limit_rooms(owner)
                return _insert_named(room, owner, candidate, backend)
        except IntegrityError:
            room.pk = None
            if Room.objects.filter(code=room.code).exclude(state=RoomState.CLOSED).exists():
                return insert_room(room, name, backend)  # somebody drew the same code at this moment
            namesakes = Room.objects.filter(game=room.game, name_key=room.name_key).exclude(state=RoomState.CLOSED)
            if room.private not in {namesake.private for namesake in namesakes}:
                raise
    raise NameTaken


def _insert_named(room: Room, owner: User, name: str, backend: GameBackend) -> RoomSetup:
    room.name, room.name_key, room.code = name, name_key(name), free_code()
    room.save(force_insert=True)
    setup = backend.prepare(room, room.options)
    room.display = backend.describe(setup)
    room.save(update_fields=["display"])
    Membership.objects.create(room=room, user=owner)
    return RoomSetup(
        room_id=room.pk,
        game=room.game,
        name=room.name,
        owner=room.owner_id,
        capacity=room.capacity,
        private=room.private,
        setup=setup,
        code=room.code,
        options=room.options,
    )


def seat_of(room: Room, user: User) -> Seat:
    """How the members see the user, with their rating in the room's game."""
    seat = backend_of(room.game).seat(user)
    seat.rating = find_rating(user=user, game=room.game)
    return seat


def free_code() -> str:
    """A code that no open room has."""
    while True:
        code = draw_code()
        if not Room.objects.filter(code=code).exclude(state=RoomState.CLOSED).exists():
            return code


def _free_names(name: str, owner: User) -> list[str]:
    """The names to try in turn: the wanted one, or the owner's with the next numbers."""
    if name:
        return [name]
    first = Room.objects.filter(owner=owner).count() + 1
    return [f"{owner.name} {number}"[-MAX_NAME:] for number in range(first, first + 10)]


def _limit_rooms(user: User) -> None:
    """Inside the transaction that adds one, the user locked: or many at once would each find a place for one more.

    Raises `TooManyRooms`.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    active = Membership.objects.filter(user=user, left_at=None).exclude(room__state=RoomState.CLOSED)
    if active.count() >= limits.ROOMS_PER_USER:
        raise TooManyRooms


def insert_membership(room: Room, user: User) -> Membership | None:
    """The user's new membership, the room locked; None when there is one already.

    Raises `UnknownRoom`, `RoomClosed`, `Kicked`, `TooManyRooms`, `RoomFull`.
    """
    with transaction.atomic():
        locked = Room.objects.select_for_update().filter(pk=room.pk).first()
        if locked is None:
            raise UnknownRoom
        if not locked.is_open:
            raise RoomClosed
        stays = Membership.objects.filter(room=room)
        endings = set(stays.filter(user=user).order_by().values_list("ending", flat=True))
        if "" in endings:  # a stay that goes on
            return None
        if Ending.KICKED in endings:
            raise Kicked
        _limit_rooms(user)
        if stays.filter(left_at=None).count() >= locked.capacity:
            raise RoomFull
        return stays.create(room=room, user=user)
