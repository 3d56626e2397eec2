"""Sessions: their addresses, one receiver at a time, how they close, and how they are forgotten."""

import asyncio

import pytest

from tests.wsgateway.sockjs.conftest import Endpoint
from tests.wsgateway.sockjs.wire import Answer, Streaming, Wire, ask, new_session

INTERRUPTED = 'c[1002,"Connection interrupted"]\n'
GO_AWAY = 'c[3000,"Go away!"]\n'
STILL_OPEN = 'c[2010,"Another connection still open"]\n'


async def xhr(where: str, session: str) -> str:
    """The body of one poll."""
    return (await ask(where, "POST", session + "/xhr")).text


async def send(where: str, session: str, body: str = '["a"]') -> Answer:
    """xhr_send."""
    return await ask(where, "POST", session + "/xhr_send", body=body)


async def open_poll(
    where: str, session: str, wire: Wire, method: str = "POST", path: str = "xhr"
) -> "asyncio.Task[Answer]":
    """A poll that waits. Two answers to requests that came behind it say that the server has it."""
    poll = asyncio.create_task(wire.ask(method, f"{session}/{path}"))
    await asyncio.sleep(0)
    for _ in range(2):
        await ask(where, "GET", "/ws")
    return poll


@pytest.mark.parametrize("session", ["/ws/a/a%d", "/ws/_/_%d", "/ws/1/1%d", "/ws/abcdefgh_i-j%%20/abcdefg_i-j%%20%d"])
async def test_session_any_name(echo: str, session: str):
    assert await xhr(echo, session % id(session)) == "o\n"


@pytest.mark.parametrize("path", ["//", "/a./a", "/a/a.", "/./.", "/", "///", "/a/" + "b" * 257])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_404_bad_server_or_session_id(echo: str, method: str, path: str):
    assert (await ask(echo, method, f"/ws{path}/xhr")).status == 404


async def test_server_id_is_ignored(echo: str):
    session = new_session()
    assert await xhr(echo, session) == "o\n"
    assert (await send(echo, session)).status == 204
    assert await xhr(echo, session.replace("000", "999")) == 'a["a"]\n'


async def test_second_receiver_is_refused(echo: str):
    session = new_session()
    assert await xhr(echo, session) == "o\n"
    async with Wire(echo) as waiting:
        first = await open_poll(echo, session, waiting)
        assert await xhr(echo, session) == STILL_OPEN
        async with Streaming(echo, session + "/xhr_streaming") as third:
            assert await third.frame() == STILL_OPEN
            assert await third.ended()
        assert (await send(echo, session)).status == 204
        assert (await first).text == 'a["a"]\n'


async def test_closed_session_says_so_as_long_as_it_is_asked(close: str):
    session = new_session()
    assert [await xhr(close, session) for _ in range(3)] == ["o\n", GO_AWAY, GO_AWAY]
    assert (await send(close, session)).status == 404


async def test_session_closed_while_polling(echo: str):
    session = new_session()
    assert await xhr(echo, session) == "o\n"
    async with Wire(echo) as waiting:
        poll = await open_poll(echo, session, waiting)
        assert (await send(echo, session, '["bye"]')).status == 204
        assert (await poll).text == 'c[4501,"logged out"]\n'
    assert await xhr(echo, session) == 'c[4501,"logged out"]\n'


async def test_messages_before_the_end_come_before_it(echo: str):
    session = new_session()
    assert await xhr(echo, session) == "o\n"
    await send(echo, session, '["last","bye"]')
    assert [await xhr(echo, session) for _ in range(2)] == ['a["last"]\n', 'c[4501,"logged out"]\n']


async def test_messages_before_the_end_come_before_it_on_a_stream(echo: str):
    session = new_session()
    assert await xhr(echo, session) == "o\n"
    await send(echo, session, '["last","bye"]')
    async with Streaming(echo, session + "/xhr_streaming") as stream:
        assert [await stream.frame() for _ in range(2)] == ['a["last"]\n', 'c[4501,"logged out"]\n']
        assert await stream.ended()


async def test_closed_session_lets_go_of_its_stream(close: str):
    session = new_session()
    async with Streaming(close, session + "/xhr_streaming") as first:
        assert [await first.frame(), await first.frame()] == ["o\n", GO_AWAY]
        async with Streaming(close, session + "/xhr_streaming") as second:
            assert await second.frame() == GO_AWAY
            assert await second.ended()
        assert await first.ended()


async def test_session_over_when_stream_is_aborted(echo: str):
    session = new_session()
    async with Streaming(echo, session + "/xhr_streaming") as stream:
        assert await stream.frame() == "o\n"
    await until_over(echo, session)
    async with Streaming(echo, session + "/xhr_streaming") as stream:
        assert await stream.frame() == INTERRUPTED
        assert await stream.ended()


async def test_session_over_when_poll_is_aborted(echo: str):
    session = new_session()
    assert await xhr(echo, session) == "o\n"
    async with Wire(echo) as wire:
        (await open_poll(echo, session, wire)).cancel()
    await until_over(echo, session)
    assert await xhr(echo, session) == INTERRUPTED


async def until_over(where: str, session: str) -> None:
    """Until the server saw that the receiver is gone."""
    while (await send(where, session, "[]")).status != 404:  # noqa: ASYNC110 - the server has no event for us
        await asyncio.sleep(0.01)


async def test_session_without_receiver_is_forgotten(endpoint: Endpoint):
    where, session = endpoint("impatient"), new_session()
    assert await xhr(where, session) == "o\n"
    assert (await send(where, session)).status == 204
    await until_over(where, session)
    while (again := await xhr(where, session)) != "o\n":  # it tells of its end until it is forgotten
        assert again == INTERRUPTED
        await asyncio.sleep(0.6)


async def test_closed_sessions_are_forgotten(endpoint: Endpoint):
    where = endpoint("impatient")
    async with Wire(where) as wire:
        for _ in range(50):
            session = new_session()
            await wire.ask("POST", session + "/xhr")
            await wire.ask("POST", session + "/xhr_send", body='["bye"]')
        watcher = new_session()
        await wire.ask("POST", watcher + "/xhr")
        while await count_sessions(wire, watcher) > 1:  # noqa: ASYNC110 - the server has no event for us
            await asyncio.sleep(0.05)


async def count_sessions(wire: Wire, watcher: str) -> int:
    """How many the server keeps, the one that asks included."""
    await wire.ask("POST", watcher + "/xhr_send", body='["count"]')
    while (answer := await wire.ask("POST", watcher + "/xhr")).text == "h\n":
        pass
    return int(answer.text.strip('a[]"\n'))


async def test_dead_stream_hurts_nobody_else(echo: str):
    dead, alive = new_session(), new_session()
    async with Streaming(echo, alive + "/xhr_streaming") as stream:
        assert await stream.frame() == "o\n"
        async with Streaming(echo, dead + "/xhr_streaming") as gone:
            assert await gone.frame() == "o\n"
        await send(echo, alive, '["still here"]')
        assert await stream.frame() == 'a["still here"]\n'


async def test_404_message_to_unknown_session(echo: str):
    answer = await send(echo, new_session())
    assert (answer.status, answer.body, answer["content-type"]) == (404, b"", None)
