"""A small client of the socket for tests: SockJS over WebSocket and raw WebSocket, frames by wsproto.

async with await Client.open(gateway.listen) as client:
    await client.connect(23, token)
    await client.until("someone_connected", id=24)
"""

import asyncio
import contextlib
import json
import ssl
from typing import Any, Self

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)

WAIT_S = 15.0


class Refused(Exception):  # noqa: N818
    """The handshake was answered with something else than 101."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Closed(Exception):  # noqa: N818
    """The server closed: `code` and `reason` as the client's transport tells them."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code, self.reason = code, reason


async def open_stream(where: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to `unix:/path`, `host:port` or `https://host:port`."""
    if where.startswith("unix:"):
        return await asyncio.open_unix_connection(where.removeprefix("unix:"))
    tls = ssl.create_default_context() if where.startswith("https://") else None
    host, _, port = where.removeprefix("https://").rpartition(":")
    return await asyncio.open_connection(host, int(port), ssl=tls)


class Client:
    """One socket. `raw` speaks /ws/websocket, else SockJS's websocket transport."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, raw: bool) -> None:
        self.reader, self.writer, self.raw = reader, writer, raw
        self.wire = WSConnection(ConnectionType.CLIENT)
        self.inbox: list[dict[str, Any]] = []
        self.frames: list[str] = []  #: SockJS frames as they came
        self.pings = 0
        self.parted: Closed | None = None
        self._text = ""

    @classmethod
    async def open(
        cls, where: str, *, raw: bool = False, path: str | None = None, headers: dict[str, str] | None = None,
        host: str = "gamehub.test",
    ) -> Self:  # fmt: skip
        """Handshake, and SockJS's `o`. Raises `Refused`."""
        reader, writer = await open_stream(where)
        client = cls(reader, writer, raw=raw)
        target = path or ("/ws/websocket" if raw else "/ws/000/test/websocket")
        extra = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        client.write(client.wire.send(Request(host=host, target=target, extra_headers=extra)))
        try:
            while not await client._handshake():
                pass
        except Refused:
            await client.close()
            raise
        if not raw:
            await client.wait_for(lambda: "o" in client.frames)
        return client

    async def _handshake(self) -> bool:
        await self._read()
        for event in self.wire.events():
            if isinstance(event, RejectConnection):
                raise Refused(event.status_code)
            if isinstance(event, AcceptConnection):
                self._take_events()
                return True
        return False

    def write(self, data: bytes) -> None:
        """Bytes as they are, whole frames or not."""
        self.writer.write(data)

    def send(self, message: Any) -> None:
        """One message; a `str` goes as it is (bad JSON), anything else as JSON."""
        text = message if isinstance(message, str) else json.dumps(message)
        self.send_text(text if self.raw else json.dumps([text]))

    def send_text(self, payload: str) -> None:
        """One WebSocket text message."""
        self.write(self.wire.send(TextMessage(data=payload)))

    async def connect(self, user: int, token: str, name: str = "") -> dict[str, Any]:
        """Say who we are; returns `connected`."""
        self.send({"action": "connect", "id": user, "name": name, "token": token})
        return await self.until("connected")

    async def until(self, action: str, **fields: Any) -> dict[str, Any]:
        """The next message with that action and these fields; what came before it stays in `inbox`."""

        def found() -> dict[str, Any] | None:
            for message in self.inbox:
                if message.get("action") == action and all(
                    message.get(name) == value for name, value in fields.items()
                ):
                    return message
            return None

        message = await self.wait_for(found)
        self.inbox.remove(message)
        return message

    async def closed(self) -> tuple[int, str]:
        """Wait for the end: (code, reason)."""
        with contextlib.suppress(Closed):
            await self.wait_for(lambda: self.parted)
        assert self.parted is not None
        return self.parted.code, self.parted.reason

    async def quiet(self) -> None:
        """Everything the server has to say so far has come: a ping's answer is behind it."""
        self.send({"action": "ping", "ref": "quiet"})
        await self.until("pong", ref="quiet")

    async def wait_for(self, found: Any) -> Any:
        """Read until `found()` is true. Raises `Closed` when the server closes before."""
        async with asyncio.timeout(WAIT_S):
            while not (result := found()):
                if self.parted is not None:
                    raise self.parted
                await self._read()
                self._take_events()
        return result

    async def _read(self) -> None:
        received = b""
        with contextlib.suppress(ConnectionError):
            received = await self.reader.read(65536)
        if not received and self.parted is None:
            self.parted = Closed(1006, "")
            return
        self.wire.receive_data(received or None)

    def _take_events(self) -> None:
        for event in self.wire.events():
            if isinstance(event, TextMessage):
                self._text += event.data
                if event.message_finished:
                    text, self._text = self._text, ""
                    self._take_text(text)
            elif isinstance(event, Ping):
                self.pings += 1
                self.write(self.wire.send(event.response()))
            elif isinstance(event, CloseConnection):
                self.parted = self.parted or Closed(event.code, event.reason or "")
                with contextlib.suppress(Exception):
                    self.write(self.wire.send(event.response()))
            elif isinstance(event, BytesMessage):
                raise AssertionError("binary message")

    def _take_text(self, text: str) -> None:
        if self.raw:
            self.inbox.append(json.loads(text))
            return
        self.frames.append(text)
        if text[0] == "a":
            self.inbox.extend(json.loads(message) for message in json.loads(text[1:]))
        elif text[0] == "c":
            code, reason = json.loads(text[1:])
            self.parted = Closed(code, reason)

    async def close(self) -> None:
        """Leave without a word, as a closed laptop does not: the socket ends."""
        self.writer.close()
        with contextlib.suppress(ConnectionError):
            await self.writer.wait_closed()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()
