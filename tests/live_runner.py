"""A gateway's part in this process: the real RoomRunner in a thread, so that Django's waiting requests are answered."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
import redis.asyncio

from rooms import gate
from rooms.live.limits import LIMITS
from rooms.live.rules import load_rules
from rooms.live.runner import RoomRunner
from tests.conftest import Valkey
from wsgateway.wire.channels import Channels

#: looks at the timers so often that a request waits for milliseconds
QUICK = msgspec.structs.replace(LIMITS, poll_ms=5)


@contextmanager
def running(url: str) -> Iterator[None]:
    """Runs live rooms until the block ends."""
    loop, up, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with redis.asyncio.Redis.from_url(url) as connection:
            runner = RoomRunner(connection, load_rules(), Channels(), "test", limits=QUICK)
            polling = asyncio.create_task(runner.serve())
            up.set()
            await stop.wait()
            await runner.release_all()  # ends the polling, too; a cancel could get lost inside the Redis client
            await polling

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert up.wait(10)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        assert not thread.is_alive()
        loop.close()


@pytest.fixture
def no_runner(valkey: Valkey) -> Valkey:
    """An empty Valkey and nobody who runs rooms."""
    gate.live_rooms.cache_clear()
    return valkey


@pytest.fixture
def live_runner(no_runner: Valkey) -> Iterator[None]:
    """An empty Valkey and somebody who runs rooms."""
    with running(no_runner.url):
        yield
