"""From the outbox to the database, whatever was down meanwhile."""

import json
from typing import Any

import pytest
from django.db import OperationalError

from accounts.models import User
from quiz import recording as quiz_recording
from quiz.models import QuizGame, QuizResult
from rooms import limits
from rooms.models import Membership, ParkedOutcome, Room
from rooms.recording import record_outcome, record_parked
from rooms.services import create_room, join_room, play_command
from rooms.tasks import record_results
from tests.conftest import Valkey
from tests.factories import MembershipFactory, RoomFactory

pytestmark = pytest.mark.django_db


def entry_of(room: Room, **fields: Any) -> dict[str, Any]:
    record = {"rounds": [], "players": [], "reason": "finished"}
    return {"room_id": room.pk, "message": "over", "results": [], "record": record, "closed": 5_000, **fields}


def put(valkey: Valkey, *entries: dict[str, Any]) -> None:
    """Entries in the outbox, as the commit script leaves them."""
    for entry in entries:
        valkey.client().hset("results", str(entry["room_id"]), json.dumps(entry))


def outbox(valkey: Valkey) -> list[int]:
    return sorted(int(room_id) for room_id in valkey.client().hkeys("results"))


def test_record_results_stores_a_played_quiz_once(live_runner, valkey_server, owner, guest, category) -> None:
    room = create_room(user=owner, game="quiz", options={"category": category.pk}).room
    room_id = room["room_id"]
    join_room(room_id=room_id, user=guest)
    play_command(room_id=room_id, user=guest, kind="answer", body={"answer": "no idea"})
    while room["state"] == "running":
        number = room["question"]["q"].removeprefix("Question ").removesuffix("?")
        body = {"id": room["question"]["id"], "answer": f"answer {number}"}
        room = play_command(room_id=room_id, user=owner, kind="answer", body=body)
    assert outbox(valkey_server) == [room_id]
    assert [record_results(), record_results()] == [1, 0]
    assert outbox(valkey_server) == []
    row = Room.objects.get()
    assert (row.state, row.close_message, row.recorded_at is not None) == ("closed", "The quiz is over.", True)
    assert list(Membership.objects.values_list("user", "ending")) == [(owner.pk, "finished"), (guest.pk, "finished")]
    results = {row["id"]: row for row in room["results"]}
    assert list(QuizResult.objects.order_by("place").values_list("user", "score", "rating", "prize")) == [
        (owner.pk, 3, results[owner.pk]["rating"], 3),
        (guest.pk, 0, results[guest.pk]["rating"], 0),
    ]
    assert QuizGame.objects.get().rounds.count() == 3
    users = User.objects.filter(pk__in=[owner.pk, guest.pk]).order_by("pk")
    assert list(users.values_list("rating", "account")) == [
        (results[owner.pk]["rating"], 3),
        (results[guest.pk]["rating"], 0),
    ]


def test_record_results_after_celery_was_down_stores_all_that_waited(no_runner) -> None:
    rooms = [MembershipFactory().room for _ in range(3)]
    put(no_runner, *(entry_of(room) for room in rooms))
    assert record_results() == 3
    assert list(Room.objects.values_list("state", flat=True)) == ["closed"] * 3
    assert outbox(no_runner) == []


def test_record_results_stored_but_not_yet_dropped_is_not_stored_again(no_runner) -> None:
    room = RoomFactory()
    assert record_outcome(entry=entry_of(room)) is True
    put(no_runner, entry_of(room))  # the worker died between the commit and the drop
    assert record_results() == 0
    assert (outbox(no_runner), QuizGame.objects.count()) == ([], 1)


def test_record_results_keeps_a_bad_entry_and_stores_the_others(no_runner, caplog) -> None:
    bad, good = RoomFactory(), RoomFactory()
    put(no_runner, entry_of(bad, record={"nonsense": 1}), entry_of(good))
    assert record_results() == 1
    assert outbox(no_runner) == [bad.pk]
    assert list(ParkedOutcome.objects.values_list("room_id", "tries", "error", "parked_at")) == [
        (bad.pk, 1, "KeyError: 'reason'", None)
    ]
    assert Room.objects.get(pk=bad.pk).recorded_at is None


@pytest.mark.parametrize("entry", ["{", "[]", b"\xff\0"])
def test_record_results_one_that_can_t_be_read_holds_nobody_up(no_runner, caplog, entry) -> None:
    bad, good = RoomFactory(), RoomFactory()
    no_runner.client().hset("results", str(bad.pk), entry)
    put(no_runner, entry_of(good))
    assert record_results() == 1
    assert outbox(no_runner) == [bad.pk]
    parked = ParkedOutcome.objects.get()
    text = entry if isinstance(entry, str) else "\ufffd\ufffd"
    assert (parked.room_id, parked.entry) == (bad.pk, {"room_id": bad.pk, "unreadable": text})


def test_record_results_parks_an_entry_after_its_last_try(no_runner, caplog) -> None:
    bad = RoomFactory()
    entry = entry_of(bad, record={"nonsense": 1})
    put(no_runner, entry)
    for _ in range(limits.OUTCOME_TRIES):
        assert outbox(no_runner) == [bad.pk]
        record_results()
    parked = ParkedOutcome.objects.get()
    assert (outbox(no_runner), parked.tries, parked.entry, parked.parked_at is not None) == (
        [],
        limits.OUTCOME_TRIES,
        entry,
        True,
    )


def test_record_parked_stores_it_when_the_cause_is_gone(no_runner) -> None:
    room = RoomFactory()
    parked = ParkedOutcome.objects.create(room_id=room.pk, entry=entry_of(room), error="x")
    assert record_parked(parked=parked) is True
    assert (ParkedOutcome.objects.count(), Room.objects.get().state) == (0, "closed")


def test_record_results_while_the_database_is_down_keeps_all_without_a_count(no_runner, monkeypatch) -> None:
    room = RoomFactory()
    put(no_runner, entry_of(room))

    def refuse(**_: Any) -> None:
        raise OperationalError("server closed the connection")  # the real thing can't be stopped inside a test's frame

    with monkeypatch.context() as patch:
        patch.setattr(quiz_recording, "record_game", refuse)
        with pytest.raises(OperationalError):
            record_results()
    assert (outbox(no_runner), ParkedOutcome.objects.count(), QuizGame.objects.count()) == ([room.pk], 0, 0)
    assert record_results() == 1


def test_record_results_of_a_room_the_database_never_kept_drops_it(no_runner) -> None:
    put(no_runner, entry_of(Room(pk=4711)))
    assert (record_results(), outbox(no_runner)) == (0, [])


def test_record_results_of_a_room_closed_by_hand_keeps_its_message(no_runner) -> None:
    member = MembershipFactory()
    Room.objects.update(state="closed", closed_at=member.joined_at, close_message="Good night.")
    Membership.objects.update(left_at=member.joined_at, ending="closed")
    put(no_runner, entry_of(member.room))
    assert record_results() == 1
    assert Room.objects.values_list("close_message", "closed_at").get() == ("Good night.", member.joined_at)
    assert Membership.objects.get().ending == "closed"
