"""The gateway itself over the HTTP transports: messages, closes, and what a dead client does to others."""

import asyncio
import contextlib
import json
import signal

import pytest

from config.version import VERSION
from tests.conftest import Valkey
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, digest_of, give_token
from tests.wsgateway.sockjs.test_sessions import open_poll
from tests.wsgateway.sockjs.visitor import TRANSPORTS, Over, Visitor
from tests.wsgateway.sockjs.wire import Wire, new_session
from wsgateway.wire.many import as_chatter, encode_many

EACH = pytest.mark.parametrize("transport", list(TRANSPORTS))


def chatter(user: int, number: int) -> bytes:
    """What goes on `many` for a user who may do without it."""
    return encode_many([user], [as_chatter(b'{"action":"someone_connected","id":%d}' % number)])


async def end_of(visitor: Visitor) -> str:
    """How the session ended, as its client was told."""
    with contextlib.suppress(Over):
        await visitor.until("nothing of that name")
    return visitor.over


@EACH
async def test_messages_over_http(gateway: GatewayProcess, valkey: Valkey, transport: str):
    client = valkey.client()
    async with Visitor(gateway.listen, transport) as bogdan:
        assert await bogdan.connect(23, give_token(client, 23, "bogdan")) == {
            "action": "connected", "id": 23, "name": "bogdan", "online": [{"id": 23, "name": "bogdan"}],
            "online_count": 1, "rooms": [], "version": VERSION,
        }  # fmt: skip
        async with Visitor(gateway.listen, transport) as anna:
            await anna.connect(24, give_token(client, 24, "anna"))
            assert await bogdan.until("someone_connected") == {
                "action": "someone_connected", "id": 24, "name": "anna",
            }  # fmt: skip
            for number in range(50):
                client.publish("23", json.dumps({"action": "numbered", "n": number, "text": 'é "</script>\u2028'}))
            got = [await bogdan.until("numbered") for _ in range(50)]
            assert [one["n"] for one in got] == list(range(50))
            assert got[0]["text"] == 'é "</script>\u2028'
            await anna.say({"action": "no such thing"})
            assert (await anna.until("error"))["code"] == "unknown_action"
        assert (await bogdan.until("someone_disconnected"))["id"] == 24
        assert gateway.metric(f'gamehub_gateway_connects_total{{transport="{transport.replace("?c=", "")}"}}') == 2


@EACH
async def test_closes_over_http(gateway: GatewayProcess, valkey: Valkey, transport: str):
    client = valkey.client()
    async with Visitor(gateway.listen, transport) as visitor:
        await visitor.connect(23, give_token(client, 23))
        client.publish("control", json.dumps({"do": "close", "user": 23, "code": 4501, "reason": "logged out"}))
        assert await end_of(visitor) == 'c[4501,"logged out"]'
    client.set("token:" + digest_of("dead"), json.dumps({"gone": 4503}))
    async with Visitor(gateway.listen, transport) as visitor:
        await visitor.say({"action": "connect", "id": 23, "name": "", "token": "dead"})
        assert await end_of(visitor) == 'c[4503,"banned"]'


@EACH
async def test_4008_over_http(start_gateway: StartGateway, transport: str):
    async with Visitor(start_gateway({"connect_s": 0.4}).listen, transport) as visitor:
        assert (await end_of(visitor)).startswith("c[4008,")


@pytest.mark.parametrize("transport", ["xhr_streaming", "eventsource", "htmlfile"])
async def test_drain_over_streams(gateway: GatewayProcess, valkey: Valkey, transport: str):
    async with Visitor(gateway.listen, transport) as visitor:
        await visitor.connect(23, give_token(valkey.client(), 23))
        gateway.signal(signal.SIGTERM)
        assert (await end_of(visitor)).startswith('c[3001,"delay=')


@pytest.mark.parametrize("path", ["xhr", "jsonp"])
async def test_drain_over_polls(gateway: GatewayProcess, path: str):
    """An open poll is told; one that comes later finds no listener, and through nginx another gateway."""
    method, path, _, _ = TRANSPORTS[path]
    session = new_session()
    async with Wire(gateway.listen) as wire:
        await wire.ask(method, f"{session}/{path}")
        poll = await open_poll(gateway.listen, session, wire, method, path)
        gateway.signal(signal.SIGTERM)
        assert "c[3001," in (await poll).text


@EACH
async def test_dead_clients_stop_no_broadcast(gateway: GatewayProcess, valkey: Valkey, transport: str):
    """Clients vanish between broadcasts, found dead by the sending or the reading, and everybody else gets all."""
    client = valkey.client()
    async with contextlib.AsyncExitStack() as stack:
        alive: list[Visitor] = []
        dying: list[Visitor] = []
        for user in range(1, 13):
            visitor = await stack.enter_async_context(Visitor(gateway.listen, transport))
            await visitor.connect(user, give_token(client, user))
            (alive if user % 2 else dying).append(visitor)
        for number, gone in enumerate(dying):
            gone._task.cancel()
            client.publish("all", json.dumps({"action": "numbered", "n": number}))
        for visitor in alive:
            assert [(await visitor.until("numbered"))["n"] for _ in dying] == list(range(len(dying)))
        while gateway.metric("gamehub_gateway_connections") > len(alive):  # noqa: ASYNC110 - it has no event for us
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("transport", ["xhr", "jsonp"])
async def test_chatter_costs_a_poller_few_requests(gateway: GatewayProcess, valkey: Valkey, transport: str):
    """Presence waits half a second for company; what is for this player comes at once, and brings it along."""
    client = valkey.client()
    async with Visitor(gateway.listen, transport) as visitor:
        await visitor.connect(23, give_token(client, 23))
        before = visitor.responses
        for number in range(20):
            client.publish("many", chatter(23, number))
            await asyncio.sleep(0.01)
        client.publish("23", '{"action":"hi"}')
        await visitor.until("hi")
        assert [one["id"] for one in visitor.inbox] == list(range(20))
        assert visitor.responses - before <= 3
        client.publish("many", chatter(23, 99))
        assert await visitor.until("someone_connected", id=99)  # alone, it comes by itself
