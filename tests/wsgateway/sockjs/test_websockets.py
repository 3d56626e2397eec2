"""The WebSocket of SockJS and the raw one, as far as SockJS says how they behave (the frames: ../test_websocket.py)."""

import asyncio

import pytest

from tests.wsgateway.client import Client as GatewayClient
from tests.wsgateway.client import Closed, Refused
from tests.wsgateway.sockjs.conftest import Endpoint
from tests.wsgateway.sockjs.wire import Wire, ask, new_session

KEY = {"Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw=="}
ACCEPT = "HSmrc0sMlYUkAGmm5OPpG2HaGWk="
UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", **KEY}
PATHS = pytest.mark.parametrize("path", ["/ws/0/0/websocket", "/ws/websocket"])


class Client(GatewayClient):
    """Messages of an echo are texts, not JSON objects."""

    def _take_text(self, text: str) -> None:
        if self.raw:
            self.frames.append(text)
        elif text[0] == "c":
            super()._take_text(text)
        else:
            self.frames.append(text)

    async def frame(self, number: int) -> str:
        """The frame of that number, counted from 0."""
        await self.wait_for(lambda: len(self.frames) > number)
        return self.frames[number]


@PATHS
async def test_400_no_upgrade(echo: str, path: str):
    answer = await ask(echo, "GET", path)
    assert (answer.status, answer.text) == (400, 'Can "Upgrade" only to "WebSocket".')


@PATHS
async def test_400_connection_is_no_upgrade(echo: str, path: str):
    answer = await ask(echo, "GET", path, {"Upgrade": "WebSocket", "Connection": "close"})
    assert (answer.status, answer.text) == (400, '"Connection" must be "Upgrade".')


@PATHS
@pytest.mark.parametrize(
    "wrong", [{"Sec-WebSocket-Version": "12"}, {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "short"}, {}]
)
async def test_400_handshake_tells_versions(echo: str, path: str, wrong: dict[str, str]):
    answer = await ask(echo, "GET", path, {**UPGRADE, **wrong})
    assert (answer.status, answer.text) == (400, "Not a valid WebSocket handshake.")
    assert answer["sec-websocket-version"] == "13, 8, 7"


@PATHS
@pytest.mark.parametrize("headers", [{}, {"Upgrade": "WebSocket", "Connection": "Upgrade"}])
async def test_405_post(echo: str, path: str, headers: dict[str, str]):
    answer = await ask(echo, "POST", path, headers)
    assert (answer.status, answer["allow"], answer["content-type"], answer.body) == (405, "GET", None, b"")


@PATHS
@pytest.mark.parametrize("version", ["7", "8", "13"])
@pytest.mark.parametrize("connection", ["Upgrade", "keep-alive, Upgrade"])
async def test_101(echo: str, path: str, version: str, connection: str):
    async with Wire(echo) as wire:
        answer = await wire.head("GET", path, {**UPGRADE, "Connection": connection, "Sec-WebSocket-Version": version})
    assert answer.status == 101
    assert answer.headers == {"upgrade": "websocket", "connection": "Upgrade", "sec-websocket-accept": ACCEPT}


@PATHS
async def test_404_where_websockets_are_off(endpoint: Endpoint, path: str):
    answer = await ask(endpoint("no-websocket"), "GET", path, {**UPGRADE, "Sec-WebSocket-Version": "13"})
    assert (answer.status, answer.text) == (404, "WebSockets are off.")


async def test_sockjs_transport_ignores_empty_messages(echo: str):
    async with await Client.open(echo, path=new_session() + "/websocket") as client:
        for payload in ("", "[]", '["a"]', '"b"', '["c","d"]'):
            client.send_text(payload)
        assert await client.frame(4) == 'a["d"]'
        assert client.frames == ["o", 'a["a"]', 'a["b"]', 'a["c"]', 'a["d"]']


async def test_sockjs_close(close: str):
    async with await Client.open(close, path=new_session() + "/websocket") as client:
        assert await client.closed() == (3000, "Go away!")
        assert client.frames == ["o", 'c[3000,"Go away!"]']
        assert await asyncio.wait_for(client.reader.read(), 5) is not None  # the socket ends as well


async def test_sockjs_broken_json_ends_the_socket(echo: str):
    for payload in ('["a', "[1]", "{}"):
        async with await Client.open(echo, path=new_session() + "/websocket") as client:
            client.send_text(payload)
            assert await client.closed() == (1002, "broken framing")


async def test_sockjs_session_ids_may_be_shared(echo: str):
    path = new_session() + "/websocket"
    async with await Client.open(echo, path=path) as one, await Client.open(echo, path=path) as two:
        one.send_text('["a"]')
        two.send_text('["b"]')
        assert [await one.frame(1), await two.frame(1)] == ['a["a"]', 'a["b"]']
    async with await Client.open(echo, path=path) as three:
        three.send_text('["c"]')
        assert await three.frame(1) == 'a["c"]'


async def test_raw_transport(echo: str):
    async with await Client.open(echo, raw=True) as client:
        client.send_text("Hello world!\uffff")
        assert await client.frame(0) == "Hello world!\uffff"


async def test_raw_close_code_and_reason(close: str):
    async with await Client.open(close, raw=True) as client:
        assert await client.closed() == (3000, "Go away!")


async def test_deflate_is_never_agreed_to(echo: str):
    offer = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits", "Sec-WebSocket-Version": "13"}
    async with Wire(echo) as wire:
        answer = await wire.head("GET", "/ws/websocket", {**UPGRADE, **offer})
    assert (answer.status, answer["sec-websocket-extensions"]) == (101, None)


async def test_404_deeper_path_is_no_socket(echo: str):
    for path in ("/ws/a/b/c/websocket", "/ws/a./b/websocket", "/wsx/websocket", "/ws/websocket/"):
        with pytest.raises((Refused, Closed)) as refused:
            await Client.open(echo, path=path)
        assert getattr(refused.value, "status", None) == 404
