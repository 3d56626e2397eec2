"""SockJS's streams through nginx: they end when their session does, in both directions.

Two cases of the protocol's own suite, test_abort_xhr_streaming and test_close_request, time out here though the gateway
alone passes them. They take every chunk for one frame; nginx may put what the gateway sent in two chunks into one (the
prelude and `o`, when both are there when it reads), as HTTP allows. So what is read here are bytes, however cut.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Valkey
from tests.deploy.nginx.front_door import FrontDoor
from tests.wsgateway.sockjs.wire import Streaming, new_session

PRELUDE = "h" * 2048 + "\n"
#: each transport that streams, by its method
STREAMS = {"xhr_streaming": "POST", "eventsource": "GET", "htmlfile?c=x": "GET"}


@contextmanager
def open_door(valkey: Valkey, **limits: float) -> Iterator[FrontDoor]:
    """A door whose gateway has these limits."""
    with tempfile.TemporaryDirectory(prefix="gh-") as folder:
        door = FrontDoor(Path(folder), valkey.url, **limits)
        try:
            yield door
        finally:
            door.stop()


@pytest.fixture
def door(valkey: Valkey) -> Iterator[FrontDoor]:
    with open_door(valkey) as door:
        yield door


async def read_until(stream: Streaming, text: str) -> str:
    """What has come, prelude included, when the text is among it."""
    told = stream.prelude.decode()
    while text not in told:
        frame = await stream.frame()
        assert frame, f"ended: {told[-80:]}"
        told += frame
    return told


async def read_to_the_end(stream: Streaming) -> str:
    """The whole body, once the last chunk has come."""
    told = stream.prelude.decode()
    while frame := await stream.frame():
        told += frame
    return told


async def test_second_stream_is_refused_and_ends_at_once(door: FrontDoor):
    session = new_session() + "/xhr_streaming"
    async with Streaming(door.where, session) as first, asyncio.timeout(5):
        assert await read_until(first, "o\n") == PRELUDE + "o\n"
        async with Streaming(door.where, session) as second:
            assert await read_to_the_end(second) == PRELUDE + 'c[2010,"Another connection still open"]\n'
            # the client's connection to nginx is kept, and is good for the next request
            assert (await second.wire.ask("GET", "/ws")).text == "Welcome to SockJS!\n"


async def test_stream_that_the_client_leaves_ends_its_session(door: FrontDoor):
    """nginx sees the client go and lets go of the gateway, which then knows that the session is over."""
    session = new_session() + "/xhr_streaming"
    async with Streaming(door.where, session) as first:
        await read_until(first, "o\n")
    told = another = PRELUDE + 'c[2010,"Another connection still open"]\n'
    async with asyncio.timeout(5):
        while told == another:
            async with Streaming(door.where, session) as next_one:
                told = await read_to_the_end(next_one)

    assert told == PRELUDE + 'c[1002,"Connection interrupted"]\n'


async def test_stream_ends_when_the_gateway_closes_the_session(valkey: Valkey):
    """Nobody says `connect` on it."""

    async def whole(where: str, transport: str, method: str) -> str:
        async with Streaming(where, f"{new_session()}/{transport}", method) as stream:
            return await read_to_the_end(stream)

    with open_door(valkey, connect_s=2.0) as door:
        async with asyncio.timeout(20):
            told = await asyncio.gather(*(whole(door.where, name, method) for name, method in STREAMS.items()))

    assert ['c[4008,"no connect in time"]' in body.replace("\\", "") for body in told] == [True] * 3
