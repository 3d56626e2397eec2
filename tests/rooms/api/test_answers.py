"""Answers over REST: the same rules, and the same count, as on the socket."""

import pytest

from rooms.live.limits import LIMITS
from tests.rooms.api.test_rooms import error, olga, quiz  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


def test_answers_beyond_what_a_person_types_are_429_and_say_when(live_runner, valkey, olga, owner, category) -> None:  # noqa: F811
    room_id = olga.post("/api/v1/rooms", quiz(category)).json()["room"]["room_id"]
    url = f"/api/v1/rooms/{room_id}/answer"
    full_in_ms = LIMITS.answers_burst * LIMITS.answer_ms
    redis_client = valkey.client()
    seconds, micros = redis_client.time()
    redis_client.set(f"room:{room_id}:rate:{owner.pk}", seconds * 1000 + micros // 1000 + full_in_ms + 60_000)
    refused = olga.post(url, {"answer": "no idea"})
    assert (error(refused), int(refused["Retry-After"]) in range(55, 63)) == ((429, "too_fast", {}), True)
    redis_client.delete(f"room:{room_id}:rate:{owner.pk}")
    assert [olga.post(url, {"answer": f"try {n}"}).status_code for n in range(3)] == [200] * 3
    assert 0 < redis_client.pttl(f"room:{room_id}:rate:{owner.pk}") <= 3 * LIMITS.answer_ms


def test_answer_that_the_game_refuses_is_refused_with_and_without_a_ref(live_runner, olga, category) -> None:  # noqa: F811
    room_id = olga.post("/api/v1/rooms", quiz(category)).json()["room"]["room_id"]
    for body in ({"answer": "x", "id": 10**9}, {"answer": "x", "id": 10**9, "ref": "r"}):
        assert error(olga.post(f"/api/v1/rooms/{room_id}/answer", body)) == (409, "wrong_question", {})
