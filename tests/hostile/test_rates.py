"""How much, how often, how many: the last one that is allowed, and the one after it."""

import asyncio
import json
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client, Refused
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, give_token
from tests.wsgateway.sockjs.conftest import free_port
from tests.wsgateway.sockjs.wire import ask, new_session
from tests.wsgateway.test_django import StandIn, django  # noqa: F401 - a fixture
from tests.wsgateway.test_websocket import CONTINUATION, PING, PING_OP, PONG, TEXT, frame
from wsgateway.limits import Limits

LIMITS = Limits()


async def test_messages_of_a_burst_then_at_the_rate(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"messages_per_s": 2.0})
    async with await Client.open(gateway.listen, raw=True) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        for number in range(LIMITS.messages_burst - 1):  # the connect was the first
            client.send({"action": "ping", "ref": str(number)})
        client.send({"action": "ping"})
        assert (await client.until("error"))["code"] == "too_fast"
        assert sum(message["action"] == "pong" for message in client.inbox) == LIMITS.messages_burst - 1

        loop = asyncio.get_running_loop()
        began = loop.time()
        await answered(client)
        assert 0.2 < loop.time() - began < 2  # half a second for the next one, at two a second


async def test_messages_of_a_minute_then_evenly(start_gateway: StartGateway, valkey: Valkey):
    """The bucket of a minute empties, however slow each second was, and fills evenly."""
    gateway = start_gateway({"messages_per_minute": 60, "messages_per_s": 1e6, "messages_burst": 1_000_000})
    async with await Client.open(gateway.listen, raw=True) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        for number in range(59):  # the connect was the first
            client.send({"action": "ping", "ref": str(number)})
        client.send({"action": "ping"})
        assert (await client.until("error"))["code"] == "too_fast"
        assert sum(message["action"] == "pong" for message in client.inbox) == 59
        await answered(client)  # one a second


BURST = LIMITS.frames_burst


@pytest.mark.parametrize(
    "at_the_limit",
    [
        frame(PING_OP) * BURST + frame(TEXT, PING),
        frame(PONG) * BURST + frame(TEXT, PING),
        frame(TEXT, fin=False) + frame(CONTINUATION, fin=False) * (BURST - 2) + frame(CONTINUATION, PING),
    ],
    ids=["pings", "pongs", "fragments"],
)
async def test_frames_without_a_message_at_their_rate_and_over(
    start_gateway: StartGateway, valkey: Valkey, at_the_limit: bytes
):
    gateway = start_gateway({"frames_per_s": 0.001})
    async with await Client.open(gateway.listen, raw=True) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        client.write(at_the_limit)
        assert (await client.until("pong"))["ref"] == "ё"
        client.write(frame(PING_OP))
        assert await client.closed() == (4029, "too many frames")


async def answered(client: Client) -> None:
    """Ask until one is let through again, more slowly than the gateway minds."""
    for attempt in range(9):
        client.send({"action": "ping", "ref": f"again {attempt}"})
        message = await client.wait_for(lambda: next((m for m in client.inbox if is_reply(m)), None))
        client.inbox.remove(message)
        if message["action"] == "pong":
            return
        await asyncio.sleep(0.25)
    raise AssertionError("never again")


def is_reply(message: dict[str, Any]) -> bool:
    """A `too_fast`, or the `pong` of another try."""
    return message["action"] == "error" or str(message.get("ref", "")).startswith("again")


async def test_answers_of_a_burst_and_one_more(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"answers_per_s": 0.001})
    async with await Client.open(gateway.listen, raw=True) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        for number in range(LIMITS.answers_burst + 1):
            client.send({"action": "check_me", "room_id": 7, "answer": "x", "ref": str(number)})
        codes = [(await client.until("error", ref=str(number)))["code"] for number in range(LIMITS.answers_burst + 1)]
    assert codes == ["unknown_room"] * LIMITS.answers_burst + ["too_fast"]


async def test_flood_ends_with_4029(start_gateway: StartGateway, valkey: Valkey):
    """Who goes on after `too_fast` sends bad messages, and the tenth of a minute is the last."""
    gateway = start_gateway({"messages_per_s": 0.001})
    async with await Client.open(gateway.listen, raw=True) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        for _ in range(LIMITS.messages_burst + LIMITS.bad_per_minute + 100):
            client.send({"action": "ping"})
        assert await client.closed() == (4029, "too many bad messages")
        told = [message["action"] for message in client.inbox]
    assert (told.count("pong"), told.count("error")) == (LIMITS.messages_burst - 1, LIMITS.bad_per_minute)


