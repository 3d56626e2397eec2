"""Sockets that do not read: bounded, chatter dropped first, the rest never slowed; cut with 3008."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.faults.conftest import StartGateway
from tests.faults.reference_client import ReferenceClient
from tests.faults.room_copy import RoomCopy
from tests.faults.stage import ROOM, Stage
from tests.rooms.live.stage import until
from tests.wsgateway.gateway_process import GatewayProcess
from wsgateway.limits import Limits

ME, OTHER, THIRD = 1, 2, 3
#: more than the kernel keeps for a unix socket, so that the rest waits in the gateway
FULL_KERNEL = 300_000
BOUNDS = {"queue_bytes": 400_000, "chatter_bytes": 100_000}


def padded(action: str, n: int, size: int = 1_000) -> str:
    """An event of a room nobody follows, that long."""
    event = {"action": action, "room_id": 999, "v": n, "n": n}
    return json.dumps({**event, "pad": "x" * (size - len(json.dumps(event)) - 10)})


@pytest.fixture
def gateway(start_gateway: StartGateway) -> GatewayProcess:
    """With bounds that a test reaches quickly."""
    return start_gateway(limits=BOUNDS)


@pytest.fixture
async def players(stage: Stage, gateway: GatewayProcess) -> AsyncIterator[list[ReferenceClient]]:
    """Three of a room; the first will not read."""
    v = await stage.open_room(ME, OTHER, THIRD)
    async with AsyncExitStack() as stack:
        clients = []
        for user in (ME, OTHER, THIRD):
            client = stage.client(user, gateway, RoomCopy(ROOM, v), silence_s=60)
            clients.append(await stack.enter_async_context(client))
            await client.until_connected()
        yield clients


def queued(gateway: GatewayProcess) -> float:
    """Bytes that wait in the gateway."""
    return gateway.metric("gamehub_gateway_queued_bytes")


async def publish(stage: Stage, channel: str, action: str, size: int) -> int:
    """That many bytes of events; how many events they were."""
    count = size // 1_000
    for n in range(count):
        stage.redis.publish(channel, padded(action, n))
        if n % 50 == 0:
            await asyncio.sleep(0)
    return count


def test_default_queue_is_one_mebibyte():
    assert Limits().queue_bytes == 1 << 20


async def test_cut_at_the_bound_while_others_get_everything(
    stage: Stage, gateway: GatewayProcess, players: list[ReferenceClient]
):
    slow, *others = players
    assert slow.socket is not None
    slow.socket.stop_reading()
    count = await publish(stage, "all", "news", FULL_KERNEL + 2 * BOUNDS["queue_bytes"])
    for other in others:
        await other.until_heard("news", count)
        assert [message["n"] for message in other.heard_of("news")] == list(range(count))
    await until(lambda: gateway.metric('gamehub_gateway_closes_total{code="3008"}') == 1)
    assert queued(gateway) <= BOUNDS["queue_bytes"]
    slow.socket.read_on()
    await slow.until_connected(2)
    assert [(lost.code, lost.reason) for lost in slow.closes] == [(3008, "slow consumer")]
    assert [(other.sockets, other.closes) for other in others] == [(1, []), (1, [])]


async def test_queue_never_passes_its_bound(stage: Stage, gateway: GatewayProcess, players: list[ReferenceClient]):
    slow = players[0]
    assert slow.socket is not None
    slow.socket.stop_reading()
    most = 0.0
    for _ in range(30):
        await publish(stage, str(ME), "news", 40_000)
        await players[1].until(lambda: True)
        most = max(most, await asyncio.to_thread(queued, gateway))
    assert 0 < most <= BOUNDS["queue_bytes"] + 40_000


async def test_chatter_is_dropped_before_results_and_becomes_a_resync(
    stage: Stage, gateway: GatewayProcess, players: list[ReferenceClient]
):
    slow, other, _ = players
    assert slow.socket is not None
    slow.heard.clear()
    slow.socket.stop_reading()
    while queued(gateway) <= BOUNDS["chatter_bytes"]:
        await publish(stage, str(ME), "new_answer", 20_000)
        await other.until_connected()
    await stage.say(OTHER, "a", "b")
    await stage.say(THIRD, "right 1")
    await other.until_event(ROOM, "next_question")
    slow.socket.read_on()
    await slow.until_told("resync")
    await slow.until_connected()
    mine = slow.rooms[ROOM]
    assert mine.events == other.rooms[ROOM].events == stage.log()[-4:]
    live = [message["action"] for message in slow.heard if message.get("room_id") == ROOM]
    assert live[:1] == ["next_question"], "the result was to come at once, the tries by sync"
    assert slow.heard_of("resync") == [{"action": "resync", "reason": "slow"}]
    assert (slow.sockets, slow.closes) == (1, [])
