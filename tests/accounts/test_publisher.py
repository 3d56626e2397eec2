"""What leaves for Redis, when, and what happens when Redis is away."""

import pytest
from django.db import transaction

from accounts import publisher, redis

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def redis_away(settings, tmp_path):
    redis.connect.cache_clear()
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    yield
    redis.connect.cache_clear()


def test_sockets_are_closed_by_an_order_on_control_once_it_is_committed(control):
    with transaction.atomic():
        publisher.close_sockets(23, 4501, "logged out", "abc")
        assert control.messages() == []
    assert control.messages() == [{"do": "close", "user": 23, "code": 4501, "reason": "logged out", "digest": "abc"}]


def test_logout_without_redis_is_done_and_logged(redis_away, client, caplog):
    assert client.post("/api/v1/logout").status_code == 200
    assert client.get("/api/v1/profile").status_code == 401
    assert {record.message for record in caplog.records if record.name == "accounts.publisher"} == {
        "committed, but not published"
    }
