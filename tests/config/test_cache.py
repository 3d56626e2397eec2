"""Nothing that is read from Redis is ever run."""

import pickle
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.test import Client
from django.utils.translation import gettext_lazy
from kombu.connection import Connection

from accounts.services import create_operator
from config.celery import app
from tests.conftest import Valkey
from tests.factories import PASSWORD
from tests.stack.product import wait_for


class Bomb:
    """Unpickled, it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return (Path.touch, (self.path,))


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """What would be there if a pickle had been run; the bomb is shown to work."""
    pickle.loads(pickle.dumps(Bomb(tmp_path / "works")))
    assert (tmp_path / "works").exists()
    return tmp_path / "ran"


@pytest.mark.parametrize(
    "value", [7, -1, True, None, 1.5, "слово", "7", [1, [2]], {"a": {"b": None}}], ids=lambda value: repr(value)
)
def test_value_comes_back_as_it_was(valkey: Valkey, value: Any) -> None:
    cache.set("key", value)
    assert (cache.get("key"), type(cache.get("key"))) == (value, type(value))


def test_counter_is_counted_by_redis(valkey: Valkey) -> None:
    cache.add("count", 0, 60)
    assert [cache.incr("count"), cache.incr("count"), cache.get("count")] == [1, 2, 2]


def test_lazy_text_is_stored_as_text(valkey: Valkey) -> None:
    cache.set("key", [gettext_lazy("Yes")])
    assert cache.get("key") == ["Yes"]


def test_value_that_json_can_t_say_is_refused(valkey: Valkey) -> None:
    with pytest.raises(TypeError, match="object can't be cached"):
        cache.set("key", object())


@pytest.mark.parametrize("garbage", [b"\x80\x05.", b"{", b"\xff", b"[" * 100_000])
def test_garbage_is_as_good_as_nothing(valkey: Valkey, garbage: bytes) -> None:
    valkey.client().set("cache:1:key", garbage)
    assert cache.get("key") is None


def test_pickle_in_the_cache_is_not_run(valkey: Valkey, planted: Path) -> None:
    valkey.client().set("cache:1:key", pickle.dumps(Bomb(planted)))
    assert (cache.get("key"), planted.exists()) == (None, False)


@pytest.mark.django_db
def test_pickle_under_the_key_of_the_admins_search_is_not_run(valkey: Valkey, client: Client, planted: Path) -> None:
    client.force_login(create_operator(name="operator", password=PASSWORD)[0], "accounts.backends.AccountBackend")
    found = client.get("/admin/search/?s=room").content.decode()
    (key,) = valkey.client().keys("cache:*unfold_search_*")
    assert [client.get("/admin/search/?s=room").content.decode(), "/admin/rooms/room/" in found] == [found, True]
    valkey.client().set(key, pickle.dumps(Bomb(planted)))
    assert (client.get("/admin/search/?s=room").content.decode(), planted.exists()) == (found, False)


@pytest.mark.django_db(transaction=True)
def test_pickle_in_celerys_queue_is_not_run(valkey: Valkey, planted: Path) -> None:
    """A worker throws it away and goes on with the next message."""
    headers = {"task": "rooms.tasks.record_results", "id": "planted", "lang": "py"}
    options = app.conf.broker_transport_options
    with Connection(app.conf.broker_url, transport_options=options) as connection:
        connection.SimpleQueue("celery").producer.publish(
            ((Bomb(planted),), {}, {}), routing_key="celery", serializer="pickle", headers=headers
        )
    with start_worker(app, perform_ping_check=False, pool="solo"):
        from rooms.tasks import sweep_rooms

        sweep_rooms.delay()
        wait_for(lambda: not valkey.client().llen("celery:celery") and not valkey.client().hlen("celery:unacked"), 20)
    assert not planted.exists()
