"""Who is online: announced once per user, over tabs, processes, kills and Redis's own troubles."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from signal import SIGCONT, SIGSTOP, SIGTERM
from typing import Any

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import QUICK, StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, give_token
from wsgateway import presence
from wsgateway.limits import Limits

WATCHER = 1
COME, GONE = "someone_connected", "someone_disconnected"


def announced(client: Client, user: int) -> list[str]:
    """What the client has heard of that user so far, in order."""
    return [m["action"] for m in client.inbox if m.get("id") == user and m.get("action") in (COME, GONE)]


async def hears(client: Client, user: int, *actions: str) -> None:
    """Wait until the client has heard exactly that of the user."""
    await client.wait_for(lambda: len(announced(client, user)) >= len(actions))
    assert announced(client, user) == list(actions)


@pytest.fixture
async def pair(start_gateway: StartGateway) -> tuple[GatewayProcess, GatewayProcess]:
    """Two gateway processes."""
    return start_gateway(), start_gateway()


@pytest.fixture
async def watcher(pair: tuple[GatewayProcess, GatewayProcess], valkey: Valkey) -> AsyncIterator[Client]:
    """User 1, at the second process, heard of by all."""
    async with await Client.open(pair[1].listen) as client:
        await client.connect(WATCHER, give_token(valkey.client(), WATCHER))
        await online_is(valkey, {WATCHER})
        yield client


async def online_is(valkey: Valkey, users: set[int]) -> None:
    """Wait until Redis says that these are online."""
    async with asyncio.timeout(15):
        while {int(user) for user in valkey.client().hkeys("presence:online")} != users:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def connected(gateway: GatewayProcess, valkey: Valkey, user: int, *, raw: bool = False) -> Client:
    client = await Client.open(gateway.listen, raw=raw)
    await client.connect(user, give_token(valkey.client(), user))
    return client


async def test_two_tabs_announced_once(pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey):
    first = await connected(pair[0], valkey, 23)
    await hears(watcher, 23, COME)
    second = await connected(pair[0], valkey, 23, raw=True)
    third = await connected(pair[1], valkey, 23)
    await first.close()
    await third.close()
    other = await connected(pair[0], valkey, 24)
    await hears(watcher, 24, COME)
    await second.close()
    await hears(watcher, 23, COME, GONE)
    assert watcher.inbox[0] == {"action": COME, "id": 23, "name": "user23"}
    await other.close()


async def test_own_announcement_not_heard(pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey):
    first = await connected(pair[0], valkey, 23)
    second = await connected(pair[1], valkey, 23)
    other = await connected(pair[0], valkey, 24)
    await first.until(COME, id=24)
    await second.until(COME, id=24)
    assert announced(first, 23) == announced(second, 23) == []
    for client in (first, second, other):
        await client.close()


async def test_reload_within_grace_not_announced(
    pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey
):
    for gateway in (pair[0], pair[0], pair[1], pair[0]):
        client = await connected(gateway, valkey, 23)
        await client.quiet()
        await client.close()
    await hears(watcher, 23, COME, GONE)


async def test_new_name_is_listed_from_the_next_connect_on_and_not_announced(
    pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey
):
    first = await connected(pair[0], valkey, 23)
    await watcher.until(COME, id=23)
    await first.close()
    again = await Client.open(pair[0].listen)
    renamed = await again.connect(23, give_token(valkey.client(), 23, name="renamed"))
    assert {"id": 23, "name": "renamed"} in renamed["online"]

    async with asyncio.timeout(15):
        while valkey.client().hget("presence:online", "23") != "renamed":  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    late = await Client.open(pair[1].listen)
    online = (await late.connect(24, give_token(valkey.client(), 24)))["online"]
    await watcher.until(COME, id=24)

    assert [entry["name"] for entry in online if entry["id"] == 23] == ["renamed"]
    assert announced(watcher, 23) == []
    for client in (again, late):
        await client.close()


async def test_connected_lists_others_of_all_processes(
    pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey
):
    other = await connected(pair[0], valkey, 23)
    await hears(watcher, 23, COME)
    async with await Client.open(pair[1].listen) as client:
        answer = await client.connect(24, give_token(valkey.client(), 24))
        assert answer["online_count"] == 3
        assert sorted(user["id"] for user in answer["online"]) == [1, 23, 24]
    await other.close()


async def test_connected_lists_at_most_a_hundred(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"online_listed": 2})
    clients = [await connected(gateway, valkey, user) for user in range(1, 5)]
    await online_is(valkey, {1, 2, 3, 4})
    await clients[0].until(COME, id=4)
    async with await Client.open(gateway.listen) as client:
        answer = await client.connect(9, give_token(valkey.client(), 9))
        assert (len(answer["online"]), answer["online_count"]) == (2, 5)
    for one in clients:
        await one.close()


async def test_killed_gateway_announced_once(start_gateway: StartGateway, valkey: Valkey):
    doomed, second, third = start_gateway(), start_gateway(), start_gateway()
    watchers = [await connected(second, valkey, 1), await connected(third, valkey, 2)]
    lost = [await connected(doomed, valkey, user) for user in (23, 24)]
    both = await connected(second, valkey, 24)
    for watcher in watchers:
        await hears(watcher, 23, COME)
        await hears(watcher, 24, COME)
    doomed.stop()
    for watcher in watchers:
        await hears(watcher, 23, COME, GONE)
    again = await connected(third, valkey, 23)
    for watcher in watchers:
        await hears(watcher, 23, COME, GONE, COME)
        assert announced(watcher, 24) == [COME]
    await online_is(valkey, {1, 2, 23, 24})
    for client in (*watchers, *lost, both, again):
        await client.close()


async def test_killed_gateway_reconnect_within_lease_not_announced(
    pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey
):
    moved, lost = await connected(pair[0], valkey, 23), await connected(pair[0], valkey, 24)
    await hears(watcher, 23, COME)
    await hears(watcher, 24, COME)
    pair[0].stop()
    again = await connected(pair[1], valkey, 23)
    await hears(watcher, 24, COME, GONE)
    assert announced(watcher, 23) == [COME]
    for client in (moved, lost, again):
        await client.close()


async def test_drained_gateway_moved_users_not_announced(
    pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey
):
    moved, lost = await connected(pair[0], valkey, 23), await connected(pair[0], valkey, 24)
    await hears(watcher, 23, COME)
    await hears(watcher, 24, COME)
    pair[0].signal(SIGTERM)
    assert (await moved.closed())[0] == 3001
    assert (await lost.closed())[0] == 3001
    again = await connected(pair[1], valkey, 23)
    await hears(watcher, 24, COME, GONE)
    assert announced(watcher, 23) == [COME]
    for client in (moved, lost, again):
        await client.close()


async def test_redis_emptied_presence_rebuilt_unheard(
    pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey
):
    other = await connected(pair[0], valkey, 23)
    await hears(watcher, 23, COME)
    valkey.client().flushall()
    await online_is(valkey, {WATCHER, 23})
    last = await connected(pair[0], valkey, 24)
    await hears(watcher, 24, COME)
    assert announced(watcher, 23) == [COME]
    await other.close()
    await hears(watcher, 23, COME, GONE)
    await last.close()


async def test_stalled_gateway_brings_its_users_back(
    pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey
):
    other = await connected(pair[0], valkey, 23)
    await hears(watcher, 23, COME)
    pair[0].signal(SIGSTOP)
    await hears(watcher, 23, COME, GONE)
    pair[0].signal(SIGCONT)
    await hears(watcher, 23, COME, GONE, COME)
    await other.quiet()
    await other.close()


async def test_crowd_of_joins_is_few_frames(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"presence_batch_s": 0.3})
    watcher = await connected(gateway, valkey, WATCHER)
    crowd = await asyncio.gather(*(connected(gateway, valkey, user) for user in range(100, 160)))
    await watcher.wait_for(lambda: sum(m["action"] == COME for m in watcher.inbox) == 60)
    frames = [frame for frame in watcher.frames if COME in frame]
    assert len(frames) <= 8
    for client in (watcher, *crowd):
        with contextlib.suppress(ConnectionError):
            await client.close()


def test_quick_limits_name_real_limits():
    assert set(QUICK) <= set(Limits.__struct_fields__)


async def test_taking_over_that_redis_carries_out_too_late_takes_nobody(
    pair: tuple[GatewayProcess, GatewayProcess], watcher: Client, valkey: Valkey
):
    """As it lies in the hands of a Redis that freezes: when it thaws, everybody's lease has run out."""
    client = await connected(pair[0], valkey, 23)
    await hears(watcher, 23, COME)
    redis = valkey.client()
    script = (Path(presence.__file__).parent / "presence_reap.lua").read_text()
    now = redis.time()[0] * 1000

    def taken_over(latest: int) -> int:
        """How many, with all leases run out; in one step, because the gateways renew all the time."""
        pipe = redis.pipeline(transaction=True)
        nodes: Any = redis.zrange("presence:nodes", 0, -1)
        for node in nodes:
            pipe.zadd("presence:nodes", {node: 1})
        pipe.eval(script, 2, "presence:online", "presence:nodes", "presence:node:", "control", latest)
        return pipe.execute()[-1]

    assert taken_over(now - 1_000) == 0
    assert sorted(redis.hkeys("presence:online")) == ["1", "23"]
    assert taken_over(now + 10_000) == 1
    await client.close()
