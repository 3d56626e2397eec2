"""Django's page for Prometheus."""

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from rooms.models import ParkedOutcome
from tests.conftest import Valkey
from tests.factories import RoomFactory

pytestmark = pytest.mark.django_db

Samples = dict[tuple[str, tuple[str, ...]], float]


def scrape(client: Client) -> Samples:
    """(name, label values in the order of the labels' names) -> value of every line of the page."""
    answer = client.get("/internal/metrics")
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "text/plain")
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, tuple(sample.labels.values())): sample.value for family in families for sample in family.samples
    }


def grown(before: Samples, after: Samples, name: str) -> dict[tuple[str, ...], float]:
    """Label values -> growth of the lines of one name that grew."""
    pairs = {key[1]: value - before.get(key, 0) for key, value in after.items() if key[0] == name}
    return {labels: growth for labels, growth in pairs.items() if growth}


def test_requests_counted_by_route_method_and_status(client: Client, valkey: Valkey):
    before = scrape(client)
    client.get("/livez")
    client.get("/api/v1/rooms/17")
    client.get("/api/v1/rooms/18/")
    client.get("/api/v1/nothing/at/all")
    client.generic("BREW", "/livez")

    assert grown(before, scrape(client), "gamehub_django_requests_total") == {
        ("GET", "internal/metrics", "200"): 1,
        ("GET", "livez", "200"): 1,
        ("other", "livez", "200"): 1,
        ("GET", "api/v1/rooms/<int:room_id>", "401"): 2,
        ("GET", "unknown", "404"): 1,
    }


def test_time_of_requests_by_route(client: Client, valkey: Valkey):
    before = scrape(client)
    client.get("/livez")

    after = scrape(client)
    assert grown(before, after, "gamehub_django_request_seconds_count") == {("internal/metrics",): 1, ("livez",): 1}
    assert grown(before, after, "gamehub_django_request_seconds_sum").keys() == {("internal/metrics",), ("livez",)}


def test_stores_looked_into(client: Client, valkey: Valkey):
    RoomFactory.create_batch(2)
    RoomFactory(state="waiting")
    RoomFactory(state="closed", closed_at=timezone.now())
    ParkedOutcome.objects.create(room_id=1, entry={}, error="x")
    valkey.client().hset("results", "7", "{}")
    valkey.client().rpush("celery:celery", "task", "task", "task")

    page = scrape(client)
    found = {name: value for (name, labels), value in page.items() if not (labels or name.startswith("gamehub_django"))}

    assert found.pop("gamehub_redis_memory_bytes") > 100_000
    assert found.pop("gamehub_redis_clients") >= 1
    assert (page["gamehub_open_rooms", ("waiting",)], page["gamehub_open_rooms", ("running",)]) == (1, 2)
    assert found == {
        "gamehub_outbox_rooms": 1,
        "gamehub_celery_queue_tasks": 3,
        "gamehub_parked_outcomes": 0,
        "gamehub_redis_memory_limit_bytes": 0,
        "gamehub_redis_up": 1,
        "gamehub_broker_up": 1,
        "gamehub_database_up": 1,
    }


def test_stores_away_leave_their_numbers_out(client: Client, valkey: Valkey):
    valkey.stop()
    try:
        found = {name: value for (name, _), value in scrape(client).items()}
    finally:
        valkey.start()

    assert (found["gamehub_redis_up"], found["gamehub_broker_up"], found["gamehub_database_up"]) == (0, 0, 1)
    assert "gamehub_outbox_rooms" not in found
