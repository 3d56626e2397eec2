"""Rooms that closed long ago: what goes, what stays, and what of it can still be looked at."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from config.env import Env
from quiz.models import PlayerRating, QuizGame, QuizResult, QuizRound
from rooms import limits
from rooms.models import Membership, ParkedOutcome, Room
from rooms.recording import record_results
from rooms.services import create_room, join_room, leave_room, play_command
from rooms.tasks import archive_rooms
from tests.factories import MembershipFactory, RoomFactory, UserFactory, make_token
from tests.rooms.looking import make

pytestmark = pytest.mark.django_db


def age(days: float, **which: Any) -> None:
    """Closed rooms become so old."""
    Room.objects.filter(state="closed", **which).update(closed_at=timezone.now() - timedelta(days=days))


def closed_room(days: float, **fields: Any) -> Room:
    """A closed room that nobody played in, with one who sat there."""
    at = timezone.now() - timedelta(days=days)
    room = RoomFactory(state="closed", closed_at=at, recorded_at=at, **fields)
    MembershipFactory(room=room, left_at=at, ending="left")
    return room


def play(owner: User, guest: User, category: Any, **options: Any) -> int:
    """A quiz of one question, won by the guest and stored."""
    room = create_room(user=owner, game="quiz", options={"category": category.pk, "questions": 1, **options}).room
    join_room(room_id=room["room_id"], user=guest, password=options.get("password", ""))
    play_command(room_id=room["room_id"], user=owner, kind="answer", body={"id": None, "answer": "no idea"})
    answer = "answer " + room["question"]["q"].removeprefix("Question ").removesuffix("?")
    play_command(room_id=room["room_id"], user=guest, kind="answer", body={"id": None, "answer": answer})
    assert record_results() == 1
    return int(room["room_id"])


def look(user: User, room_id: int) -> Any:
    client = APIClient(headers={"Authorization": f"Token {make_token(user)}"})
    room = client.get(f"/api/v1/rooms/{room_id}").json().get("room")
    return room and {name: value for name, value in room.items() if name != "time"}


def results() -> list[Any]:
    """All that is kept of games."""
    return [
        list(model.objects.order_by("pk").values_list(*fields))
        for model, fields in (
            (QuizGame, ("room", "category", "reason")),
            (QuizRound, ("game", "number", "winner", "answer")),
            (QuizResult, ("game", "user", "score", "place", "rating", "prize")),
            (PlayerRating, ("user", "mu", "sigma", "games")),
            (User, ("pk", "rating", "account")),
        )
    ]


def test_played_room_is_archived_and_its_results_are_as_they_were(live_runner, owner, guest, category) -> None:
    room_id = play(owner, guest, category)
    before, seen = results(), look(owner, room_id)
    age(91)
    assert (archive_rooms(), archive_rooms()) == (1, 0)
    assert (Membership.objects.count(), results(), look(owner, room_id)) == (0, before, seen)
    assert [(row["id"], row["score"]) for row in seen["results"]] == [(guest.pk, 1), (owner.pk, 0)]


def test_private_room_is_still_private(live_runner, owner, guest, category) -> None:
    room_id = play(owner, guest, category, password="sesame")
    seen, stranger = look(guest, room_id), UserFactory()
    age(91)
    assert archive_rooms() == 1
    assert (look(guest, room_id), look(stranger, room_id)["results"]) == (seen, None)
    assert Room.objects.get().password == "!"


def test_room_without_a_result_is_deleted(live_runner, owner, category) -> None:
    room_id = make(owner, category)["room_id"]
    leave_room(room_id=room_id, user=owner)
    record_results()
    age(91)
    assert archive_rooms() == 1
    assert (Room.objects.count(), Membership.objects.count(), QuizGame.objects.count()) == (0, 0, 0)
    assert look(owner, room_id) is None


def test_younger_open_and_parked_rooms_stay(no_runner) -> None:
    young, parked, unknown = closed_room(89.9), closed_room(91), closed_room(91, game="gone")
    ParkedOutcome.objects.create(room_id=parked.pk, entry={}, error="x")
    still_open = MembershipFactory().room
    Room.objects.update(created_at=timezone.now() - timedelta(days=400))
    assert archive_rooms() == 1
    kept = [(room.pk, room.archived_at is None) for room in Room.objects.order_by("pk")]
    assert kept == [(young.pk, True), (parked.pk, True), (unknown.pk, False), (still_open.pk, True)]
    assert sorted(Membership.objects.values_list("room", flat=True)) == [young.pk, parked.pk, still_open.pk]


def test_work_is_done_in_bounded_batches_oldest_first(no_runner, monkeypatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_BATCH", 2)
    monkeypatch.setattr(limits, "ARCHIVE_BATCHES", 2)
    rooms = [closed_room(100 + number).pk for number in range(7)]
    assert archive_rooms() == 4
    assert sorted(Room.objects.values_list("pk", flat=True)) == rooms[:3]
    assert [archive_rooms(), archive_rooms(), Room.objects.count()] == [3, 0, 0]


@pytest.mark.parametrize(("days", "left"), [(0, 1), (95, 1), (90, 0)])
def test_room_retention_days_says_when_and_0_never(no_runner, monkeypatch, days: int, left: int) -> None:
    monkeypatch.setattr(settings, "ENV", msgspec.structs.replace(settings.ENV, room_retention_days=days))
    closed_room(91)
    archive_rooms()
    assert (Room.objects.count(), Env().room_retention_days) == (left, 90)
