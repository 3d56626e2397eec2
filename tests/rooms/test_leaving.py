"""Leaving, kicking, closing and sweeping, with rooms that really live."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from rooms import gate, limits
from rooms.errors import (
    Degraded,
    Kicked,
    NotMember,
    Refused,
    RoomClosed,
    UnknownRoom,
)
from rooms.models import Membership, Room
from rooms.recording import record_results
from rooms.services import (
    close_room,
    join_room,
    kick_player,
    leave_room,
    play_command,
    sweep_rooms,
)
from tests.factories import MembershipFactory, RoomFactory
from tests.live_runner import running
from tests.rooms.looking import inbox, live_players, live_state, make, stays

pytestmark = pytest.mark.django_db


def test_leave_room_keeps_it_for_the_others(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category)["room_id"]
    join_room(room_id=room_id, user=guest)
    room = leave_room(room_id=room_id, user=owner)
    assert (room["state"], [player["id"] for player in room["players"]]) == ("running", [guest.pk])
    assert stays(room_id) == [(owner.pk, "left"), (guest.pk, "")]
    assert live_players(room_id) == [guest.pk]


def test_leave_room_met_by_a_join_and_a_leave_tells_what_the_database_says_last(no_runner, owner, monkeypatch) -> None:
    """The join came behind our leave, and its own leave between our looking and our telling."""
    room, told = MembershipFactory(user=owner).room, []

    def met_by_a_join(room_id: int, kind: str, **fields: Any) -> gate.Answer:
        MembershipFactory(room=room, user=owner)
        return gate.Answer({}, closed=False)

    def met_by_a_leave(room_id: int, kind: str, **fields: Any) -> None:
        told.append(kind)
        Membership.objects.filter(left_at=None).update(left_at=timezone.now(), ending="left")

    monkeypatch.setattr(gate, "ask", met_by_a_join)
    monkeypatch.setattr(gate, "tell", met_by_a_leave)
    leave_room(room_id=room.pk, user=owner)
    assert told == ["join", "leave"]


def test_leave_room_of_the_last_one_closes_it(live_runner, owner, category) -> None:
    room_id = make(owner, category)["room_id"]
    assert leave_room(room_id=room_id, user=owner)["state"] == "closed"
    assert Room.objects.get().state == "closed"
    with pytest.raises(RoomClosed):
        join_room(room_id=room_id, user=owner)


def test_leave_room_one_is_not_in_is_refused(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category)["room_id"]
    with pytest.raises(NotMember):
        leave_room(room_id=room_id, user=guest)
    with pytest.raises(UnknownRoom):
        leave_room(room_id=room_id + 1, user=guest)


def test_leave_room_that_nobody_answers_is_undone_and_taken_back(
    owner, guest, category, no_runner, monkeypatch
) -> None:
    with running(no_runner.url):
        room_id = make(owner, category)["room_id"]
        join_room(room_id=room_id, user=guest)
    monkeypatch.setattr(limits, "WAIT_S", 0.1)
    with pytest.raises(Degraded):
        leave_room(room_id=room_id, user=guest)
    assert stays(room_id) == [(owner.pk, ""), (guest.pk, "")]
    assert inbox(no_runner, room_id) == [("leave", guest.pk), ("join", guest.pk)]


def test_leave_room_whose_live_state_is_lost_ends_the_membership(live_runner, owner) -> None:
    lost = MembershipFactory(user=owner).room
    assert leave_room(room_id=lost.pk, user=owner)["state"] == "closed"
    assert stays(lost.pk) == [(owner.pk, "left")]


def test_kick_player_takes_the_seat_and_keeps_him_out(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category)["room_id"]
    join_room(room_id=room_id, user=guest)
    kick_player(room_id=room_id, user=guest)
    assert (stays(room_id), live_players(room_id)) == ([(owner.pk, ""), (guest.pk, "kicked")], [owner.pk])
    with pytest.raises(Kicked):
        join_room(room_id=room_id, user=guest)


# --- close, play, sweep


def test_close_room_ends_it_for_all(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category)["room_id"]
    join_room(room_id=room_id, user=guest)
    close_room(room_id=room_id, message="Good night.")
    close_room(room_id=room_id, message="again")
    row = Room.objects.get()
    assert (row.state, row.close_message) == ("closed", "Good night.")
    assert stays(room_id) == [(owner.pk, "closed"), (guest.pk, "closed")]
    live = gate.look(room_id, None)
    assert live is not None
    assert live["state"] == "closed"


def test_close_room_that_nobody_answers_stays_open(owner, category, no_runner, monkeypatch) -> None:
    with running(no_runner.url):
        room_id = make(owner, category)["room_id"]
    monkeypatch.setattr(limits, "WAIT_S", 0.1)
    with pytest.raises(Degraded):
        close_room(room_id=room_id, message="Good night.")
    assert (Room.objects.get().state, stays(room_id)) == ("running", [(owner.pk, "")])


def test_play_command_hands_an_answer_to_the_game(live_runner, owner, category) -> None:
    room = make(owner, category)
    answer = {"id": room["question"]["id"], "answer": "no idea"}
    after = play_command(room_id=room["room_id"], user=owner, kind="answer", body=answer)
    assert [(entry["user"]["id"], entry["answer"], entry["is_true"]) for entry in after["tries"]] == [
        (owner.pk, "no idea", False)
    ]


def test_play_command_refused_by_the_game_carries_its_code(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category)["room_id"]
    with pytest.raises(Refused) as refused:
        play_command(room_id=room_id, user=owner, kind="answer", body={"id": 10**9, "answer": "x"})
    assert refused.value.code == "wrong_question"
    with pytest.raises(NotMember):
        play_command(room_id=room_id, user=guest, kind="answer", body={"id": None, "answer": "x"})


def test_sweep_rooms_closes_those_that_no_longer_live(live_runner, owner, category, monkeypatch) -> None:
    lost = MembershipFactory(user=owner).room
    alive = make(owner, category)["room_id"]
    assert sweep_rooms() == 0
    monkeypatch.setattr(limits, "OPENING_S", -1)
    assert sweep_rooms() == 1
    assert list(Room.objects.order_by("pk").values_list("pk", "state")) == [(lost.pk, "closed"), (alive, "running")]
    assert stays(lost.pk) == [(owner.pk, "closed")]


def test_sweep_rooms_asks_redis_and_the_database_once_for_all(
    no_runner, monkeypatch, django_assert_num_queries
) -> None:
    RoomFactory.create_batch(30, state="waiting", created_at=timezone.now())
    Room.objects.update(created_at=timezone.now() - timedelta(seconds=limits.WAITING_S + 1))
    client = no_runner.client()
    for room_id in Room.objects.values_list("pk", flat=True):
        client.hset(gate.live_rooms().channels.room(room_id, "state"), "blob", "x")
    monkeypatch.setattr(gate, "tell", lambda *_args, **_kwargs: None)
    sent: list[Any] = []
    pool = gate.live_rooms().redis.connection_pool
    connection = pool.get_connection()
    send = connection.send_packed_command

    def count(words: Any, *rest: Any, **more: Any) -> None:
        sent.append(words)
        send(words, *rest, **more)

    monkeypatch.setattr(connection, "send_packed_command", count)
    pool.release(connection)
    with django_assert_num_queries(1):
        assert sweep_rooms() == 0
    assert len(sent) == 1


def test_sweep_rooms_closes_those_that_wait_in_vain(live_runner, owner, guest, category, monkeypatch) -> None:
    vain, played = make(owner, category, "Vain", min_players=2)["room_id"], make(owner, category, "Played")["room_id"]
    monkeypatch.setattr(limits, "OPENING_S", -1)
    assert (sweep_rooms(), live_players(vain)) == (0, [owner.pk])
    Room.objects.update(created_at=timezone.now() - timedelta(seconds=limits.WAITING_S + 1))
    assert (sweep_rooms(), live_players(vain)) == (0, [owner.pk])  # its member came a moment ago
    Membership.objects.update(joined_at=timezone.now() - timedelta(seconds=limits.WAITING_S + 1))
    sweep_rooms()
    while live_state(vain) != "closed":  # bounded by the test's timeout
        time.sleep(0.01)  # between two looks at the condition
    record_results()
    assert list(Room.objects.order_by("pk").values_list("pk", "state", "close_message")) == [
        (vain, "closed", "Nobody came to play."),
        (played, "running", ""),
    ]
    assert stays(vain) == [(owner.pk, "finished")]
