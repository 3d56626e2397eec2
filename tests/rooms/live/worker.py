"""A process that runs live rooms and may be killed at any moment: `python -m tests.rooms.live.worker REDIS_URL NODE`.

Now and then it stalls past its lease before a commit, as a process does that was swapped out.
"""

import asyncio
import random
import sys
from typing import Any

import msgspec
import redis.asyncio

from rooms.live.limits import LIMITS
from rooms.live.runner import RoomRunner
from rooms.live.scripts import COMMIT
from tests.rooms.live.counting_game import CountingGame
from wsgateway.wire.channels import Channels

LIMITS_FOR_KILLS = msgspec.structs.replace(LIMITS, lease_ms=300, log=1_000_000, slice=20, answers_per_s=1e6)
STALLS = 0.01


class Stalling:
    """A Redis connection of a process that sometimes holds its breath before a commit."""

    def __init__(self, inner: redis.asyncio.Redis) -> None:
        self.inner = inner

    async def execute_command(self, *words: Any) -> Any:
        if words[1] == COMMIT.digest and random.random() < STALLS:
            await asyncio.sleep(2 * LIMITS_FOR_KILLS.lease_ms / 1000)
        return await self.inner.execute_command(*words)


async def main(url: str, node: str) -> None:
    """Serve for ever."""
    client = redis.asyncio.Redis.from_pool(redis.asyncio.BlockingConnectionPool.from_url(url, max_connections=20))
    runner = RoomRunner(Stalling(client), {"counting": CountingGame()}, Channels(), node, limits=LIMITS_FOR_KILLS)
    await client.set(f"ready:{node}", 1)

    async def tell() -> None:
        while True:
            counters = runner.counters
            await client.hset("stalled", node, counters.stale + counters.lease_losses)
            await asyncio.sleep(0.1)

    await asyncio.gather(runner.serve(), tell())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
