"""What leaves for Redis, when, and what happens when Redis is away."""

import json

import pytest

from accounts import publisher, redis
from tests.conftest import Valkey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def redis_away(settings, tmp_path):
    redis.connect.cache_clear()
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    yield
    redis.connect.cache_clear()


def test_publish_to_user_reaches_the_users_channel(valkey: Valkey):
    pubsub = valkey.client().pubsub(ignore_subscribe_messages=True)
    pubsub.subscribe("23")
    pubsub.get_message(timeout=5)
    publisher.publish_to_user(23, {"action": "hi", "text": "привет"})
    assert json.loads(pubsub.get_message(timeout=5)["data"]) == {"action": "hi", "text": "привет"}


def test_run_room_is_on_control(control):
    publisher.run_room(7)
    assert control.messages() == [{"do": "run", "room": 7}]


def test_logout_without_redis_is_done_and_logged(redis_away, client, caplog):
    assert client.post("/api/v1/logout").status_code == 200
    assert client.get("/api/v1/profile").status_code == 401
    assert {record.message for record in caplog.records if record.name == "accounts.publisher"} == {
        "committed, but not published"
    }
