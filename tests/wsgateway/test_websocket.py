"""RFC 6455 on the slim socket, byte by byte: each statement of the RFC that a client can break."""

import asyncio
import contextlib
import json
import socket
import struct

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client, Refused
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, give_token

MASK = b"\x01\x02\x03\x04"


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, masked: bool = True) -> bytes:
    """A client's frame, right or wrong."""
    size = len(payload)
    head = bytes(((0x80 if fin else 0) | rsv << 4 | opcode,))
    if size < 126:
        head += bytes((size | (0x80 if masked else 0),))
    elif size < 65536:
        head += bytes((126 | (0x80 if masked else 0),)) + size.to_bytes(2, "big")
    else:
        head += bytes((127 | (0x80 if masked else 0),)) + size.to_bytes(8, "big")
    if not masked:
        return head + payload
    return head + MASK + bytes(byte ^ MASK[place % 4] for place, byte in enumerate(payload))


UPGRADE = (
    "Upgrade: websocket\nConnection: keep-alive, Upgrade\nSec-WebSocket-Version: 13\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
)
PING = json.dumps({"action": "ping", "ref": "ё"}, ensure_ascii=False).encode()
CLOSE, CONTINUATION, TEXT, BINARY, PING_OP, PONG = 8, 0, 1, 2, 9, 10


@pytest.fixture
def valkey(lasting_valkey: Valkey) -> Valkey:
    """The lasting gateway's, empty."""
    lasting_valkey.client().flushall()
    return lasting_valkey


@pytest.fixture
def gateway(lasting_gateway: GatewayProcess, valkey: Valkey) -> GatewayProcess:
    """The same process for all tests here: whatever one of them sends must not harm the next."""
    return lasting_gateway


async def identified(gateway: GatewayProcess, valkey: Valkey) -> Client:
    """A raw client that has said who it is."""
    client = await Client.open(gateway.listen, raw=True)
    await client.connect(23, give_token(valkey.client(), 23))
    return client


@pytest.mark.parametrize(
    "pieces",
    [
        [frame(TEXT, PING)],
        [frame(TEXT, PING[:5], fin=False), frame(CONTINUATION, PING[5:])],
        [frame(TEXT, b"", fin=False), frame(CONTINUATION, PING, fin=False), frame(CONTINUATION, b"")],
        [frame(TEXT, PING[:5], fin=False), frame(PING_OP, b"between"), frame(CONTINUATION, PING[5:])],
        [frame(TEXT, PING[:-3], fin=False), frame(PONG), frame(CONTINUATION, PING[-3:])],  # the cut is inside of "ё"
        [frame(PONG, b"unasked"), frame(TEXT, PING)],
        [frame(TEXT, PING + b" " * (16_384 - len(PING)))],
    ],
    ids=["whole", "fragments", "empty fragments", "ping between", "cut inside of a character", "pong", "longest"],
)
@pytest.mark.parametrize("dribble", [False, True], ids=["at once", "byte by byte"])
async def test_message_taken(gateway: GatewayProcess, valkey: Valkey, pieces: list[bytes], dribble: bool):
    client = await identified(gateway, valkey)
    sent = b"".join(pieces)
    if dribble and len(sent) < 1000:
        for place in range(len(sent)):
            client.write(sent[place : place + 1])
            await client.writer.drain()
            await asyncio.sleep(0)
    else:
        client.write(sent)
    assert (await client.until("pong"))["ref"] == "ё"
    await client.close()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (frame(TEXT, PING, masked=False), 1002),
        (frame(TEXT, PING, rsv=4), 1002),
        (frame(TEXT, PING, rsv=1), 1002),
        (frame(3), 1002),
        (frame(11), 1002),
        (frame(CONTINUATION, PING), 1002),
        (frame(TEXT, PING[:5], fin=False) + frame(TEXT, PING), 1002),
        (frame(PING_OP, b"x" * 126), 1002),
        (frame(PING_OP, b"x", fin=False), 1002),
        (frame(BINARY, PING), 1003),
        (frame(TEXT, b"\xff"), 1007),
        (frame(TEXT, b"\xd1"), 1007),
        (frame(TEXT, b"\xed\xa0\x80"), 1007),
        (frame(TEXT, b"ok", fin=False) + frame(CONTINUATION, b"\xff", fin=False), 1007),
        (frame(TEXT, b"\xd1", fin=False) + frame(CONTINUATION, b""), 1007),
        (frame(TEXT, b"x" * 16_385), 1009),
        (frame(TEXT, b"x" * 16_000, fin=False) + frame(CONTINUATION, b"x" * 385), 1009),
        (frame(TEXT, b"x" * 70_000)[:14], 1009),
        (b"\x81\xff\x00\x00\x00\x00\x00\x00\x00\x05" + MASK + b"hello", 1009),
        (frame(CLOSE, b"\x03"), 1002),
        (frame(CLOSE, struct.pack("!H", 1005)), 1002),
        (frame(CLOSE, struct.pack("!H", 999)), 1002),
        (frame(CLOSE, struct.pack("!H", 5000)), 1002),
        (frame(CLOSE, struct.pack("!H", 1000) + b"\xff"), 1007),
    ],
)
async def test_closed_broken_frame(gateway: GatewayProcess, valkey: Valkey, sent: bytes, code: int):
    client = await identified(gateway, valkey)
    client.write(sent)
    assert (await client.closed())[0] == code
    await client.close()


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", 1005),
        (struct.pack("!H", 1000) + b"bye", 1000),
        (struct.pack("!H", 4321), 4321),
        (struct.pack("!H", 1001), 1001),
    ],
)
async def test_close_answered_with_the_same_code(gateway: GatewayProcess, valkey: Valkey, payload: bytes, code: int):
    client = await identified(gateway, valkey)
    client.write(frame(CLOSE, payload))
    assert (await client.closed())[0] == code
    with contextlib.suppress(ConnectionError):
        assert await client.reader.read() == b""
    await client.close()


