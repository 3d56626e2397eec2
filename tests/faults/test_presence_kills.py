"""kill -9 of gateways: who is lost is announced gone, once, within 10 s; who comes back within the grace never is."""

import asyncio
import time
from contextlib import AsyncExitStack

from tests.conftest import Valkey
from tests.faults.conftest import LIMITS, StartGateway
from tests.faults.reference_client import ReferenceClient
from tests.faults.stage import Stage
from tests.wsgateway.gateway_process import GatewayProcess
from wsgateway.limits import Limits

WATCHER, BACK, LOST = 1, range(10, 15), range(20, 25)
COME, GONE = "someone_connected", "someone_disconnected"

#: as shipped: the promise of 10 s is about these
SHIPPED = {name: getattr(Limits(), name) for name in ("presence_grace_s", "presence_lease_s", "presence_renew_s")}


async def test_killed_gateway_lost_users_announced_once_within_10_s_and_the_others_never(
    stage: Stage, start_gateway: StartGateway
):
    killed, other = start_gateway(limits=SHIPPED), start_gateway(limits=SHIPPED)
    async with AsyncExitStack() as stack:
        watcher = await stack.enter_async_context(stage.client(WATCHER, other))
        clients = await come_online(stage, stack, killed)
        second_tab = await stack.enter_async_context(stage.client(LOST[0], other))
        await second_tab.until_connected()
        await watcher.until(lambda: len(watcher.heard_of(COME)) == len(clients))
        await asyncio.to_thread(killed.stop)
        at = time.monotonic()
        for user in BACK:
            clients[user].door = lambda: other.listen
        lost = set(LOST[1:])
        await watcher.until(lambda: {message["id"] for message in watcher.heard_of(GONE)} == lost)
        assert time.monotonic() - at < 10
        await watcher.until(lambda: time.monotonic() - at > SHIPPED["presence_lease_s"] + 2)
        assert sorted(message["id"] for message in watcher.heard_of(GONE)) == sorted(lost)
        assert len(watcher.heard_of(COME)) == len(clients)
        assert online(stage) == {WATCHER, LOST[0], *BACK}


async def come_online(stage: Stage, stack: AsyncExitStack, gateway: GatewayProcess) -> dict[int, ReferenceClient]:
    """All of BACK and LOST at that gateway."""
    clients = {user: stage.client(user, gateway) for user in (*BACK, *LOST)}
    for client in clients.values():
        await stack.enter_async_context(client)
    for client in clients.values():
        await client.until_connected()
    return clients


def online(stage: Stage) -> set[int]:
    """As Redis has it."""
    return {int(user) for user in stage.redis.hkeys("presence:online")}


async def test_killed_and_started_again_at_once_nobody_is_announced(stage: Stage, start_gateway: StartGateway):
    killed, other = start_gateway(limits=SHIPPED), start_gateway(limits=SHIPPED)
    async with AsyncExitStack() as stack:
        watcher = await stack.enter_async_context(stage.client(WATCHER, other))
        clients = await come_online(stage, stack, killed)
        await watcher.until(lambda: len(watcher.heard_of(COME)) == len(clients))
        await asyncio.to_thread(killed.stop)
        await asyncio.to_thread(killed.start)
        for client in clients.values():
            await client.until_connected(2)
        at = time.monotonic()
        await watcher.until(lambda: time.monotonic() - at > SHIPPED["presence_lease_s"] + 2)
        assert watcher.heard_of(GONE) == []
        assert len(watcher.heard_of(COME)) == len(clients)
        assert online(stage) == {WATCHER, *BACK, *LOST}


async def test_all_gateways_killed_leave_no_ghost(stage: Stage, start_gateway: StartGateway):
    gateways = [start_gateway(), start_gateway()]
    async with AsyncExitStack() as stack:
        for user in LOST:
            client = await stack.enter_async_context(stage.client(user, gateways[user % 2]))
            await client.until_connected()
        await asyncio.gather(*(asyncio.to_thread(gateway.stop) for gateway in gateways))
    fresh = start_gateway()
    async with stage.client(WATCHER, fresh) as watcher:
        await watcher.until_connected()
        await watcher.until(lambda: online(stage) == {WATCHER})


async def test_users_who_left_while_redis_was_away_are_no_ghosts(own_valkey: Valkey, start_gateway: StartGateway):
    stage = Stage(own_valkey)
    gateway = start_gateway(own_valkey.url)
    async with stage.client(WATCHER, gateway, silence_s=60) as watcher:
        async with AsyncExitStack() as stack:
            await come_online(stage, stack, gateway)
            await watcher.until_heard(COME, len(BACK) + len(LOST))
            await asyncio.to_thread(own_valkey.stop, kill=True)
            await watcher.until_told()
        at = time.monotonic()
        await watcher.until(lambda: time.monotonic() - at > 2 * LIMITS["presence_grace_s"])  # they are gone by now
        await asyncio.to_thread(own_valkey.start)
        await watcher.until(lambda: online(stage) == {WATCHER})
        await watcher.until_heard(GONE, len(BACK) + len(LOST))
    stage.redis.close()
