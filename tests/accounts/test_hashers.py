"""Argon2 by turns: bounded at once, bounded waiting, and a clear word to whoever is one too many."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client
from rest_framework.test import APIClient

from accounts import hashers, limits
from accounts.errors import Busy
from accounts.hashers import Argon2InTurns, Turns
from tests.factories import PASSWORD, UserFactory

ARGON2 = ["accounts.hashers.Argon2InTurns"]


class Occupied:
    """Turns that are taken: `inside` hash and wait in threads of their own until `end`."""

    def __init__(self, turns: Turns, inside: int) -> None:
        self.turns, self.go_on = turns, threading.Event()
        self.began = threading.Semaphore(0)
        self.pool = ThreadPoolExecutor(inside)
        self.running = [self.pool.submit(self._hold) for _ in range(inside)]
        self.began.acquire()

    def _hold(self) -> None:
        with self.turns.turn():
            self.began.release()
            self.go_on.wait(20)

    def end(self) -> None:
        self.go_on.set()
        self.pool.shutdown()


def wait_until_full(turns: Turns) -> None:
    """Until nobody else may wait."""
    done = threading.Event()
    while turns._places._value > 0:
        done.wait(0.005)


@pytest.fixture
def full(monkeypatch):
    """A process that hashes, and whose queue is full."""
    turns = Turns(1, 2, 10)
    monkeypatch.setattr(hashers, "TURNS", turns)
    occupied = Occupied(turns, 3)
    wait_until_full(turns)
    yield occupied
    occupied.end()


def test_turns_let_one_in_at_a_time_and_everybody_in_the_end():
    turns, inside, most = Turns(1, 30, 10), [], []

    def hash_something(_: int) -> None:
        with turns.turn():
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(hash_something, range(200)))
    assert (len(most), max(most)) == (200, 1)


def test_turns_refuse_at_once_whoever_finds_the_queue_full(full):
    with pytest.raises(Busy) as refused, full.turns.turn():
        pass
    assert refused.value.retry_after_s == limits.ARGON2_RETRY_S


def test_turns_refuse_whoever_waited_too_long():
    turns = Turns(1, 2, 0.05)
    occupied = Occupied(turns, 1)
    with pytest.raises(Busy), turns.turn():
        pass
    occupied.end()
    with turns.turn():
        pass


def test_turns_are_given_back_by_whatever_fails():
    turns = Turns(1, 0, 1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError
    with turns.turn():
        pass


def test_hasher_is_django_s_argon2_in_turns(settings, full):
    settings.PASSWORD_HASHERS = ARGON2
    with pytest.raises(Busy):
        make_password("x")
    full.end()
    encoded = make_password("x")
    assert (encoded[:16], check_password("x", encoded), check_password("y", encoded)) == (
        "argon2$argon2id$",
        True,
        False,
    )
    assert Argon2InTurns.memory_cost == limits.ARGON2_KIB


@pytest.mark.django_db
def test_every_request_that_hashes_is_told_to_come_back(settings, monkeypatch):
    settings.PASSWORD_HASHERS = ARGON2
    user = UserFactory(is_staff=True)
    player = APIClient()
    token = player.post("/api/v1/login", {"name": user.name, "password": PASSWORD}).json()["token"]
    player.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    monkeypatch.setattr(hashers, "TURNS", Turns(1, 0, 10))
    registration = {"name": "olga", "password": "another horse 43", "email": "olga@example.org"}
    change = {"old_password": PASSWORD, "new_password": "another horse 43"}
    requests: list[Callable[[], Any]] = [
        partial(APIClient().post, "/api/v1/login", {"name": user.name, "password": PASSWORD}),
        partial(APIClient().post, "/api/v1/login", {"name": "nobody", "password": PASSWORD}),
        partial(APIClient().post, "/api/v1/registration", registration),
        partial(player.post, "/api/v1/profile/password", change),
        partial(Client().post, "/admin/login/", {"username": user.name, "password": PASSWORD}),
    ]
    with hashers.TURNS.turn():
        answers = [request() for request in requests]
    assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(503, "2")] * 5
    assert answers[0].json() == {
        "status": 1, "code": "busy", "message": "Too many people are logging in right now. Try again in a moment.",
        "errors": {},
    }  # fmt: skip
    assert requests[0]().status_code == 200
