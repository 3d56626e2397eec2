"""What a client of the HTTP transports can make us keep is bounded, and beyond it the answer is clear."""

import asyncio
import contextlib

from tests.wsgateway.sockjs.conftest import Endpoint
from tests.wsgateway.sockjs.test_sessions import count_sessions
from tests.wsgateway.sockjs.wire import Streaming, Wire, ask, new_session


async def test_messages_to_unknown_sessions_keep_nothing(echo: str):
    async with Wire(echo) as wire:
        watcher = new_session()
        await wire.ask("POST", watcher + "/xhr")
        before = await count_sessions(wire, watcher)
        for _ in range(2000):
            assert (await wire.ask("POST", new_session() + "/xhr_send", body='["a"]')).status == 404
        assert await count_sessions(wire, watcher) <= before


async def test_503_too_many_sessions_and_again_room_when_they_go(endpoint: Endpoint):
    where = endpoint("small")  # four at once
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(4):
            await stack.enter_async_context(Streaming(where, new_session() + "/xhr_streaming"))
        for method, path in (("POST", "xhr"), ("POST", "xhr_streaming"), ("GET", "eventsource"),
                             ("GET", "htmlfile?c=x"), ("GET", "jsonp?c=x")):  # fmt: skip
            answer = await ask(where, method, f"{new_session()}/{path}")
            assert (answer.status, answer["retry-after"], answer.body) == (503, "2", b"")
    while (await ask(where, "POST", new_session() + "/xhr")).status != 200:  # noqa: ASYNC110 - no event for us
        await asyncio.sleep(0.2)
    await until_few(where)


async def until_few(where: str) -> None:
    """Until there is room for the other tests of this endpoint."""
    async with Wire(where) as wire:
        while True:
            session = new_session()
            if (await wire.ask("POST", session + "/xhr")).status == 200:
                await wire.ask("POST", session + "/xhr_send", body='["count"]')
                if int((await wire.ask("POST", session + "/xhr")).text.strip('a[]"\n')) == 1:
                    return
            await asyncio.sleep(0.2)


async def test_3008_poller_that_does_not_come(endpoint: Endpoint):
    where, session = endpoint("small"), new_session()
    await until_few(where)
    async with Wire(where) as wire:
        await wire.ask("POST", session + "/xhr")
        assert (await wire.ask("POST", session + "/xhr_send", body='["flood:40"]')).status == 204
        assert (await wire.ask("POST", session + "/xhr")).text == 'c[3008,"slow consumer"]\n'


async def test_3008_stream_that_is_not_read(endpoint: Endpoint):
    where, session = endpoint("small"), new_session()
    await until_few(where)
    async with Streaming(where, session + "/xhr_streaming") as stream, Wire(where) as wire:
        while (await wire.ask("POST", session + "/xhr_send", body='["flood:40"]')).status == 204:
            pass  # the kernel takes some megabytes before it says no
        assert (await wire.ask("POST", session + "/xhr")).text == 'c[3008,"slow consumer"]\n'
        assert await stream.frame() == "o\n"


async def test_slow_stream_is_not_cut_for_a_pause(endpoint: Endpoint):
    """More than the kernel takes waits in the queue, within its bound; the reader gets it all, in order."""
    where, session = endpoint("patient"), new_session()
    sent = 0
    async with Streaming(where, session + "/xhr_streaming") as stream, Wire(where) as wire:
        for _ in range(12):
            assert (await wire.ask("POST", session + "/xhr_send", body='["flood:400"]')).status == 204
            sent += 400
        assert (await wire.ask("POST", session + "/xhr_send", body='["done"]')).status == 204
        got, text = 0, ""
        while '"done"' not in text:
            text = await stream.frame()
            got += text.count("x" * 1000)
        assert got == sent


async def test_400_body_too_long(echo: str):
    session = new_session()
    await ask(echo, "POST", session + "/xhr")
    async with Wire(echo) as wire:
        head = {"Content-Length": "200000", "Transfer-Encoding": "identity"}
        assert (await wire.head("GET", session + "/xhr_send", head)).status == 400
    assert (await ask(echo, "POST", session + "/xhr_send", body='["a"]')).status == 204
