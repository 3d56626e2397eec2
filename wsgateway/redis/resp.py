"""One connection to Redis, RESP2 by hiredis, as an asyncio protocol. Who keeps it up: wsgateway/redis/link.py."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import hiredis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, ResponseError

from wsgateway.redis.url import RedisAddress

Argument = str | int | float | bytes | memoryview


#: bytes taken in one read. What one read brings leaves as one frame per socket, so more is fewer frames in a burst; but
#: 660 messages to single users at once (asyncio's 256 KiB) fall out of the CPU's cache on their way: 9 % dearer
READ_BYTES = 1 << 16


class Wire(asyncio.BufferedProtocol):
    """One TCP or unix connection speaking RESP2; replies come back in the order of the commands."""

    def __init__(self, on_read: Callable[[], None], on_push: Callable[[list[Any]], None] | None = None) -> None:
        self._reader = hiredis.Reader()
        self._read = bytearray(READ_BYTES)
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._outgoing: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._on_read, self._on_push = on_read, on_push
        self._loop = asyncio.get_running_loop()
        self.closed: asyncio.Future[None] = self._loop.create_future()
        self.heard_at = self._loop.time()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio's call."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio's call: whoever waits for a reply is told."""
        self._transport = None
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_exception(RedisConnectionError("connection to Redis lost"))
        if not self.closed.done():
            self.closed.set_result(None)

    def get_buffer(self, sizehint: int) -> bytearray:
        """asyncio's call: where to read to."""
        return self._read

    def buffer_updated(self, nbytes: int) -> None:
        """asyncio's call: every reply or message in this read, then one `on_read`."""
        reader, push = self._reader, self._on_push
        reader.feed(self._read, 0, nbytes)  # type: ignore[arg-type]  # any buffer, whatever its stub says
        self.heard_at = self._loop.time()
        try:
            while (reply := reader.gets()) is not False:
                if push is not None:
                    push(reply)
                else:
                    self._resolve(reply)
        except hiredis.ProtocolError:
            self.abort()
        self._on_read()

    def _resolve(self, reply: Any) -> None:
        future = self._waiting.popleft()
        if future.done():
            return
        if isinstance(reply, hiredis.ReplyError):
            future.set_exception(as_redis_error(reply))
        else:
            future.set_result(reply)

    def command(self, arguments: tuple[Argument, ...]) -> asyncio.Future[Any]:
        """Send with the others of this turn; the future is the reply."""
        future = self._loop.create_future()
        if self._transport is None:
            future.set_exception(RedisConnectionError("no connection to Redis"))
            return future
        self._waiting.append(future)
        self.send(arguments)
        return future

    def send(self, arguments: tuple[Argument, ...]) -> None:
        """Send without an eye on the reply (pub/sub connections)."""
        if not self._outgoing:
            self._loop.call_soon(self._write)
        self._outgoing.append(hiredis.pack_command(arguments))  # type: ignore[arg-type]  # its stub says a tuple of one

    def _write(self) -> None:
        outgoing, self._outgoing = self._outgoing, []
        if self._transport is not None:
            self._transport.write(b"".join(outgoing))

    def abort(self) -> None:
        """Cut; `connection_lost` follows."""
        if self._transport is not None:
            self._transport.abort()


def as_redis_error(reply: hiredis.ReplyError) -> ResponseError:
    """The error type that redis-py would raise, so that code above needs to know one kind."""
    text = str(reply)
    return NoScriptError(text) if text.startswith("NOSCRIPT") else ResponseError(text)


async def open_wire(address: RedisAddress, wire: Callable[[], Wire]) -> Wire:
    """A connection that is logged in and on its database. Raises `OSError`, `ResponseError` or `TimeoutError`."""
    loop = asyncio.get_running_loop()
    if address.path:
        _, opened = await loop.create_unix_connection(wire, address.path)
    else:
        _, opened = await loop.create_connection(wire, address.host, address.port, ssl=address.ssl_context())
    return opened


def greetings(address: RedisAddress) -> list[tuple[Argument, ...]]:
    """What a fresh connection says first."""
    commands: list[tuple[Argument, ...]] = []
    if address.password:
        commands.append(("AUTH", *([address.username] if address.username else []), address.password))
    if address.db:
        commands.append(("SELECT", address.db))
    return [*commands, ("PING",)]
