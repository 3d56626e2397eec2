"""What stands in Redis and the database at this moment. Looked at when Prometheus asks, every 15 s or so."""

from collections.abc import Callable, Iterator
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from accounts.redis import channels
from config.health import TIMEOUT_S
from rooms.models import ParkedOutcome, Room, RoomState

#: Celery's one queue
QUEUE = "celery"


class StoresCollector(Collector):
    """Gauges `gamehub_*`. A store that is away says so by its `_up`; what stands in it is left out."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All of them."""
        for store, look in (("redis", of_redis), ("broker", of_broker), ("database", of_database)):
            families, up = _looked(look)
            yield from families
            yield gauge(f"{store}_up", f"{store} answers", up)


def _looked(look: Callable[[], list[GaugeMetricFamily]]) -> tuple[list[GaugeMetricFamily], bool]:
    try:
        return look(), True
    except (redis.RedisError, DatabaseError):
        return [], False


def of_redis() -> list[GaugeMetricFamily]:
    """Its size, and the outbox: rooms that ended and are not stored yet. Raises `RedisError`."""
    with _connect(settings.REDIS_URL) as client:
        told: dict[str, Any] = client.info()
        waiting = client.hlen(channels().results)
    return [
        gauge("outbox_rooms", "ended rooms waiting to be stored", waiting),
        gauge("redis_memory_bytes", "memory of Redis' data", told["used_memory"]),
        gauge("redis_memory_limit_bytes", "maxmemory of Redis; 0: none", told["maxmemory"]),
        gauge("redis_clients", "connections to Redis", told["connected_clients"]),
    ]


def of_broker() -> list[GaugeMetricFamily]:
    """Tasks that no worker has taken. Raises `RedisError`; a broker that is no Redis has its own figures."""
    url: str = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://", 1)
    if not url.startswith(("unix://", "redis://", "rediss://")):
        return []
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    with _connect(url) as client:
        waiting = client.llen(f"{prefix}{QUEUE}")
    return [gauge("celery_queue_tasks", "tasks waiting for a worker", waiting)]


def of_database() -> list[GaugeMetricFamily]:
    """Open rooms by state, and outcomes that could not be stored. Raises `DatabaseError`."""
    rooms = GaugeMetricFamily("gamehub_open_rooms", "rooms in the database that are not closed", labels=["state"])
    counts = Room.objects.exclude(state=RoomState.CLOSED).order_by().values_list("state").annotate(Count("pk"))
    found = dict(counts)
    for state in (RoomState.WAITING, RoomState.RUNNING):
        rooms.add_metric([state.value], found.get(state.value, 0))
    parked = ParkedOutcome.objects.filter(parked_at__isnull=False).count()
    return [rooms, gauge("parked_outcomes", "outcomes put aside for an operator", parked)]


def gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    """One number."""
    return GaugeMetricFamily(f"gamehub_{name}", meaning, value=value)


def _connect(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, decode_responses=True, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)
