"""Making, entering, joining, leaving, kicking and closing, with rooms that really live."""

import pytest
from rest_framework.exceptions import ValidationError

from rooms import gate, limits
from rooms.errors import (
    Degraded,
    NameTaken,
    RoomClosed,
    RoomError,
    RoomFull,
    TooManyRooms,
    UnknownGame,
    UnknownRoom,
    WrongPassword,
)
from rooms.live.game import Seat
from rooms.models import Membership, Room
from rooms.services import (
    create_room,
    enter_room,
    join_room,
    leave_room,
)
from tests.factories import MembershipFactory, RoomFactory, UserFactory
from tests.live_runner import running
from tests.rooms.looking import inbox, live_players, make, stays

pytestmark = pytest.mark.django_db


# --- create


def test_create_room_seats_its_maker_in_the_database_and_in_the_live_room(live_runner, owner, category) -> None:
    room = make(owner, category, questions=2, max_time=7)
    row = Room.objects.get()
    shown = {name: room[name] for name in ("room_id", "game", "name", "state", "owner", "max_time", "cnt_questions")}
    assert shown == {
        "room_id": row.pk,
        "game": "quiz",
        "name": "Friends",
        "state": "running",
        "owner": owner.pk,
        "max_time": 7,
        "cnt_questions": 2,
    }
    assert room["players"] == [
        {"id": owner.pk, "name": "olga", "account": 0, "rating": 1500, "score": 0, "player": None}
    ]
    assert (row.state, row.private, row.opened_at is not None) == ("running", False, True)
    assert (stays(row.pk), live_players(row.pk)) == ([(owner.pk, "")], [owner.pk])


def test_create_room_without_a_name_takes_the_makers_and_a_number(live_runner, owner, category) -> None:
    assert [make(owner, category, name="")["name"] for _ in range(2)] == ["olga 1", "olga 2"]


def test_create_room_of_an_open_rooms_name_is_refused_in_any_spelling(live_runner, owner, guest, category) -> None:
    make(owner, category, name="Friends  &  family")
    with pytest.raises(NameTaken):
        make(guest, category, name=" FRIENDS & family")
    assert Room.objects.count() == 1


def test_create_room_with_a_password_keeps_only_its_hash(live_runner, owner, category) -> None:
    room = make(owner, category, password="sesame")
    row = Room.objects.get()
    assert (room["private"], row.private, "sesame" in repr(Room.objects.values().get())) == (True, True, False)


def test_create_room_of_an_unknown_game_is_refused(no_runner, owner) -> None:
    with pytest.raises(UnknownGame):
        create_room(user=owner, game="chess")


def test_create_room_with_wrong_options_names_each(no_runner, owner, category) -> None:
    with pytest.raises(ValidationError) as error:
        make(owner, category, questions=0, language="xx", max_time="5")
    assert sorted(map(str, error.value.detail)) == ["language", "max_time", "questions"]
    assert Room.objects.count() == 0


def test_create_room_beyond_the_limit_of_open_rooms_is_refused(live_runner, owner, category, monkeypatch) -> None:
    monkeypatch.setattr(limits, "ROOMS_PER_USER", 2)
    first = make(owner, category, name="1")
    make(owner, category, name="2")
    with pytest.raises(TooManyRooms):
        make(owner, category, name="3")
    leave_room(room_id=first["room_id"], user=owner)
    assert make(owner, category, name="3")["name"] == "3"


def test_create_room_that_nobody_answers_leaves_nothing(no_runner, owner, category, monkeypatch) -> None:
    monkeypatch.setattr(limits, "WAIT_S", 0.1)
    with pytest.raises(Degraded):
        make(owner, category)
    assert (Room.objects.count(), Membership.objects.count()) == (0, 0)


# --- enter


def test_enter_room_makes_it_then_others_enter_it(live_runner, owner, guest, category) -> None:
    made = enter_room(user=owner, game="quiz", name="Friends", options={"category": category.pk, "questions": 2})
    entered = enter_room(user=guest, game="quiz", name="friends", player={"color": "red"})
    assert (made.created, entered.created, made.room["room_id"]) == (True, False, entered.room["room_id"])
    assert [(player["id"], player["player"]) for player in entered.room["players"]] == [
        (owner.pk, None),
        (guest.pk, {"color": "red"}),
    ]


def test_enter_room_without_name_and_options_makes_the_lobby_of_any_category(live_runner, owner, category) -> None:
    room = enter_room(user=owner, game="quiz").room
    assert (room["name"], room["category"], room["cnt_questions"]) == (
        "lobby",
        {"id": category.pk, "name": "Numbers", "names": {"en": "Numbers"}},
        3,
    )


def test_enter_room_of_a_private_one_needs_its_password(live_runner, owner, guest, category) -> None:
    make(owner, category, password="sesame")
    with pytest.raises(WrongPassword):
        enter_room(user=guest, game="quiz", name="Friends", options={"password": "simsim"})
    assert enter_room(user=guest, game="quiz", name="Friends", options={"password": "sesame"}).created is False


