"""A TCP proxy that breaks what passes: cut, vanish, stall or dribble after so many bytes, either way, on purpose.

proxy = await Proxy.start("unix:/tmp/door.sock", "unix:/tmp/gateway.sock", fault=lambda: Fault("cut", DOWN, 100))

It stands before gateways (what a mobile network does to clients) and before Redis (a failover: set `upstream`, then
`cut_all`). Addresses are `unix:/path` or `host:port`.
"""

import asyncio
import contextlib
import os
from collections.abc import Callable
from typing import Final, Literal, NamedTuple, Self

Kind = Literal["cut", "vanish", "stall", "dribble"]
Way = Literal["up", "down"]

#: which way the bytes are counted: from the client to the server, or back
UP: Final = "up"
DOWN: Final = "down"

#: bytes that a dribbling connection passes one by one; the rest follows at once, or a test would take minutes
DRIBBLED = 200

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Fault(NamedTuple):
    """What happens to one connection when `after` bytes have passed in direction `way`.

    cut: both sides lose it. vanish: the client loses it, the server hears nothing. stall: both stay open and nothing
    passes any more. dribble: single bytes in single packets.
    """

    kind: Kind
    way: Way
    after: int


async def open_stream(where: str) -> Stream:
    """A connection to `unix:/path` or `host:port`. Raises `OSError`."""
    if where.startswith("unix:"):
        return await asyncio.open_unix_connection(where.removeprefix("unix:"))
    host, _, port = where.rpartition(":")
    return await asyncio.open_connection(host, int(port))


class Passage:
    """One connection through the proxy."""

    def __init__(self, client: Stream, server: Stream, fault: Fault | None) -> None:
        self.client, self.server, self.fault = client, server, fault
        self._stalled = asyncio.Event()
        self._ended = asyncio.Event()

    async def run(self) -> None:
        """Until one side is gone, or the fault has made it so."""
        pumps = [
            asyncio.create_task(self._pump(UP, self.client[0], self.server[1])),
            asyncio.create_task(self._pump(DOWN, self.server[0], self.client[1])),
        ]
        try:
            await self._ended.wait()
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)

    def cut(self) -> None:
        """Both sides lose it at once."""
        for _, writer in (self.client, self.server):
            writer.transport.abort()
        self._ended.set()

    def stall(self) -> None:
        """Nothing passes any more; both sides stay open."""
        self._stalled.set()

    async def _pump(self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while received := await reader.read(65536):
                if self._stalled.is_set():
                    continue
                fault = self.fault
                if fault is not None and fault.way == way and passed + len(received) >= fault.after:
                    cut_at = max(0, fault.after - passed)
                    await self._forward(writer, received[:cut_at])
                    await self._strike(fault, writer, received[cut_at:])
                else:
                    await self._forward(writer, received)
                passed += len(received)
        if not self._stalled.is_set():  # a client that leaves a stalled connection is not noticed behind it
            self.cut()

    async def _forward(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        writer.write(data)
        await writer.drain()

    async def _strike(self, fault: Fault, writer: asyncio.StreamWriter, rest: bytes) -> None:
        self.fault = None
        if fault.kind == "cut":
            self.cut()
        elif fault.kind == "dribble":
            for byte in rest[:DRIBBLED]:
                await self._forward(writer, bytes((byte,)))
                await asyncio.sleep(0)
            await self._forward(writer, rest[DRIBBLED:])
        else:
            self.stall()
            if fault.kind == "vanish":
                self.client[1].transport.abort()


class Proxy:
    """Listens at `where`; each new connection asks `fault()` what is to become of it."""

    def __init__(self, where: str, upstream: str, fault: Callable[[], Fault | None]) -> None:
        self.where, self.upstream, self.fault = where, upstream, fault
        self.passed = 0  #: connections so far
        self._passages: set[Passage] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    @classmethod
    async def start(cls, where: str, upstream: str, fault: Callable[[], Fault | None] = lambda: None) -> Self:
        """Listening when it returns; `host:0` takes a free port, and `where` says which."""
        proxy = cls(where, upstream, fault)
        await proxy.listen()
        return proxy

    async def listen(self) -> None:
        """Take connections (again)."""
        if self.where.startswith("unix:"):
            path = self.where.removeprefix("unix:")
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            self._server = await asyncio.start_unix_server(self._accept, path)
        else:
            host, _, port = self.where.rpartition(":")
            self._server = await asyncio.start_server(self._accept, host, int(port))
            self.where = f"{host}:{self._server.sockets[0].getsockname()[1]}"

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.passed += 1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            server = await open_stream(self.upstream)
        except OSError:
            writer.transport.abort()
            return
        passage = Passage((reader, writer), server, self.fault())
        self._passages.add(passage)
        try:
            await passage.run()
        finally:
            self._passages.discard(passage)
            passage.cut()
            self._tasks.discard(task)

    def cut_all(self) -> None:
        """Every connection ends now; new ones are taken."""
        for passage in list(self._passages):
            passage.cut()

    def stall_all(self) -> None:
        """Nothing passes any more on what is open, and neither side is told; new connections are fine."""
        for passage in self._passages:
            passage.stall()

    def refuse(self) -> None:
        """Nobody listens here any more; what is open stays."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def stop(self) -> None:
        """Close everything."""
        self.refuse()
        self.cut_all()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.stop()
