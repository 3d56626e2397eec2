"""WebSockets of before RFC 6455, as the protocol's test suite still asks for them."""

import pytest

from tests.wsgateway.sockjs.conftest import Endpoint
from tests.wsgateway.sockjs.wire import Answer, Wire, new_session

KEYS = {"Sec-WebSocket-Key1": "4 @1  46546xW%0l 1 5", "Sec-WebSocket-Key2": "12998 5 Y3 1  .P00"}
NONCE, PROOF = b"^n:ds[4U", b"8jKS'y:G*Co,Wxa-"  # the example of draft-ietf-hybi-thewebsocketprotocol-00, 1.3
ASK = {"Upgrade": "WebSocket", "Connection": "Upgrade", "Origin": "https://play.example", **KEYS}


async def upgraded(wire: Wire, path: str) -> Answer:
    """The handshake, both parts."""
    answer = await wire.head("GET", path, ASK)
    assert wire.writer is not None
    wire.writer.write(NONCE)
    assert await wire.read(16) == PROOF
    return answer


async def test_hixie76_head_comes_before_nonce(echo: str):
    path = new_session() + "/websocket"
    async with Wire(echo) as wire:
        answer = await upgraded(wire, path)
        assert (answer.status, answer["upgrade"], answer["connection"]) == (101, "WebSocket", "Upgrade")
        assert answer["sec-websocket-origin"] == "https://play.example"
        assert answer["sec-websocket-location"] == f"ws://gamehub.test{path}"
        assert answer["content-length"] is None


async def test_hixie76_transport_ignores_empty_messages(echo: str):
    async with Wire(echo) as wire:
        await upgraded(wire, new_session() + "/websocket")
        assert await wire.read(3) == b"\x00o\xff"
        assert wire.writer is not None
        wire.writer.write(b'\x00\xff\x00[]\xff\x00["a"]\xff\x00"b')
        assert await wire.read(8) == b'\x00a["a"]\xff'
        wire.writer.write(b'"\xff')
        assert await wire.read(8) == b'\x00a["b"]\xff'
        wire.writer.write(b"\xff\x00")
        assert await wire.rest() == b""


async def test_hixie76_close(close: str):
    async with Wire(close) as wire:
        await upgraded(wire, new_session() + "/websocket")
        assert await wire.rest() == b'\x00o\xff\x00c[3000,"Go away!"]\xff\xff\x00'


@pytest.mark.parametrize("sent", [b'\x00["a\xff', b"\x00[1]\xff", b"\x80\x03abc\xff", b"\x00" + b"x" * 20_000])
async def test_hixie76_broken_frames_end_the_socket(echo: str, sent: bytes):
    async with Wire(echo) as wire:
        await upgraded(wire, new_session() + "/websocket")
        assert await wire.read(3) == b"\x00o\xff"
        assert wire.writer is not None
        wire.writer.write(sent)
        assert await wire.rest() == b""


async def test_hixie76_session_ids_may_be_shared(echo: str):
    path = new_session() + "/websocket"
    async with Wire(echo) as one, Wire(echo) as two:
        for wire, text in ((one, b"a"), (two, b"b")):
            await upgraded(wire, path)
            assert wire.writer is not None
            wire.writer.write(b'\x00["' + text + b'"]\xff')
            assert await wire.read(11) == b'\x00o\xff\x00a["' + text + b'"]\xff'


async def test_hixie76_heartbeats(endpoint: Endpoint):
    async with Wire(endpoint("impatient")) as wire:
        await upgraded(wire, new_session() + "/websocket")
        assert await wire.read(9) == b"\x00o\xff\x00h\xff\x00h\xff"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"Origin": "https://evil.example"}, 403), ({"Sec-WebSocket-Key1": "123"}, 400),
     ({"Sec-WebSocket-Key1": "1 2"}, 101), ({"Sec-WebSocket-Key2": "9999999999 9"}, 400)],
)  # fmt: skip
async def test_hixie76_handshakes_refused(echo: str, wrong: dict[str, str], status: int):
    async with Wire(echo) as wire:
        assert (await wire.head("GET", new_session() + "/websocket", {**ASK, **wrong})).status == status


async def test_hixie76_without_nonce_is_let_go(endpoint: Endpoint):
    async with Wire(endpoint("small")) as wire:
        assert (await wire.head("GET", new_session() + "/websocket", ASK)).status == 101
        assert await wire.rest() == b""


async def test_hixie76_raw_is_refused(echo: str):
    async with Wire(echo) as wire:
        assert (await wire.head("GET", "/ws/websocket", ASK)).status == 400
