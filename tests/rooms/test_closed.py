"""What a closed room leaves in Redis for the hour in which it can still be synced."""

from typing import Any

import msgspec
import pytest
import redis

from accounts.models import User
from quiz.models import Category
from rooms import gate
from rooms.live.client import LiveRooms
from rooms.services import create_room, join_room, leave_room, play_command
from tests.factories import QuestionFactory
from tests.rooms.looking import make

pytestmark = pytest.mark.django_db

FIFTY = 50


@pytest.fixture
def long(category: Category) -> Category:
    """Fifty questions, each with some 500 bytes to it."""
    QuestionFactory.create_batch(
        FIFTY, category=category, explanation={"en": "x" * 200}, hints={"en": ["y" * 200]}, difficulty=1
    )
    return category


def size(client: "redis.Redis", room_id: int) -> int:
    """Bytes that Redis needs for all keys of a room."""
    return sum(int(client.memory_usage(key, samples=0) or 0) for key in client.scan_iter(f"room:{room_id}:*"))


def stored(client: "redis.Redis", room_id: int) -> dict[str, Any]:
    blob: Any = client.hget(f"room:{room_id}:state", "blob")
    return msgspec.json.decode(blob)


def test_room_made_and_left_keeps_two_kilobytes(live_runner, valkey_server, owner: User, long: Category) -> None:
    """It was 31 KB, mostly questions that nobody will be asked."""
    client = valkey_server.client()
    room_id = make(owner, long, questions=FIFTY)["room_id"]
    before = size(client, room_id)
    leave_room(room_id=room_id, user=owner)
    assert (before > 20_000, size(client, room_id) < 3_000) == (True, True), (before, size(client, room_id))


def test_closed_room_keeps_no_question_and_no_record(live_runner, valkey_server, owner: User, long: Category) -> None:
    room_id = make(owner, long, questions=FIFTY)["room_id"]
    leave_room(room_id=room_id, user=owner)
    room = stored(valkey_server.client(), room_id)
    kept = {name: room["data"][name] for name in ("rounds", "ended", "past", "open")}
    assert kept == {"rounds": [0] * FIFTY, "ended": [], "past": None, "open": None}
    assert room["outcome"] == {"message": "Everybody has left.", "results": [], "record": {}}
    (entry,) = LiveRooms(valkey_server.client()).take_results().values()
    assert entry["record"] == {"rounds": [], "players": [], "reason": "everybody left"}


def test_closed_room_looks_as_it_did_when_it_closed(live_runner, owner: User, guest: User, category: Category) -> None:
    options = {"category": category.pk, "questions": 1}
    room = create_room(user=owner, game="quiz", options=options).room
    join_room(room_id=room["room_id"], user=guest)
    answer = "answer " + room["question"]["q"].removeprefix("Question ").removesuffix("?")
    play_command(room_id=room["room_id"], user=guest, kind="answer", body={"id": None, "answer": "wrong"})
    at_the_end = play_command(room_id=room["room_id"], user=owner, kind="answer", body={"id": None, "answer": answer})
    later = gate.look(room["room_id"], owner.pk)
    assert later is not None
    for view in (at_the_end, later):
        view.pop("time"), view.pop("action", None), view.pop("cnt_players", None)
    assert later == at_the_end
    assert [(each["answer"], each["is_true"]) for each in later["tries"]] == [("wrong", False), (answer, True)]
    assert [(row["id"], row["score"]) for row in later["results"]] == [(owner.pk, 1), (guest.pk, 0)]
