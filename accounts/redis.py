"""Django's one connection to the Redis that gateways, rooms and Django share."""

from functools import cache

from django.conf import settings
from redis import Redis

from wsgateway.wire.channels import Channels

TIMEOUT_S = 2.0  # a request must not hang for longer on a Redis that is away


@cache
def connect() -> Redis:
    """The process's client: pooled, safe over threads and forks, answers decoded to `str`."""
    return Redis.from_url(
        settings.REDIS_URL, decode_responses=True, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S
    )


def channels() -> Channels:
    """Names of channels and keys under the configured prefix."""
    return Channels(settings.CHANNEL_PREFIX)
