"""What Django and Celery write: one JSON object a line, with the ids it is about, and nothing secret."""

import io
import json
import logging
import logging.config
from typing import Any

import pytest
from celery.signals import setup_logging
from django.conf import settings
from django.test import Client

from accounts.models import User
from config.celery import log_as_django_does
from config.json_lines import formatter
from tests.conftest import Valkey
from tests.factories import PASSWORD, UserFactory, make_token

pytestmark = pytest.mark.django_db


class Lines:
    """What a handler with the product's formatter wrote."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows = [json.loads(line) for line in self.stream.getvalue().splitlines()]
        for row in rows:
            row.pop("message", None)  # pytest's own handler leaves it in the record
        return rows


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch):
    """The root logger writes here, from INFO on."""
    written = Lines()
    handler = logging.StreamHandler(written.stream)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def user(valkey: Valkey) -> User:
    return UserFactory()


def test_request_is_one_line_with_its_ids(client: Client, user: User, lines: Lines):
    client.get("/api/v1/rooms/17?secret=1", headers={"Authorization": "Token " + make_token(user)})

    (row,) = lines.rows
    assert row.pop("ms") > 0
    assert len(row.pop("request")) == 8
    assert row.pop("timestamp").endswith("Z")
    assert row == {
        "event": "request",
        "level": "info",
        "logger": "config.request_log",
        "method": "GET",
        "route": "api/v1/rooms/<int:room_id>",
        "status": 404,
        "user": user.pk,
        "room": 17,
    }


def test_ids_of_one_request_do_not_reach_the_next(client: Client, user: User, lines: Lines):
    client.get("/api/v1/rooms/17", headers={"Authorization": "Token " + make_token(user)})
    client.get("/api/v1/rooms")

    first, second = lines.rows
    assert second.keys() == first.keys() - {"user", "room"}
    assert second["request"] != first["request"]


def test_health_and_metrics_are_not_logged(client: Client, valkey: Valkey, lines: Lines):
    for path in ("/livez", "/readyz", "/internal/metrics"):
        client.get(path)

    assert lines.rows == []


def test_exception_is_one_line_without_the_values_of_variables(lines: Lines):
    def check(password: str) -> None:
        raise KeyError(len(password))

    try:
        check(PASSWORD)
    except KeyError:
        logging.getLogger("rooms").exception("failed", extra={"room": 7})

    (row,) = lines.rows
    assert (row["event"], row["level"], row["room"]) == ("failed", "error", 7)
    assert row["exception"].startswith("Traceback")
    assert PASSWORD not in lines.stream.getvalue()


def test_celery_logs_as_django_does():
    """Its own handlers would write lines of another kind; a receiver of this signal keeps them away."""
    logging_settings: dict[str, Any] = settings.LOGGING

    assert [receiver() for _, receiver in setup_logging.receivers] == [log_as_django_does]
    assert logging_settings["formatters"]["line"] == {"()": "config.json_lines.formatter"}
    assert logging_settings["handlers"]["stderr"]["formatter"] == "line"