async def test_ping_answered_with_its_payload(gateway: GatewayProcess, valkey: Valkey):
    client = await identified(gateway, valkey)
    client.write(frame(PING_OP, b"x" * 125))
    assert await client.reader.readexactly(127) == b"\x8a\x7d" + b"x" * 125
    await client.close()


async def test_nothing_after_our_close(gateway: GatewayProcess, valkey: Valkey):
    client = await identified(gateway, valkey)
    valkey.client().publish("control", '{"do":"close","user":23,"code":4503,"reason":"banned"}')
    await asyncio.to_thread(valkey.client().publish, "23", '{"action":"late"}')
    assert await client.closed() == (4503, "banned")
    assert client.inbox == []
    await client.close()


async def test_socket_dropped_when_close_is_not_answered(gateway: GatewayProcess, valkey: Valkey):
    client = await identified(gateway, valkey)
    valkey.client().publish("control", '{"do":"close","user":23,"code":4503,"reason":"banned"}')
    async with asyncio.timeout(10):
        assert (await client.reader.read()).endswith(b"banned")  # until the end of the stream
    await client.close()


async def test_deflate_not_agreed_to(gateway: GatewayProcess):
    offered = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}
    async with await Client.open(gateway.listen, raw=True, headers=offered) as client:
        client.write(frame(TEXT, b"\xaa", rsv=4))
        assert (await client.closed())[0] == 1002


async def test_heartbeats(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"heartbeat_s": 0.4})
    async with await Client.open(gateway.listen) as client, await Client.open(gateway.listen, raw=True) as raw:
        await asyncio.gather(
            client.wait_for(lambda: client.frames.count("h") >= 3 and client.pings >= 3),
            raw.wait_for(lambda: raw.pings >= 3),
        )


async def test_half_open_socket_dropped(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"heartbeat_s": 0.3, "silent_beats": 2})
    async with (
        await Client.open(gateway.listen, raw=True) as silent,
        await Client.open(gateway.listen, raw=True) as alive,
    ):
        await alive.connect(23, give_token(valkey.client(), 23))
        heard, _ = await asyncio.gather(silent.reader.read(), alive.wait_for(lambda: alive.pings >= 4))
        assert heard == b"\x89\x00\x89\x00"  # two pings, never answered, then the end


