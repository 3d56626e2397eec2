"""The HTTP transports under attack: slow writers, sessions nobody opened, bodies that unpack, and what it costs us."""

import asyncio
import gzip
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.conftest import Valkey
from tests.deploy.nginx.front_door import FrontDoor
from tests.hostile.conftest import Victim
from tests.wsgateway.client import open_stream
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.sockjs.wire import Wire, ask, new_session

HEAD = b"POST /ws/000/slow/xhr_send HTTP/1.1\r\nHost: gamehub.test\r\n"
SLOW = {
    "request line": b"GET /ws/inf",
    "headers": HEAD + b"X-A: 1\r\n",
    "upgrade": b"GET /ws/websocket HTTP/1.1\r\nHost: gamehub.test\r\nUpgrade: websocket\r\n",
    "body": HEAD + b"Content-Length: 1000\r\n\r\n",
    "chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n",
}


async def dribble(where: str, start: bytes, every_s: float) -> float:
    """Send the start, then a byte now and then; after how many seconds the connection was ended."""
    loop = asyncio.get_running_loop()
    reader, writer = await open_stream(where)
    began = loop.time()
    writer.write(start)
    try:
        while True:
            try:
                async with asyncio.timeout(every_s):
                    if not await reader.read(65536):
                        return loop.time() - began
            except TimeoutError:
                writer.write(b"x")
    except ConnectionError:
        return loop.time() - began
    finally:
        writer.close()


async def test_slow_loris_is_cut_and_holds_nobody_up(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"idle_http_s": 1.0, "body_s": 1.0})
    attacks = {
        name: [asyncio.create_task(dribble(gateway.listen, start, 0.1)) for _ in range(20)]
        for name, start in SLOW.items()
    }
    async with Wire(gateway.listen) as honest:
        for _ in range(20):
            assert (await honest.ask("POST", new_session() + "/xhr")).text == "o\n"
    async with asyncio.timeout(10):
        lasted = {name: max(await asyncio.gather(*tasks)) for name, tasks in attacks.items()}
    assert {name: seconds < 3 for name, seconds in lasted.items()} == dict.fromkeys(SLOW, True), lasted


async def test_idle_connection_is_let_go(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"idle_http_s": 0.5})
    async with Wire(gateway.listen) as wire:
        assert (await wire.ask("GET", "/livez")).status == 200
        assert wire.reader is not None
        async with asyncio.timeout(5):
            assert await wire.reader.read() == b""


@pytest.fixture
def door(valkey: Valkey) -> Iterator[FrontDoor]:
    with tempfile.TemporaryDirectory(prefix="gh-") as folder:
        door = FrontDoor(Path(folder), valkey.url)
        yield door
        door.stop()


async def test_slow_loris_stops_at_nginx(door: FrontDoor):
    """10 s for the headers; a body is read whole before the gateway hears of it."""
    idle = door.gateway.metric("process_open_fds")
    attacks = [
        asyncio.create_task(dribble(door.where, SLOW[name], 0.5))
        for name in ("request line", "headers", "upgrade")
        for _ in range(30)
    ]
    bodies = [asyncio.create_task(dribble(door.where, SLOW["body"], 0.5)) for _ in range(30)]
    async with Wire(door.where) as honest:
        for _ in range(20):
            assert (await honest.ask("POST", new_session() + "/xhr")).text == "o\n"
        assert door.gateway.metric("process_open_fds") - idle < 10
        async with asyncio.timeout(20):
            assert max(await asyncio.gather(*attacks)) < 13
        assert (await honest.ask("POST", new_session() + "/xhr")).text == "o\n"
    for task in bodies:
        task.cancel()
    await asyncio.gather(*bodies, return_exceptions=True)


async def test_forwarded_address_is_nginx_s_word_alone(door: FrontDoor):
    """What the client writes is overwritten, so forging makes no room at an address that has had its sockets."""
    statuses = []
    for number in range(FrontDoor.PER_ADDRESS + 1):
        forged = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}",
                  "Forwarded": f"for=203.0.113.{number}"}  # fmt: skip
        statuses.append((await ask(door.where, "POST", new_session() + "/xhr", headers=forged)).status)

    assert statuses == [200] * FrontDoor.PER_ADDRESS + [503]


@asynccontextmanager
async def wires(where: str, count: int) -> AsyncIterator[list[Wire]]:
    """Kept connections."""
    opened = [Wire(where) for _ in range(count)]
    try:
        yield opened
    finally:
        for wire in opened:
            if wire.writer is not None:
                wire.writer.close()


async def flood(victim: Victim, requests: int, transport: str) -> set[int]:
    """Requests about sessions that nobody opened, over a few kept connections; the statuses."""

    async def some(wire: Wire) -> set[int]:
        return {
            (await wire.ask("POST", f"{new_session()}/{transport}", body='["{}"]')).status
            for _ in range(requests // 10)
        }

    async with wires(victim.listen, 10) as opened:
        return set().union(*await asyncio.gather(*(some(wire) for wire in opened)))


@pytest.mark.timeout(180)
async def test_messages_to_20_000_unknown_sessions_cost_no_memory(victim: Victim):
    await flood(victim, 1000, "xhr_send")
    before = victim.rss

    assert await flood(victim, 20_000, "xhr_send") == {404}

    assert victim.rss - before < 2 << 20  # a hundred bytes each would be as much
    assert victim.connections == 0


async def test_sessions_opened_and_left_are_bounded(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"http_sessions": 300})
    victim = Victim(gateway, valkey)
    await flood(victim, 100, "xhr_send")
    before = victim.rss

    assert await flood(victim, 2000, "xhr") == {200, 503}

    assert victim.connections <= 300
    assert victim.rss - before < 8 << 20
    assert gateway.metric('gamehub_gateway_refusals_total{reason="sessions"}') >= 1700


async def test_packed_body_is_not_unpacked(victim: Victim):
    session, bomb = new_session(), gzip.compress(b" " * (64 << 20))
    await ask(victim.listen, "POST", session + "/xhr")
    before = victim.rss
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}

    answer = await ask(victim.listen, "POST", session + "/xhr_send", headers=headers, body=bomb)

    assert (answer.status, answer.text) == (500, "Broken JSON encoding.")
    assert victim.rss - before < 4 << 20
    packed = gzip.compress(b'["{}"]')
    assert (await ask(victim.listen, "POST", session + "/xhr_send", headers=headers, body=packed)).status == 500


async def test_lying_lengths_are_refused(victim: Victim):
    session = new_session()
    await ask(victim.listen, "POST", session + "/xhr")
    heads = (
        "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: gzip",
    )  # fmt: skip
    for head in heads:
        reader, writer = await open_stream(victim.listen)
        writer.write(f"POST {session}/xhr_send HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n[]".encode())
        async with asyncio.timeout(5):
            answer = await reader.read(4096)
        assert answer == b"" or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 413", b"HTTP/1.1 501")), (head, answer)
        writer.close()
        await writer.wait_closed()
    assert (await ask(victim.listen, "POST", session + "/xhr_send", body='["{}"]')).status == 204
