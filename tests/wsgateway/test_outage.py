"""Redis goes away and comes back; a gateway is told to stop. Sockets stay open as long as they can."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from signal import SIGCONT, SIGSTOP, SIGTERM
from typing import Any

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client, Refused
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, give_token

DEGRADED = {
    "action": "error",
    "code": "degraded",
    "message": "The server is recovering; try again in a moment.",
}
RESYNC = {"action": "resync", "reason": "redis"}


@pytest.fixture
async def clients(start_gateway: StartGateway, own_valkey: Valkey) -> AsyncIterator[list[Client]]:
    """Users 1 (SockJS) and 2 (raw) at one gateway on that Valkey."""
    gateway = start_gateway({"redis_reply_s": 1, "redis_retry_s": 0.2}, redis_url=own_valkey.url)
    async with AsyncExitStack() as stack:
        opened = []
        for user in (1, 2):
            client = await stack.enter_async_context(await Client.open(gateway.listen, raw=user == 2))
            await client.connect(user, give_token(own_valkey.client(), user))
            opened.append(client)
        await opened[0].until("someone_connected", id=2)
        for client in opened:
            await client.quiet()
            client.inbox.clear()
        yield opened


async def told_once(clients: list[Client], valkey: Valkey) -> None:
    """Everybody has heard of the cut once, of the return once, and gets what is published since."""
    for client in clients:
        await client.until("resync")
    valkey.client().publish("1", '{"action":"hi"}')
    valkey.client().publish("all", '{"action":"news"}')
    await clients[0].until("hi")
    for client in clients:
        await client.until("news")
        await client.quiet()
        assert client.inbox == [DEGRADED]


async def test_redis_restarted(clients: list[Client], own_valkey: Valkey):
    own_valkey.stop(kill=True)
    await clients[0].wait_for(lambda: clients[0].inbox)
    clients[0].send({"action": "check_me", "room_id": 7, "answer": "x", "ref": "meanwhile"})
    assert (await clients[0].until("error", ref="meanwhile"))["code"] == "degraded"
    own_valkey.start()
    await told_once(clients, own_valkey)


async def test_subscriber_killed(clients: list[Client], own_valkey: Valkey):
    own_valkey.client().client_kill_filter(_type="pubsub")
    await told_once(clients, own_valkey)


async def test_command_connection_killed(clients: list[Client], own_valkey: Valkey):
    own_valkey.client().client_kill_filter(_type="normal", skipme=True)
    await told_once(clients, own_valkey)


async def test_redis_stands_still(clients: list[Client], own_valkey: Valkey):
    assert own_valkey.process is not None
    own_valkey.process.send_signal(SIGSTOP)
    try:
        await clients[0].wait_for(lambda: clients[0].inbox)
        clients[0].send({"action": "sync", "room_id": 7, "v": 1, "ref": "meanwhile"})
        assert (await clients[0].until("error", ref="meanwhile"))["code"] == "degraded"
    finally:
        own_valkey.process.send_signal(SIGCONT)
    await told_once(clients, own_valkey)


async def test_connect_while_redis_is_away(start_gateway: StartGateway, own_valkey: Valkey):
    gateway = start_gateway({"redis_retry_s": 0.2}, redis_url=own_valkey.url)
    own_valkey.stop(kill=True)
    async with await Client.open(gateway.listen) as client:
        client.send({"action": "connect", "id": 23, "token": "x" * 64})
        assert (await client.until("error"))["code"] == "degraded"
        assert gateway.get("/readyz") == (503, "redis is away\n")
        assert gateway.get("/livez") == (200, "ok\n")
        own_valkey.start()
        token = give_token(own_valkey.client(), 23)
        for _ in range(200):
            client.send({"action": "connect", "id": 23, "token": token})
            answer = await client.wait_for(lambda: client.inbox.pop() if client.inbox else None)
            if answer["action"] == "connected":
                break
            await asyncio.sleep(0.3)
        assert gateway.get("/readyz") == (200, "ok\n")


class TestDrain:
    """SIGTERM."""

    async def test_each_told_a_delay_of_its_own(self, start_gateway: StartGateway, valkey: Valkey):
        gateway = start_gateway(DRAIN_SECONDS="4")
        clients = [await Client.open(gateway.listen, raw=number % 2 == 1) for number in range(40)]
        for client in clients[:20]:
            await client.connect(23, give_token(valkey.client(), 23))
        gateway.signal(SIGTERM)
        closes = await asyncio.gather(*(client.closed() for client in clients))
        assert {code for code, _ in closes} == {3001}
        delays = [int(reason.removeprefix("delay=")) for _, reason in closes]
        assert all(0 <= delay <= 4000 for delay in delays)
        assert min(delays) < 1500
        assert max(delays) > 2500
        assert await asyncio.to_thread(gateway.ended) == 0
        for client in clients:
            await client.close()

    async def test_no_new_sockets(self, start_gateway: StartGateway, valkey: Valkey):
        gateway = start_gateway({"linger_s": 3})
        mute = await Client.open(gateway.listen, raw=True)  # does not answer the close: the gateway lingers for it
        await mute.connect(23, give_token(valkey.client(), 23))
        gateway.signal(SIGTERM)
        while gateway.get("/readyz")[0] == 200:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        with pytest.raises((Refused, ConnectionError)):
            await Client.open(gateway.listen)
        assert gateway.request("GET", "/readyz", private=True) in [(503, "draining\n"), (0, "")]
        await mute.close()
        assert await asyncio.to_thread(gateway.ended) == 0

    async def test_lease_kept_for_those_who_come_back(self, start_gateway: StartGateway, valkey: Valkey):
        gateway = start_gateway({"linger_s": 3}, DRAIN_SECONDS="20")
        control = valkey.client().pubsub()
        control.subscribe("control")
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, give_token(valkey.client(), 23))
            await asyncio.wait_for(asyncio.to_thread(until_announced, control, 23), 10)
            mute = await Client.open(gateway.listen, raw=True)  # keeps the process for a while after the hand-over
            gateway.signal(SIGTERM)
            await client.closed()
        assert await asyncio.to_thread(gateway.ended) == 0
        redis: Any = valkey.client()
        await mute.close()
        ((_, until),) = redis.zrange("presence:nodes", 0, -1, withscores=True)
        seconds, micros = redis.time()
        assert 5 < until / 1000 - seconds - micros / 1e6 < 21
        assert valkey.client().hgetall("presence:online") == {"23": "user23"}


def until_announced(control: Any, user: int) -> None:
    """Read `control` until it says that the user came."""
    texts = (str(message["data"]) for message in control.listen())
    next(text for text in texts if f'"come":[[{user},' in text)


async def test_commands_of_django_reach_the_gateway(gateway: GatewayProcess, valkey: Valkey):
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        valkey.client().publish("control", json.dumps({"do": "run", "room": 12345}))
        await client.quiet()
    assert gateway.metric("gamehub_gateway_turn_failures_total") == 0
