"""One user and many rooms: over REST and the socket, which goes the same way."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from config.rates import Rate
from quiz.models import Category
from rooms import rates
from rooms.models import Membership, Room
from tests.factories import UserFactory, make_token
from tests.rivals import at_once

pytestmark = pytest.mark.django_db

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def three_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    for act in rates.RATES:
        monkeypatch.setitem(rates.RATES, act, Rate(3, 1200.0))


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {make_token(user)}")
    return client


def make_by_rest(category: Category, number: int) -> tuple[str, Json]:
    return "rooms", {"game": "quiz", "name": f"room {number}", "options": {"category": category.pk}}


def make_by_quiz(category: Category, number: int) -> tuple[str, Json]:
    return "quiz/new", {"name": f"room {number}", "category": category.pk}


def make_as_the_socket_does(category: Category, number: int) -> tuple[str, Json]:
    return "rooms/enter", {"game": "quiz", "name": f"room {number}", "options": {"category": category.pk}}


@pytest.mark.parametrize("ask", [make_by_rest, make_by_quiz, make_as_the_socket_does])
def test_making_past_the_rate_is_429_and_writes_nothing(
    live_runner, valkey_server, owner, guest, category, ask: Callable[[Category, int], tuple[str, Json]]
) -> None:
    olga = client_of(owner)

    def make(client: APIClient, number: int) -> Any:
        path, body = ask(category, number)
        return client.post(f"/api/v1/{path}", body)

    assert [make(olga, number).status_code for number in range(3)] == [201] * 3
    keys = set(valkey_server.client().keys("room:*"))
    answer = make(olga, 3)
    assert (answer.status_code, answer.json()["code"]) == (429, "throttled")
    assert 1_100 < int(answer["Retry-After"]) <= 1_200
    assert (Room.objects.count(), set(valkey_server.client().keys("room:*"))) == (3, keys)
    assert make(client_of(guest), 4).status_code == 201


def test_ways_of_making_share_one_rate(live_runner, owner, category) -> None:
    olga = client_of(owner)
    asked = [make_by_rest, make_by_quiz, make_as_the_socket_does, make_by_rest]
    answers = []
    for number, ask in enumerate(asked):
        path, body = ask(category, number)
        answers.append(olga.post(f"/api/v1/{path}", body).status_code)
    assert answers == [201, 201, 201, 429]


def test_joining_and_leaving_past_the_rate_are_429(live_runner, owner, guest, category) -> None:
    path, body = make_by_rest(category, 1)
    room_id = client_of(owner).post(f"/api/v1/{path}", body).json()["room"]["room_id"]
    gleb = client_of(guest)
    for _ in range(3):
        assert gleb.post(f"/api/v1/rooms/{room_id}/join").status_code == 200
        assert gleb.post(f"/api/v1/rooms/{room_id}/leave").status_code == 200
    refused = [gleb.post(f"/api/v1/rooms/{room_id}/{act}") for act in ("join", "leave")]
    refused.append(gleb.post("/api/v1/rooms/enter", {"game": "quiz", "name": "room 1"}))
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(429, "throttled")] * 3
    assert Membership.objects.filter(user=guest).count() == 3


def test_many_at_once_don_t_slip_through(valkey, db) -> None:
    user = UserFactory()
    outcomes = at_once(*[partial(rates.count, "making", user=user)] * 12)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType"] * 3 + ["TooOften"] * 9