async def test_early_messages_at_their_limit_and_over(start_gateway: StartGateway, valkey: Valkey, django: StandIn):  # noqa: F811 - the fixture
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.body = {"user": {"id": 23, "name": "bogdan"}}
    django.let_go.clear()
    async with await Client.open(gateway.listen, raw=True) as client:
        client.send({"action": "connect", "id": 23, "token": "fresh"})
        for number in range(LIMITS.early_messages + 1):
            client.send({"action": "ping", "ref": str(number)})
        assert (await client.until("error"))["code"] == "not_connected"
        django.let_go.set()
        for number in range(LIMITS.early_messages):
            await client.until("pong", ref=str(number))
        await client.quiet()
        assert [message for message in client.inbox if message["action"] != "connected"] == []


async def test_early_bytes_at_their_limit_and_over(start_gateway: StartGateway, valkey: Valkey, django: StandIn):  # noqa: F811 - the fixture
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.body = {"user": {"id": 23, "name": "bogdan"}}
    django.let_go.clear()
    half = LIMITS.early_bytes // 2
    async with await Client.open(gateway.listen, raw=True) as client:
        client.send({"action": "connect", "id": 23, "token": "fresh"})
        for number in range(2):
            client.send(json.dumps({"action": "ping", "ref": str(number)}).ljust(half))
        client.send(json.dumps({"action": "ping", "ref": "late"}))
        assert (await client.until("error"))["code"] == "not_connected"
        django.let_go.set()
        for number in range(2):
            await client.until("pong", ref=str(number))
        await client.quiet()
        assert [message for message in client.inbox if message["action"] != "connected"] == []


async def test_early_messages_are_refused_by_name_when_nobody_can_tell(start_gateway: StartGateway, valkey: Valkey):
    gateway = await asyncio.to_thread(start_gateway)  # no Django
    async with await Client.open(gateway.listen, raw=True) as client:
        for sent in (
            {"action": "connect", "id": 23, "token": "fresh", "ref": "a"},
            {"action": "ping", "ref": "b"},
            "{",
        ):
            client.send(sent)
        await client.until("error", code="degraded", ref="a")
        await client.until("error", code="degraded", ref="b")
        await client.until("error", code="bad_json")
        client.send({"action": "connect", "id": 23, "token": give_token(valkey.client(), 23)})
        await client.until("connected")


async def test_sockets_of_a_user_at_their_limit_and_over(start_gateway: StartGateway, valkey: Valkey):
    """Counted by each process: with several gateways a user has that many at each of them."""
    gateway, other = start_gateway(), start_gateway()
    token = give_token(valkey.client(), 23)
    async with AsyncExitStack() as stack:
        for _ in range(LIMITS.sockets_per_user):
            client = await stack.enter_async_context(await Client.open(gateway.listen, raw=True))
            await client.connect(23, token)
        over = await stack.enter_async_context(await Client.open(gateway.listen, raw=True))
        over.send({"action": "connect", "id": 23, "token": token})
        assert await over.closed() == (4509, "too many sockets")
        elsewhere = await stack.enter_async_context(await Client.open(other.listen, raw=True))
        await elsewhere.connect(23, token)


async def test_sockets_of_an_address_at_their_limit_and_over_on_every_transport(
    start_gateway: StartGateway, valkey: Valkey
):
    """Behind nginx (a unix socket) the address is what nginx says; one address' crowd keeps nobody else out."""
    gateway = start_gateway({"sockets_per_address": 3})
    here, there = {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "203.0.113.10"}
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(await Client.open(gateway.listen, raw=True, headers=here))
        await stack.enter_async_context(await Client.open(gateway.listen, headers=here))
        assert (await ask(gateway.listen, "POST", new_session() + "/xhr", headers=here)).status == 200

        for raw in (True, False):
            with pytest.raises(Refused, match="503"):
                await Client.open(gateway.listen, raw=raw, headers=here)
        refused = await ask(gateway.listen, "POST", new_session() + "/xhr", headers=here)
        assert (refused.status, refused["retry-after"]) == (503, "2")

        await stack.enter_async_context(await Client.open(gateway.listen, raw=True, headers=there))
        assert gateway.metric('gamehub_gateway_refusals_total{reason="address"}') == 3


