"""What the gateway asks of Django. A stand-in answers, because only the gateway's side is looked at here: the real
Django behind a real gateway is tests/stack's."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import give_token


class StandIn:
    """Answers every request with `status` and `body`, when `let_go` is set; writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.where = ""
        self.status = 200
        self.body: Any = {}
        self.let_go = asyncio.Event()
        self.let_go.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.asked.append((head[0].rpartition(" ")[0], headers, json.loads(body) if body else None))
        await self.let_go.wait()
        answer = json.dumps(self.body).encode()
        writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (self.status, len(answer)) + answer)
        writer.close()


@asynccontextmanager
async def listening(stand_in: StandIn, where: str) -> AsyncIterator[None]:
    server = await asyncio.start_unix_server(stand_in.serve, where)
    async with server:
        yield


@pytest.fixture
async def django(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[StandIn]:
    stand_in = StandIn()
    folder: Path = tmp_path_factory.mktemp("dj")
    stand_in.where = f"unix:{folder}/django.sock"
    async with listening(stand_in, str(folder / "django.sock")):
        yield stand_in


USER = {"id": 23, "name": "bogdan", "account": 0, "rating": 1500, "language": "en"}


async def test_unknown_token_asked_of_django(start_gateway: StartGateway, valkey: Valkey, django: StandIn):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.body = {"status": 0, "message": "ok", "user": USER, "expires": 2**42}
    async with await Client.open(gateway.listen, headers={"X-Forwarded-For": "203.0.113.9"}) as client:
        assert (await client.connect(23, "fresh"))["name"] == "bogdan"
    ((line, headers, body),) = django.asked
    assert (line, body) == ("GET /internal/session", None)
    assert (headers["authorization"], headers["x-forwarded-for"]) == ("Token fresh", "203.0.113.9")


async def test_same_token_many_times_at_once_is_one_call(start_gateway: StartGateway, valkey: Valkey, django: StandIn):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.body = {"user": USER}
    django.let_go.clear()
    clients = [await Client.open(gateway.listen) for _ in range(8)]
    for client in clients:
        client.send({"action": "connect", "id": 23, "token": "fresh"})
    while not django.asked or gateway.metric('gamehub_gateway_messages_total{action="Connect"}') < 8:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    django.let_go.set()
    for client in clients:
        await client.until("connected")
        await client.close()
    assert len(django.asked) == 1


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, {"status": 1, "code": "unauthorized", "message": "no"}, 4500),
        (403, {"status": 1, "code": "banned", "message": "no"}, 4503),
        (403, {"status": 1, "code": "other", "message": "no"}, 4500),
        (401, "not an object", 4500),
    ],
)
async def test_refused_by_django(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn, status: int, body: Any, code: int
):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.status, django.body = status, body
    async with await Client.open(gateway.listen) as client:
        client.send({"action": "connect", "id": 23, "token": "fresh"})
        assert (await client.closed())[0] == code


@pytest.mark.parametrize(("status", "body"), [(500, {}), (200, {"user": 7}), (200, []), (302, {}), (404, {})])
async def test_degraded_when_django_makes_no_sense(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn, status: int, body: Any
):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.status, django.body = status, body
    async with await Client.open(gateway.listen) as client:
        client.send({"action": "connect", "id": 23, "token": "fresh"})
        assert (await client.until("error"))["code"] == "degraded"


async def test_closed_when_logged_out_while_identifying(start_gateway: StartGateway, valkey: Valkey, django: StandIn):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.body = {"user": USER}
    django.let_go.clear()
    async with await Client.open(gateway.listen) as client:
        client.send({"action": "connect", "id": 23, "token": "fresh"})
        while not django.asked:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        valkey.client().publish("control", '{"do":"close","user":23,"code":4501,"reason":"logged out"}')
        assert await client.closed() == (4501, "logged out")
        django.let_go.set()
    async with await Client.open(gateway.listen) as other:
        await other.connect(24, give_token(valkey.client(), 24))
        assert valkey.client().publish("23", "{}") == 0


async def test_enter_and_leave_go_through_django(start_gateway: StartGateway, valkey: Valkey, django: StandIn):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    token = give_token(valkey.client(), 23)
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, token)
        client.send({"game": "quiz", "name": "lobby", "player": {"hat": 1}, "options": {"category": 3}})
        client.send({"action": "leave", "room_id": 7})
        while len(django.asked) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await client.quiet()
        assert client.inbox == []
    assert [(line, body, headers["authorization"]) for line, headers, body in django.asked] == [
        (
            "POST /api/v1/rooms/enter",
            {"game": "quiz", "name": "lobby", "player": {"hat": 1}, "options": {"category": 3}},
            f"Token {token}",
        ),
        ("POST /api/v1/rooms/7/leave", {}, f"Token {token}"),
    ]


@pytest.mark.parametrize(("status", "code"), [(409, "room_full"), (429, "throttled"), (503, "server_full")])
async def test_error_of_django_is_told(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn, status: int, code: str
):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.status, django.body = status, {"status": 1, "code": code, "message": "Full.", "errors": {}}
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        client.send({"game": "quiz", "name": "lobby", "ref": "r"})
        assert await client.until("error") == {"action": "error", "code": code, "message": "Full.", "ref": "r"}
