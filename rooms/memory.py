"""Is there memory for another room? Asked before anything of it is written.

Redis refuses writes once it is full (`noeviction`), those of running games too. So it is not to get there by new rooms.
"""

import redis

from accounts.redis import connect
from rooms import limits
from rooms.errors import Degraded, ServerFull


def refuse_when_full() -> None:
    """Raises `ServerFull` near Redis' maxmemory, `Degraded` when Redis is away. Without a maxmemory nothing is full."""
    try:
        told = connect().info("memory")
    except redis.RedisError as error:
        raise Degraded from error
    if told["maxmemory"] and told["used_memory"] >= told["maxmemory"] * limits.MEMORY_SHARE:
        raise ServerFull
