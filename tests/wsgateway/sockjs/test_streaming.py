"""xhr_streaming, eventsource, htmlfile: what they begin with, how they wrap a frame, when they end."""

import re

import pytest

from tests.wsgateway.sockjs.endpoint import SMALL
from tests.wsgateway.sockjs.test_pages import NO_CACHE, PLAY
from tests.wsgateway.sockjs.wire import Streaming, Wire, ask, new_session

HTMLFILE = """<!doctype html>
<html><head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
</head><body><h2>Don't panic!</h2>
  <script>
    document.domain = document.domain;
    var c = parent._jp.abc123;
    c.start();
    function p(d) {c.message(d);};
    window.onload = function() {c.stop();};
  </script>"""

#: path, method, content type, how a frame is wrapped
TRANSPORTS = {
    "xhr_streaming": ("POST", "application/javascript; charset=UTF-8", "%s\n"),
    "eventsource": ("GET", "text/event-stream", "data: %s\r\n\r\n"),
    "htmlfile?c=_jp.abc123": ("GET", "text/html; charset=UTF-8", '<script>\np("%s");\n</script>\r\n'),
}
EACH = pytest.mark.parametrize("transport", list(TRANSPORTS), ids=lambda path: path.partition("?")[0])


def wrapped(transport: str, frame: str) -> str:
    """The frame as that transport sends it."""
    text = frame.replace("\\", "\\\\").replace('"', '\\"') if transport.startswith("htmlfile") else frame
    return TRANSPORTS[transport][2] % text


async def say(where: str, session: str, body: str) -> None:
    """xhr_send, which every one of these is sent by."""
    assert (await ask(where, "POST", session + "/xhr_send", body=body)).status == 204


@EACH
async def test_streaming_transport(echo: str, transport: str):
    session = new_session()
    method, kind, _ = TRANSPORTS[transport]
    async with Streaming(echo, f"{session}/{transport}", method, headers=PLAY) as stream:
        head = stream.head
        assert (head.status, head["content-type"], head["cache-control"]) == (200, kind, NO_CACHE)
        assert (head["transfer-encoding"], head["content-length"]) == ("chunked", None)
        assert head["access-control-allow-origin"] == "https://play.example"
        assert (head["expires"], head["last-modified"], head["set-cookie"]) == (None, None, None)
        assert await stream.frame() == wrapped(transport, "o")
        await say(echo, session, '["x"]')
        assert await stream.frame() == wrapped(transport, 'a["x"]')
        await say(echo, session, r'["  \u0000\n\r "]')
        assert await stream.frame() == wrapped(transport, r'a["  \u0000\n\r "]')


async def test_xhr_streaming_prelude(echo: str):
    async with Streaming(echo, new_session() + "/xhr_streaming") as stream:
        assert stream.prelude == b"h" * 2048 + b"\n"


async def test_eventsource_prelude(echo: str):
    async with Streaming(echo, new_session() + "/eventsource", "GET") as stream:
        assert stream.prelude == b"\r\n"


async def test_htmlfile_prelude_keeps_callback(echo: str):
    async with Streaming(echo, new_session() + "/htmlfile?c=_jp.abc123", "GET") as stream:
        assert stream.prelude.decode().rstrip() == HTMLFILE
        assert len(stream.prelude) > 1024


async def test_htmlfile_message_cannot_end_the_script(echo: str):
    session = new_session()
    async with Streaming(echo, session + "/htmlfile?c=x", "GET") as stream:
        await stream.frame()
        await say(echo, session, '["</script><b><!--"]')
        frame = await stream.frame()
    inside = re.fullmatch("<script>\n(.*);\n</script>\r\n", frame, re.DOTALL)
    assert inside is not None
    assert inside[1] == r'p("a[\"\u003c\/script\u003e\u003cb\u003e\u003c!--\"]")'


@EACH
async def test_response_ends_at_its_limit_and_next_one_goes_on(echo: str, transport: str):
    session, method = new_session(), TRANSPORTS[transport][0]
    message = "x" * SMALL
    async with Streaming(echo, f"{session}/{transport}", method) as stream:
        await stream.frame()
        await say(echo, session, f'["{message}"]')
        assert await stream.frame() == wrapped(transport, f'a["{message}"]')
        assert await stream.ended()
    await say(echo, session, '["between"]')
    async with Streaming(echo, f"{session}/{transport}", method) as stream:
        assert await stream.frame() == wrapped(transport, 'a["between"]')


async def test_response_limit_counts_frames_not_chunks(echo: str):
    session, message = new_session(), "x" * 128
    async with Streaming(echo, session + "/xhr_streaming") as stream, Wire(echo) as wire:
        await stream.frame()
        for _ in range(31):  # 31 frames of 134 bytes and the opening are the first to pass 4,096
            await wire.ask("POST", session + "/xhr_send", body=f'["{message}"]')
            assert await stream.frame() == f'a["{message}"]\n'
        assert await stream.ended()


async def test_session_may_change_its_transport(echo: str):
    session = new_session()
    assert (await ask(echo, "POST", session + "/xhr")).text == "o\n"
    await say(echo, session, '["one"]')
    async with Streaming(echo, session + "/eventsource", "GET") as stream:
        assert await stream.frame() == 'data: a["one"]\r\n\r\n'


@pytest.mark.parametrize("keep_alive", [{}, {"Connection": "Keep-Alive"}])
async def test_http10_streaming_has_no_chunks_and_ends_with_connection(close: str, keep_alive: dict[str, str]):
    async with Wire(close) as wire:
        answer = await wire.head("POST", new_session() + "/xhr_streaming", keep_alive, http="1.0")
        assert (answer.status, answer["transfer-encoding"], answer["content-length"]) == (200, None, None)
        assert answer["connection"] == "close"
        assert await wire.rest() == b"h" * 2048 + b'\no\nc[3000,"Go away!"]\n'


async def test_http11_streaming_ends_with_last_chunk(close: str):
    async with Streaming(close, new_session() + "/xhr_streaming") as stream:
        assert [await stream.frame(), await stream.frame()] == ["o\n", 'c[3000,"Go away!"]\n']
        assert await stream.ended()
