"""A runner of the counting game on the real Valkey, and an ear on all its channels."""

from collections.abc import AsyncIterator, Callable, Iterator

import msgspec
import pytest
import redis
import redis.asyncio

from rooms.live.limits import LIMITS, Limits
from rooms.live.runner import RoomRunner
from tests.conftest import Valkey
from tests.rooms.live.counting_game import CountingGame
from tests.rooms.live.stage import Listener
from wsgateway.wire.channels import Channels

MakeRunner = Callable[..., RoomRunner]

#: no limit on how fast one user plays
UNHURRIED = msgspec.structs.replace(LIMITS, answers_per_s=1e6)


@pytest.fixture
def redis_client(valkey: Valkey) -> Iterator[redis.Redis]:
    """A synchronous client, answers as str."""
    with valkey.client() as client:
        yield client


@pytest.fixture
def raw(redis_client: redis.Redis) -> Iterator[redis.Redis]:
    """The same with bytes, which DUMP needs."""
    with redis.Redis(unix_socket_path=redis_client.connection_pool.connection_kwargs["path"]) as client:
        yield client


@pytest.fixture
def listener(valkey: Valkey) -> Iterator[Listener]:
    ear = Listener(valkey.client())
    yield ear
    ear.close()


@pytest.fixture
async def make_runner(valkey: Valkey) -> AsyncIterator[MakeRunner]:
    """Runners on the same Redis, like several gateways; all their settings may be given."""
    clients: list[redis.asyncio.Redis] = []
    runners: list[RoomRunner] = []

    def make(
        node: str = "a",
        *,
        pace: int = 0,
        limits: Limits = UNHURRIED,
        clock_ms: Callable[[], int] | None = None,
        prefix: str = "",
    ) -> RoomRunner:
        pool = redis.asyncio.BlockingConnectionPool.from_url(valkey.url, max_connections=20)
        client = redis.asyncio.Redis.from_pool(pool)
        runner = RoomRunner(client, {"counting": CountingGame(pace)}, Channels(prefix), node, clock_ms, limits=limits)
        clients.append(client)
        runners.append(runner)
        return runner

    yield make
    for runner in runners:
        await runner.release_all()
    for client in clients:
        await client.aclose()


@pytest.fixture
async def runner(make_runner: MakeRunner) -> RoomRunner:
    return make_runner()
