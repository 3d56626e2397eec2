"""/livez and /readyz."""

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from config.version import VERSION
from tests.conftest import Valkey

OK = {"status": 0, "message": "ok"}


def test_livez_answers_whatever_is_down(client: Client):
    answer = client.get("/livez")

    assert (answer.status_code, answer.json()) == (200, OK | {"version": VERSION})


@pytest.mark.django_db
def test_readyz_with_everything_up(client: Client, valkey: Valkey):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, OK)


@pytest.mark.django_db
def test_readyz_names_redis_when_it_is_away(client: Client, valkey: Valkey):
    valkey.stop()
    try:
        answer = client.get("/readyz")
    finally:
        valkey.start()

    assert (answer.status_code, answer.json()) == (
        503,
        {"status": 1, "message": "not ready: redis", "code": "degraded", "errors": {}},
    )


@pytest.mark.django_db
def test_readyz_names_the_database_when_it_is_away(client: Client, valkey: Valkey):
    """The tests' database can't be taken away, so its driver's answer is."""

    def refuse(*arguments: object) -> None:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["message"]) == (503, "not ready: database")
