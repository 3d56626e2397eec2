"""Is this process alive, and can it do its work? Asked by nginx, systemd, compose and the tests."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from config.version import VERSION

#: an answer that takes longer is as good as none: whoever asks has a short time-out himself
TIMEOUT_S = 2.0


def livez(request: HttpRequest) -> JsonResponse:
    """200 as long as requests are answered at all; tells the version."""
    return JsonResponse({"status": 0, "message": "ok", "version": VERSION})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database and Redis answer; 503 naming what does not."""
    failed = [name for name, works in CHECKS.items() if not works()]
    if failed:
        message = f"not ready: {', '.join(failed)}"
        return JsonResponse({"status": 1, "message": message, "code": "degraded", "errors": {}}, status=503)
    return JsonResponse({"status": 0, "message": "ok"})


def database_works() -> bool:
    """The database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_works() -> bool:
    """Redis answers PING."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
        ) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


CHECKS: dict[str, Callable[[], bool]] = {"database": database_works, "redis": redis_works}
