"""One traceback a minute of the same exception at the same place, in every log of ours."""

import io
import json
import logging
import subprocess
import sys
from functools import partial
from typing import Any

import pytest
from celery import shared_task
from celery.app.trace import build_tracer
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config import json_lines, limits
from config.celery import app
from config.env import BASE_DIR
from config.tracebacks import Tracebacks
from config.urls import urlpatterns as product

#: what a gateway writes of an error met five times, through structlog and through the standard library
GATEWAY = """
import logging, structlog
from wsgateway.logs import set_up_logs

set_up_logs("INFO", "gateway-1")
for _ in range(5):
    try:
        raise KeyError("room")
    except KeyError:
        structlog.get_logger().exception("request_failed", room=7)
        logging.getLogger("asyncio").exception("Task exception was never retrieved")
"""


class Clock:
    """Seconds, as the test says."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def fails(request: HttpRequest) -> HttpResponse:
    """A view with a bug."""
    raise KeyError("room")


urlpatterns = [path("fails", fails), *product]
handler400, handler403 = "config.errors.bad_request", "config.errors.permission_denied"
handler404, handler500 = "config.errors.not_found", "config.errors.server_error"


@shared_task(name="tests.fails")
def failing_task() -> None:
    """A task with a bug."""
    raise KeyError("room")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, clock: Clock):
    """What the root logger's lines say, with a formatter that has seen nothing yet."""
    monkeypatch.setattr(json_lines, "Tracebacks", partial(Tracebacks, clock))
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(json_lines.formatter())
    logging.getLogger().addHandler(handler)
    yield lambda: shown(stream.getvalue())
    logging.getLogger().removeHandler(handler)


def shown(text: str) -> list[tuple[str, str, int]]:
    """(event, whole or where, left out) of each line that is about an exception."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    return [
        (row["event"], _kind(row["exception"]), row.get("tracebacks_left_out", 0)) for row in rows if "exception" in row
    ]


def _kind(exception: str) -> str:
    return "whole" if exception.startswith("Traceback") else exception.split(" at ")[0]


def fail(times: int = 1, error: type[Exception] = KeyError) -> None:
    for _ in range(times):
        try:
            raise error("x")
        except Exception:
            logging.getLogger("rooms").exception("failed")


def test_repeated_traceback_is_its_name_and_place_until_the_minute_is_over(written: Any, clock: Clock) -> None:
    fail(3)
    clock.now += limits.TRACEBACK_EVERY_S - 0.1
    fail()
    clock.now += 0.1
    fail(2)
    assert written() == [
        ("failed", "whole", 0),
        ("failed", "KeyError", 1),
        ("failed", "KeyError", 2),
        ("failed", "KeyError", 3),
        ("failed", "whole", 3),
        ("failed", "KeyError", 1),
    ]


def test_another_exception_and_another_place_have_their_own(written: Any) -> None:
    fail(2)
    fail(1, ValueError)
    try:
        raise KeyError
    except KeyError:
        logging.getLogger("rooms").exception("elsewhere")
    assert written() == [
        ("failed", "whole", 0),
        ("failed", "KeyError", 1),
        ("failed", "whole", 0),
        ("elsewhere", "whole", 0),
    ]


def test_long_traceback_keeps_its_two_ends(caplog: pytest.LogCaptureFixture) -> None:
    def odd(left: int) -> None:
        even(left - 1)

    def even(left: int) -> None:
        odd(left - 1) if left else int("x")

    try:
        even(800)
    except ValueError as error:
        event = Tracebacks()(None, "error", {"exc_info": error})
    text = event["exception"]
    assert text.startswith("Traceback (most recent call last)")
    assert text.endswith("ValueError: invalid literal for int() with base 10: 'x'")
    assert limits.TRACEBACK_CHARS < len(text) < limits.TRACEBACK_CHARS + 100


def test_places_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TRACEBACK_PLACES", 2)
    tracebacks, errors = (
        Tracebacks(),
        [type(f"E{number}", (Exception,), {"__module__": "builtins"}) for number in range(3)],
    )

    def take(error: type[Exception]) -> str:
        return _kind(tracebacks(None, "error", {"exc_info": error("x")})["exception"])

    first = [take(error) for error in errors]
    assert (first, take(errors[0]), take(errors[2])) == (["E0: x", "E1: x", "E2: x"], "E0: x", "E2")


@pytest.mark.urls(__name__)
def test_view_that_fails_again_and_again(written: Any) -> None:
    client = Client(raise_request_exception=False)
    assert [client.get("/fails").status_code for _ in range(3)] == [500] * 3
    assert written() == [
        ("Internal Server Error: /fails", "whole", 0),
        ("Internal Server Error: /fails", "KeyError", 1),
        ("Internal Server Error: /fails", "KeyError", 2),
    ]


def test_task_that_fails_again_and_again(written: Any) -> None:
    """As the worker runs it; Celery puts the traceback beside the message, too."""
    trace = build_tracer(failing_task.name, failing_task, app=app)
    for number in range(3):
        trace(f"id-{number}", (), {}, {"id": f"id-{number}"})
    assert [line[1:] for line in written()] == [("whole", 0), ("KeyError", 1), ("KeyError", 2)]


def test_log_of_the_gateway_does_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", GATEWAY], cwd=BASE_DIR, capture_output=True, text=True, check=True, timeout=60
    )
    lines = shown(done.stderr)
    by_event = {event: [line[1:] for line in lines if line[0] == event] for event, *_ in lines}
    expected = [("whole", 0), *[("KeyError", number) for number in range(1, 5)]]
    assert by_event == {"request_failed": expected, "Task exception was never retrieved": expected}
    assert done.stderr.count("Traceback") == 2


def test_django_and_celery_log_through_the_same_formatter() -> None:
    logging_settings: dict[str, Any] = settings.LOGGING
    assert logging_settings["formatters"] == {"line": {"()": "config.json_lines.formatter"}}
    assert {handler["formatter"] for handler in logging_settings["handlers"].values()} == {"line"}
