"""Requests that meet: threads of their own, transactions of their own, on SQLite and PostgreSQL alike."""

from functools import partial

import pytest

from rooms import gate, limits
from rooms.live.game import Seat
from rooms.models import Membership, Room
from rooms.recording import record_outcome
from rooms.services import create_room, enter_room, join_room, leave_room
from tests.factories import MembershipFactory, UserFactory
from tests.rivals import at_once, kinds

pytestmark = [pytest.mark.django_db(transaction=True)]

QUIZ = "quiz"


def live_players(room_id: int) -> set[int]:
    view = gate.look(room_id, None)
    assert view is not None
    return {player["id"] for player in view["players"]}


def seated(room_id: int) -> set[int]:
    return set(Membership.objects.filter(room=room_id, left_at=None).values_list("user", flat=True))


def test_two_joins_for_the_last_seat_seat_one(live_runner, owner, category) -> None:
    options = {"category": category.pk, "capacity": 3}
    room_id = create_room(user=owner, game=QUIZ, options=options).room["room_id"]
    outcomes = at_once(*(partial(join_room, room_id=room_id, user=UserFactory()) for _ in range(6)))
    assert kinds(outcomes) == {"dict": 2, "RoomFull": 4}
    assert len(seated(room_id)) == 3
    assert live_players(room_id) == seated(room_id)


def test_joins_of_one_user_at_once_are_one_membership(live_runner, owner, guest, category) -> None:
    room_id = create_room(user=owner, game=QUIZ, options={"category": category.pk}).room["room_id"]
    outcomes = at_once(*[partial(join_room, room_id=room_id, user=guest)] * 5)
    assert kinds(outcomes) == {"dict": 5}
    assert Membership.objects.filter(room=room_id, user=guest).count() == 1


def test_enters_of_one_name_at_once_end_in_one_room(live_runner, category) -> None:
    users = UserFactory.create_batch(6)
    options = {"category": category.pk}
    outcomes = at_once(*(partial(enter_room, user=user, game=QUIZ, name="Meet", options=options) for user in users))
    assert kinds(outcomes) == {"Entered": 6}
    assert sorted(entered.created for entered in outcomes) == [False] * 5 + [True]
    room_id = Room.objects.get().pk
    assert {entered.room["room_id"] for entered in outcomes} == {room_id}
    assert seated(room_id) == live_players(room_id) == {user.pk for user in users}


def test_creates_of_one_name_at_once_make_one_room(live_runner, category) -> None:
    users = UserFactory.create_batch(4)
    options = {"category": category.pk}
    outcomes = at_once(*(partial(create_room, user=user, game=QUIZ, name="Mine", options=options) for user in users))
    assert kinds(outcomes) in ({"Entered": 1, "NameTaken": 3}, {"NameTaken": 3, "Entered": 1})
    assert Room.objects.count() == 1


def test_joins_and_leaves_of_one_user_at_once_leave_both_halves_alike(live_runner, owner, guest, category) -> None:
    room_id = create_room(user=owner, game=QUIZ, options={"category": category.pk}).room["room_id"]
    join, leave = partial(join_room, room_id=room_id, user=guest), partial(leave_room, room_id=room_id, user=guest)
    for _ in range(5):
        outcomes = at_once(join, leave, join, leave)
        assert set(kinds(outcomes)) <= {"dict", "NotMember"}
        gate.ask(room_id, "join", user=owner.pk, body=gate.seat_body(Seat(owner.pk, owner.name)))
        assert live_players(room_id) == seated(room_id)


def test_outcome_stored_by_two_workers_at_once_is_stored_once(no_runner, owner) -> None:
    room = MembershipFactory(user=owner).room
    player = {"id": owner.pk, "score": 3, "place": 1, "mu": 26.0, "sigma": 8.0, "mu_before": 25.0, "sigma_before": 8.3}
    player |= {"rating": 1560, "rating_before": 1500, "prize": 3, "left": False}
    record = {"rounds": [], "players": [player], "reason": "finished"}
    entry = {"room_id": room.pk, "message": "over", "results": [], "record": record, "closed": 1_000}
    outcomes = at_once(*[partial(record_outcome, entry=entry)] * 3)
    assert sorted(outcomes) == [False, False, True]
    owner.refresh_from_db()
    assert (owner.account, owner.quiz_results.count(), owner.quiz_rating.games) == (3, 1, 1)


def test_rooms_of_one_user_at_once_are_counted(live_runner, owner, guest, category, monkeypatch) -> None:
    """Twelve at once used to find a place for one more each: 23 rooms instead of 20."""
    monkeypatch.setattr(limits, "ROOMS_PER_USER", 3)
    options = {"category": category.pk}
    others = [create_room(user=owner, game=QUIZ, options=options).room["room_id"] for _ in range(3)]
    makes = [partial(create_room, user=guest, game=QUIZ, name=f"{number}", options=options) for number in range(6)]
    joins = [partial(join_room, room_id=room_id, user=guest) for room_id in others * 2]
    outcomes = at_once(*makes, *joins)
    assert kinds(outcomes)["TooManyRooms"] >= 6
    assert Membership.objects.filter(user=guest, left_at=None).count() == 3
