"""Whom one meets who enters by a name, or by none."""

import pytest

from rooms import limits
from rooms.errors import NameTaken, RoomFull, WrongPassword
from rooms.models import Room
from rooms.services import enter_room, kick_player
from tests.factories import MembershipFactory, RoomFactory, UserFactory
from tests.rooms.looking import make

pytestmark = pytest.mark.django_db


def test_private_room_named_lobby_blocks_nobody(live_runner, owner, guest, category) -> None:
    private = make(owner, category, name="Lobby", password="sesame")
    entered = enter_room(user=guest, game="quiz")
    assert (entered.created, entered.room["name"], entered.room["private"]) == (True, "lobby", False)
    again = enter_room(user=owner, game="quiz", name="lobby")
    assert (again.created, again.room["room_id"]) == (False, entered.room["room_id"])
    inside = enter_room(user=guest, game="quiz", name="lobby", options={"password": "sesame"})
    assert (inside.created, inside.room["room_id"]) == (False, private["room_id"])


def test_public_room_of_a_private_one_s_name_can_be_made(live_runner, owner, guest, category) -> None:
    make(owner, category, name="Friends", password="sesame")
    with pytest.raises(WrongPassword):
        enter_room(user=guest, game="quiz", name="friends")
    public = make(guest, category, name="friends")
    assert enter_room(user=UserFactory(), game="quiz", name="FRIENDS").room["room_id"] == public["room_id"]
    for password in ("", "other"):
        with pytest.raises(NameTaken):
            make(guest, category, name="friends", password=password)


def test_full_lobby_is_followed_by_the_next(live_runner, owner, guest, category) -> None:
    first = make(owner, category, name="lobby", capacity=2)
    enter_room(user=guest, game="quiz")
    second = enter_room(user=UserFactory(), game="quiz")
    third = enter_room(user=UserFactory(), game="quiz")
    assert (second.created, second.room["name"]) == (True, "lobby 2")
    assert (third.created, third.room["room_id"]) == (False, second.room["room_id"])
    assert enter_room(user=guest, game="quiz").room["room_id"] == first["room_id"]


def test_who_was_kicked_out_of_the_lobby_gets_another(live_runner, owner, guest, category) -> None:
    first = make(owner, category, name="lobby")
    enter_room(user=guest, game="quiz")
    kick_player(room_id=first["room_id"], user=guest)
    assert enter_room(user=guest, game="quiz").room["name"] == "lobby 2"


def test_lobbies_are_bounded(no_runner, guest, monkeypatch) -> None:
    monkeypatch.setattr(limits, "LOBBIES", 2)
    for name in ("lobby", "lobby 2"):
        MembershipFactory(room=RoomFactory(name=name, capacity=1))
    with pytest.raises(RoomFull):
        enter_room(user=guest, game="quiz")
    assert Room.objects.count() == 2
