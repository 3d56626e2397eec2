"""Bodies that would cost more than they are worth."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from tests.accounts.api.bodies import error
from tests.conftest import Valkey
from tests.factories import UserFactory, make_token
from wsgateway.wire.json_depth import DEPTH

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Django's own: it sends bytes as they are, and shows a 500 instead of raising it."""
    return Client(raise_request_exception=False)


TOO_DEEP = error("too_deep", "The JSON is nested too deeply.")


def nested(levels: int, *, close: bool = True) -> str:
    """A JSON object that nests so deep, arrays and objects in turn."""
    opened = "".join("[" if level % 2 else '{"a":' for level in range(levels))
    closed = "".join("]" if level % 2 else "}" for level in reversed(range(levels)))
    return opened + ("1" + closed if close else "")


@pytest.mark.parametrize("levels", [DEPTH + 1, 100, 400, 700, 950, 2_000, 30_000])
@pytest.mark.parametrize(
    "path",
    ["login", "registration", "password-reset", "password-reset/confirm", "rooms", "rooms/enter", "rooms/1/join"],
)
def test_deep_json_is_400_and_no_line_of_the_log(
    valkey: Valkey, client: Client, caplog: pytest.LogCaptureFixture, path: str, levels: int
) -> None:
    """It was a 500 with a traceback of 148 KB from 400 levels on."""
    header = {"Authorization": f"Token {make_token(UserFactory())}"}
    with caplog.at_level(logging.WARNING):
        answer = client.post(f"/api/v1/{path}", nested(levels), "application/json", headers=header)
    assert (answer.status_code, answer.json()) == (400, TOO_DEEP)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


def test_depth_at_the_bound_is_read(valkey: Valkey, client: Client) -> None:
    answer = client.post("/api/v1/login", nested(DEPTH), "application/json")
    assert (answer.status_code, sorted(answer.json()["errors"])) == (400, ["name", "password"])


def test_deep_json_that_never_ends_is_refused_too(valkey: Valkey, client: Client) -> None:
    answer = client.post("/api/v1/login", nested(5_000, close=False), "application/json")
    assert (answer.status_code, answer.json()) == (400, TOO_DEEP)


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "utf-7", "cp037"])
def test_other_charsets_are_no_way_round_the_bound(valkey: Valkey, client: Client, charset: str) -> None:
    """JSON is UTF-8; read otherwise, brackets would be none when they are counted."""
    body = nested(500).encode(charset)
    answer = client.generic("POST", "/api/v1/login", body, f"application/json; charset={charset}")
    assert (answer.status_code, answer.json()["code"] in ("bad_request", "too_deep")) == (400, True)


@pytest.mark.parametrize("levels", [DEPTH - 1, DEPTH])
def test_player_of_a_room_has_the_same_bound(valkey: Valkey, client: Client, levels: int) -> None:
    """The body itself is the first level."""
    header = {"Authorization": f"Token {make_token(UserFactory())}"}
    body: dict[str, Any] = {"game": "none", "player": json.loads(nested(levels))}
    answer = client.post("/api/v1/rooms/enter", json.dumps(body), "application/json", headers=header)
    assert (answer.status_code, answer.json()["code"]) == (
        (404, "unknown_game") if levels < DEPTH else (400, "too_deep")
    )
