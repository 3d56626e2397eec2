"""A raw WebSocket for clients by the thousand: one asyncio protocol each, frames read and written by hand.

It is as honest as a browser (pongs, answers a close) and may be told to read nothing.
"""

import asyncio
import base64
import json
import os
from collections.abc import Callable
from typing import Any

#: the code of a socket that ended without a close frame
ABNORMAL = 1006


class SocketLost(ConnectionError):  # noqa: N818
    """The socket ended, or never opened; `code` and `reason` as the server's close frame tells them."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(f"{code} {reason}")
        self.code, self.reason = code, reason


class RawSocket(asyncio.Protocol):
    """One socket on /ws/websocket. `on_message(text)` for every text message."""

    def __init__(self, on_message: Callable[[bytes], None]) -> None:
        self.on_message = on_message
        self.transport: asyncio.Transport | None = None
        loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[None] = loop.create_future()
        self.lost: asyncio.Future[SocketLost] = loop.create_future()
        self._buffer = b""
        self._upgraded = False
        self._farewell = SocketLost(ABNORMAL)

    @classmethod
    async def open(cls, where: str, on_message: Callable[[bytes], None], *, within_s: float = 10) -> "RawSocket":
        """Connect and shake hands. Raises `SocketLost`, `OSError` or `TimeoutError`."""
        loop = asyncio.get_running_loop()
        if where.startswith("unix:"):
            _, socket = await loop.create_unix_connection(lambda: cls(on_message), where.removeprefix("unix:"))
        else:
            host, _, port = where.rpartition(":")
            _, socket = await loop.create_connection(lambda: cls(on_message), host, int(port))
        try:
            async with asyncio.timeout(within_s):
                await socket.opened
        except BaseException:
            socket.abandon()
            raise
        return socket

    # ------------------------------------------------------------------------------------------------ asyncio's calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            (
                "GET /ws/websocket HTTP/1.1\r\nHost: gamehub.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
            ).encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        if not self.opened.done():
            self.opened.set_exception(self._farewell)
            self.opened.exception()
        if not self.lost.done():
            self.lost.set_result(self._farewell)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded and not self._shake_hands():
            return
        buffer, start = self._buffer, 0
        while (frame := next_frame(buffer, start)) is not None:
            opcode, body, start = frame
            self._take(opcode, buffer[body:start])
        self._buffer = buffer[start:]

    # ------------------------------------------------------------------------------------------------ frames in

    def _shake_hands(self) -> bool:
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 101"):
            self.abandon()
            return False
        self._buffer, self._upgraded = rest, True
        self.opened.set_result(None)
        return True

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == 1:
            self.on_message(payload)
        elif opcode == 9:
            self._write(10, payload)
        elif opcode == 8:
            self._farewell = SocketLost(int.from_bytes(payload[:2], "big"), payload[2:].decode())
            self._write(8, payload[:2])
            if not self.lost.done():
                self.lost.set_result(self._farewell)
            if self.transport is not None:
                self.transport.close()

    # ------------------------------------------------------------------------------------------------ frames out

    def send(self, message: dict[str, Any]) -> None:
        """One message as JSON; into the void when the socket is gone."""
        self._write(1, json.dumps(message).encode())

    def _write(self, opcode: int, payload: bytes) -> None:
        """A masked frame; the mask of four zeros leaves the payload as it is."""
        if self.transport is None or self.transport.is_closing():
            return
        size = len(payload)
        length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self.transport.write(bytes((0x80 | opcode,)) + length + bytes(4) + payload)

    def stop_reading(self) -> None:
        """Let everything pile up on the other side."""
        if self.transport is not None:
            self.transport.pause_reading()

    def read_on(self) -> None:
        """Take it all after all."""
        if self.transport is not None:
            self.transport.resume_reading()

    def abandon(self) -> None:
        """The socket ends without a word."""
        if self.transport is not None:
            self.transport.abort()


def next_frame(buffer: bytes, start: int) -> tuple[int, int, int] | None:
    """(opcode, where the payload begins, where it ends) of the frame at `start`; None: it is not whole yet."""
    if len(buffer) < start + 2:
        return None
    size, body = buffer[start + 1] & 0x7F, start + 2
    if size >= 126:
        body += 2 if size == 126 else 8
        if len(buffer) < body:
            return None
        size = int.from_bytes(buffer[start + 2 : body], "big")
    if len(buffer) < body + size:
        return None
    return buffer[start] & 0x0F, body, body + size