def test_enter_room_whose_game_just_ended_makes_a_new_one(live_runner, owner, guest, category) -> None:
    old = make(owner, category)["room_id"]
    gate.ask(old, "close", body={"message": "over"})
    entered = enter_room(user=guest, game="quiz", name="Friends", options={"category": category.pk})
    assert entered.created is True
    assert list(Room.objects.order_by("pk").values_list("pk", "state")) == [
        (old, "closed"),
        (entered.room["room_id"], "running"),
    ]


def test_enter_room_whose_live_state_is_lost_makes_a_new_one(live_runner, owner, guest, category) -> None:
    lost = RoomFactory(name="Friends", owner=owner)
    MembershipFactory(room=lost, user=owner)
    entered = enter_room(user=guest, game="quiz", name="Friends", options={"category": category.pk})
    lost.refresh_from_db()
    assert (entered.created, lost.state, lost.close_message) == (True, "closed", "The room was lost.")
    assert stays(lost.pk) == [(owner.pk, "closed")]


def test_enter_room_that_never_opens_is_degraded(no_runner, owner, category, monkeypatch) -> None:
    monkeypatch.setattr(limits, "ENTER_WAIT_S", 0.1)
    RoomFactory(name="Friends", opened_at=None)
    with pytest.raises(Degraded):
        enter_room(user=owner, game="quiz", name="Friends")


# --- join


def test_join_room_twice_is_one_membership(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category)["room_id"]
    for _ in range(2):
        room = join_room(room_id=room_id, user=guest)
        assert [player["id"] for player in room["players"]] == [owner.pk, guest.pk]
    assert stays(room_id) == [(owner.pk, ""), (guest.pk, "")]


def test_join_room_again_after_leaving_is_a_new_stay(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category)["room_id"]
    join_room(room_id=room_id, user=guest)
    leave_room(room_id=room_id, user=guest)
    join_room(room_id=room_id, user=guest)
    assert stays(room_id) == [(owner.pk, ""), (guest.pk, "left"), (guest.pk, "")]
    assert live_players(room_id) == [owner.pk, guest.pk]


def test_join_room_at_its_capacity_is_refused(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category, capacity=2)["room_id"]
    join_room(room_id=room_id, user=guest)
    with pytest.raises(RoomFull):
        join_room(room_id=room_id, user=UserFactory())
    assert stays(room_id) == [(owner.pk, ""), (guest.pk, "")]


def test_join_room_refused_by_the_live_room_is_undone(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category, capacity=2)["room_id"]
    ghost = gate.seat_body(Seat(id=999, name="ghost"))
    gate.ask(room_id, "join", user=999, body=ghost)
    with pytest.raises(RoomFull):
        join_room(room_id=room_id, user=guest)
    assert stays(room_id) == [(owner.pk, "")]


def test_join_room_as_a_member_needs_no_password(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category, password="sesame")["room_id"]
    with pytest.raises(WrongPassword):
        join_room(room_id=room_id, user=guest)
    join_room(room_id=room_id, user=guest, password="sesame")
    assert join_room(room_id=room_id, user=guest)["room_id"] == room_id


@pytest.mark.parametrize(
    ("state", "error"), [("closed", RoomClosed), ("unopened", UnknownRoom), ("absent", UnknownRoom)]
)
def test_join_room_that_is_not_open_is_refused(no_runner, guest, state: str, error: type[RoomError]) -> None:
    room = RoomFactory()
    if state == "closed":
        Room.objects.update(state="closed", closed_at=room.opened_at)
    elif state == "unopened":
        Room.objects.update(opened_at=None)
    with pytest.raises(error):
        join_room(room_id=room.pk + 1 if state == "absent" else room.pk, user=guest)
    assert Membership.objects.count() == 0


def test_join_room_begins_a_game_that_waits_for_players(live_runner, owner, guest, category) -> None:
    room = make(owner, category, min_players=2)
    assert (room["state"], Room.objects.get().state) == ("waiting", "waiting")
    assert join_room(room_id=room["room_id"], user=guest)["state"] == "running"
    assert Room.objects.get().state == "running"


def test_join_room_that_nobody_answers_is_undone_and_taken_back(owner, guest, category, no_runner, monkeypatch) -> None:
    with running(no_runner.url):
        room_id = make(owner, category)["room_id"]
    monkeypatch.setattr(limits, "WAIT_S", 0.1)
    with pytest.raises(Degraded):
        join_room(room_id=room_id, user=guest)
    assert stays(room_id) == [(owner.pk, "")]
    assert inbox(no_runner, room_id) == [("join", guest.pk), ("leave", guest.pk)]


def test_join_room_without_redis_is_undone(owner, guest, category, no_runner, monkeypatch) -> None:
    with running(no_runner.url):
        room_id = make(owner, category)["room_id"]
    monkeypatch.setattr(limits, "WAIT_S", 0.1)
    no_runner.stop()
    try:
        with pytest.raises(Degraded):
            join_room(room_id=room_id, user=guest)
    finally:
        no_runner.start()
    assert stays(room_id) == [(owner.pk, "")]