class TestSockJSFraming:
    """What stands in the WebSocket messages of SockJS's transport."""

    @pytest.mark.parametrize("payload", ['["a', "{}", "[1]", '[["a"]]', "null", "17", '["\\ud800"]'])
    async def test_closed_broken_framing(self, gateway: GatewayProcess, payload: str):
        async with await Client.open(gateway.listen) as client:
            client.send_text(payload)
            assert await client.closed() == (1002, "broken framing")

    @pytest.mark.parametrize("payload", ["", "[]"])
    async def test_empty_ignored(self, gateway: GatewayProcess, valkey: Valkey, payload: str):
        async with await Client.open(gateway.listen) as client:
            client.send_text(payload)
            await client.connect(23, give_token(valkey.client(), 23))

    async def test_string_and_array_taken(self, gateway: GatewayProcess, valkey: Valkey):
        ping = json.dumps({"action": "ping"})
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, give_token(valkey.client(), 23))
            client.send_text(json.dumps(ping))
            await client.until("pong")
            client.send_text(json.dumps([ping, ping]))
            await client.until("pong")
            await client.until("pong")

    async def test_websocket_closed_1000_behind_the_message(self, gateway: GatewayProcess, valkey: Valkey):
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, give_token(valkey.client(), 23))
            valkey.client().publish("control", '{"do":"close","user":23,"code":4503,"reason":"say \\"no\\""}')
            assert await client.closed() == (4503, 'say "no"')
            assert client.frames[-1] == 'c[4503,"say \\"no\\""]'


async def handshake_status(gateway: GatewayProcess, path: str, origin: str) -> int:
    """What an upgrade from a page of that origin is answered."""
    try:
        client = await Client.open(gateway.listen, raw=path == "/ws/websocket", path=path, headers={"Origin": origin})
    except Refused as refused:
        return refused.status
    await client.close()
    return 101


class TestHandshake:
    """What is let in, and what is answered to the rest."""

    @pytest.mark.parametrize("path", ["/ws/0/a/websocket", "/ws/server-1/any_id-x/websocket?t=1", "/ws/websocket"])
    async def test_opened(self, gateway: GatewayProcess, path: str):
        async with await Client.open(gateway.listen, raw=path == "/ws/websocket", path=path):
            pass

    @pytest.mark.parametrize("path", ["/ws/a.b/c/websocket", "/ws/0/websocket", "/ws//x/websocket", "/other"])
    async def test_404_no_such_path(self, gateway: GatewayProcess, path: str):
        with pytest.raises(Refused) as refused:
            await Client.open(gateway.listen, path=path)
        assert refused.value.status == 404

    @pytest.mark.parametrize(
        ("origin", "status"),
        [
            ("https://gamehub.test", 101),
            ("http://gamehub.test", 101),
            ("https://GAMEHUB.test:443", 101),
            ("https://play.example", 101),
            ("http://localhost:5173", 101),
            ("https://gamehub.test:444", 403),
            ("http://play.example", 403),
            ("https://play.example.evil.test", 403),
            ("https://evil.test", 403),
            ("null", 403),
            ("", 403),
        ],
    )
    @pytest.mark.parametrize("path", ["/ws/0/a/websocket", "/ws/websocket", "/ws/info", "/ws/0/a/xhr"])
    async def test_origin(self, origins_gateway: GatewayProcess, path: str, origin: str, status: int):
        if path.endswith("websocket"):
            assert await handshake_status(origins_gateway, path, origin) == status
        else:
            method = "POST" if path.endswith("xhr") else "GET"
            answer = origins_gateway.request(method, path, {"Origin": origin})
            assert answer[0] == (200 if status == 101 else 403)

    @pytest.fixture
    def origins_gateway(self, start_gateway: StartGateway) -> GatewayProcess:
        """One that knows two foreign origins."""
        return start_gateway(ALLOWED_ORIGINS="https://play.example, http://localhost:5173")


def raw_request(gateway: GatewayProcess, head: str) -> bytes:
    """The first bytes answered to a request of that text."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(10)
        sock.connect(str(gateway.path))
        sock.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        return sock.recv(65536)


def test_handshake_of_the_rfc_example(gateway: GatewayProcess):
    answer = raw_request(gateway, f"GET /ws/websocket HTTP/1.1\nHost: x\n{UPGRADE}")
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"GET /ws/websocket HTTP/1.1\nHost: x\n{UPGRADE}".replace(": 13", ": 12"), 400),
        ("GET /ws/websocket HTTP/1.1\nHost: x", 400),
        (f"POST /ws/websocket HTTP/1.1\nHost: x\nContent-Length: 0\n{UPGRADE}", 405),
        (f"GET /ws/websocket HTTP/1.1\nHost: x\n{UPGRADE}\nX-Long: {'x' * 9000}", 0),
    ],
    ids=["version", "no upgrade", "post", "headers too long"],
)
def test_handshake_refused(gateway: GatewayProcess, head: str, status: int):
    answer = raw_request(gateway, head)
    assert answer[9:12] == (str(status).encode() if status else b"")