async def test_sockets_of_one_household_are_of_one_address(start_gateway: StartGateway, valkey: Valkey):
    """An IPv6 /64 is one address on every transport, and so is IPv4 mapped into IPv6."""
    gateway = start_gateway({"sockets_per_address": 3})
    homes = (
        [f"2001:db8:1:2:{number:x}::{number:x}" for number in range(6)],
        ["203.0.113.9", "::ffff:203.0.113.9", "::ffff:cb00:7109"] * 2,
    )
    async with AsyncExitStack() as stack:
        for one, two, three, *more in homes:
            for raw, address in ((True, one), (False, two)):
                await stack.enter_async_context(
                    await Client.open(gateway.listen, raw=raw, headers={"X-Forwarded-For": address})
                )
            polling = await ask(gateway.listen, "POST", new_session() + "/xhr", headers={"X-Forwarded-For": three})
            assert polling.status == 200
            for address in more:
                with pytest.raises(Refused, match="503"):
                    await Client.open(gateway.listen, raw=True, headers={"X-Forwarded-For": address})
        elsewhere = {"X-Forwarded-For": "2001:db8:1:3::1"}
        await stack.enter_async_context(await Client.open(gateway.listen, raw=True, headers=elsewhere))


@pytest.fixture
def tcp_gateway(valkey: Valkey) -> Iterator[tuple[GatewayProcess, str]]:
    """A gateway that clients reach without nginx, and where; its private listener is the unix socket."""
    where = f"127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory(prefix="gw-") as folder:
        process = GatewayProcess(Path(folder), valkey.url, {"sockets_per_address": 2})
        process.env |= {"GATEWAY_LISTEN": where, "METRICS_LISTEN": process.listen}
        yield process.start(), where
        process.stop()


async def test_address_written_by_the_client_itself_is_not_believed(tcp_gateway: tuple[GatewayProcess, str]):
    """Without nginx (a TCP listener) the peer's own address counts, whatever the headers say."""
    _, where = tcp_gateway
    async with AsyncExitStack() as stack:
        for number in range(2):
            forged = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"}
            await stack.enter_async_context(await Client.open(where, raw=True, headers=forged))
        with pytest.raises(Refused, match="503"):
            await Client.open(where, raw=True, headers={"X-Forwarded-For": "203.0.113.7", "X-Real-IP": "203.0.113.8"})


async def test_calls_to_django_at_their_limit_and_over(start_gateway: StartGateway, valkey: Valkey, django: StandIn):  # noqa: F811 - the fixture
    """A flood of tokens nobody knows: so many asked at once, so many waiting, the next is told `degraded` at once."""
    limits = {"django_calls": 2, "django_waiting": 3}
    gateway = await asyncio.to_thread(start_gateway, limits, DJANGO_URL=django.where)
    django.status, django.body = 401, {}
    django.let_go.clear()
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(await Client.open(gateway.listen, raw=True)) for _ in range(6)]
        for number, client in enumerate(clients[:5]):
            client.send({"action": "connect", "id": 23, "token": f"token {number}".replace(" ", "-")})
            while gateway.metric("gamehub_gateway_django_calls_total") <= number:  # noqa: ASYNC110 - only asking tells
                await asyncio.sleep(0.01)
        clients[5].send({"action": "connect", "id": 23, "token": "one-too-many"})
        assert (await clients[5].until("error"))["code"] == "degraded"
        assert len(django.asked) == 2

        django.let_go.set()
        assert [(await client.closed())[0] for client in clients[:5]] == [4500] * 5


async def test_django_that_does_not_answer_is_given_up(start_gateway: StartGateway, valkey: Valkey, django: StandIn):  # noqa: F811 - the fixture
    gateway = await asyncio.to_thread(start_gateway, {"django_s": 0.3}, DJANGO_URL=django.where)
    django.let_go.clear()
    async with await Client.open(gateway.listen, raw=True) as client:
        client.send({"action": "connect", "id": 23, "token": "fresh"})
        assert (await client.until("error"))["code"] == "degraded"
    django.let_go.set()
