"""HTTP as it goes over the wire, so that a test sees every header and chunk. One connection, several requests.

async with Wire(where) as wire:
    answer = await wire.ask("POST", "/ws/000/a/xhr")
    async with wire_to(where) as other: ...
"""

import asyncio
import contextlib
import secrets
from typing import Any, Self

from tests.wsgateway.client import open_stream

WAIT_S = 10.0


class Answer:
    """Status, headers by lower-case name, body (None while it is still to come in chunks)."""

    def __init__(self, version: str, status: int, headers: dict[str, str]) -> None:
        self.version, self.status, self.headers = version, status, headers
        self.body: bytes = b""

    def __getitem__(self, name: str) -> str | None:
        return self.headers.get(name.lower())

    @property
    def text(self) -> str:
        return self.body.decode()


class Wire:
    """One connection to `unix:/path` or `host:port`, opened by its first request."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def head(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: str | bytes = b"",
        http: str = "1.1", waiting_s: float = WAIT_S,
    ) -> Answer:  # fmt: skip
        """Send a request, read the answer's head."""
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await open_stream(self.where)
        payload = body.encode() if isinstance(body, str) else body
        lines = {"Host": "gamehub.test", **(headers or {})}
        if method == "POST" or payload:
            lines["Content-Length"] = str(len(payload))
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.writer.write(f"{method} {path} HTTP/{http}\r\n{text}\r\n".encode() + payload)
        async with asyncio.timeout(waiting_s):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        version, status, *_ = head[0].split(" ")
        fields = (line.split(": ", 1) for line in head[1:] if line)
        return Answer(version, int(status), {name.lower(): value for name, value in fields})

    async def ask(self, method: str, path: str, *args: Any, **kwargs: Any) -> Answer:
        """A request and its whole answer."""
        answer = await self.head(method, path, *args, **kwargs)
        if answer.status in (204, 304) or method == "HEAD":
            return answer
        if answer["transfer-encoding"] == "chunked":
            while chunk := await self.chunk():
                answer.body += chunk
        elif (length := answer["content-length"]) is not None:
            answer.body = await self.read(int(length))
        else:
            answer.body = await self.rest()
        return answer

    async def piece(self, head: Answer, waiting_s: float = WAIT_S) -> bytes:
        """What has come of a body, a chunk or the whole of it; b"" at its end. Raises `EOFError` when it is cut."""
        if head["transfer-encoding"] == "chunked":
            return await self.chunk(waiting_s)
        return await self.read(int(head.headers.pop("content-length", "0")))

    async def chunk(self, waiting_s: float = WAIT_S) -> bytes:
        """The next chunk; b"" for the last one."""
        assert self.reader is not None
        async with asyncio.timeout(waiting_s):
            size = int(await self.reader.readline(), 16)
            chunk = await self.reader.readexactly(size)
            assert await self.reader.readexactly(2) == b"\r\n"
        return chunk

    async def read(self, size: int) -> bytes:
        """Exactly so many bytes."""
        assert self.reader is not None
        async with asyncio.timeout(WAIT_S):
            return await self.reader.readexactly(size)

    async def rest(self) -> bytes:
        """All up to the end of the connection."""
        assert self.reader is not None
        async with asyncio.timeout(WAIT_S):
            return await self.reader.read()

    async def close(self) -> None:
        """Leave."""
        if self.writer is not None:
            self.writer.close()
            with contextlib.suppress(ConnectionError):
                await self.writer.wait_closed()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()


async def ask(where: str, method: str, path: str, *args: Any, **kwargs: Any) -> Answer:
    """One request on a connection of its own."""
    async with Wire(where) as wire:
        return await wire.ask(method, path, *args, **kwargs)


def new_session() -> str:
    """The address of a session that nobody has used."""
    return f"/ws/000/{secrets.token_hex(8)}"


class Streaming:
    """An open streaming response: `async with Streaming(where, path) as stream`; each chunk is a frame."""

    def __init__(self, where: str, path: str, method: str = "POST", **kwargs: Any) -> None:
        self.wire, self.path, self.method, self.kwargs = Wire(where), path, method, kwargs

    async def __aenter__(self) -> Self:
        self.head = await self.wire.head(self.method, self.path, **self.kwargs)
        self.prelude = await self.wire.chunk()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.wire.close()

    async def frame(self) -> str:
        """The next frame as the transport sends it."""
        return (await self.wire.chunk()).decode()

    async def ended(self) -> bool:
        """The last chunk came, and the end of the connection behind it."""
        return await self.wire.chunk() == b"" and await self.wire.rest() == b""
