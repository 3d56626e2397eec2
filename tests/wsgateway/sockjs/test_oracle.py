"""The same requests to our endpoint and to npm's SockJS server: the answers are the same.

Compared are the status, every header of `HEADERS` that npm's server sends (ours may send more) and the body. What
differs on purpose: bodies of 404 and of refused handshakes, a cookie's attributes, ETags, and the CORS question of
`/info` that npm's server answers without methods. Origins are ones our list knows.
"""

import json
import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.wsgateway.sockjs.conftest import Endpoint, free_port, wait_for_port
from tests.wsgateway.sockjs.nodejs import node
from tests.wsgateway.sockjs.wire import Answer, Streaming, Wire, new_session

HEADERS = (
    "content-type", "cache-control", "access-control-allow-origin", "access-control-allow-credentials", "vary",
    "access-control-allow-headers", "access-control-max-age", "access-control-allow-methods", "x-content-type-options",
    "last-modified",
)  # fmt: skip
PLAY = {"Origin": "https://play.example"}
ASKING = {**PLAY, "Access-Control-Request-Headers": "a, b"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TEXT = {"Content-Type": "text/plain"}

#: name -> (endpoint, requests on one connection: method, path with {} for a session of its own, headers, body)
Request = tuple[str, str, dict[str, str], str]
SEQUENCES: dict[str, tuple[str, list[Request]]] = {
    "greeting": ("echo", [("GET", "/ws", {}, ""), ("GET", "/ws/", {}, "")]),
    "greeting 405": ("echo", [("POST", "/ws", {}, "")]),
    "404s": ("echo", [("GET", f"/ws{path}", {}, "") for path in ("/a", "/a.html", "//", "/a/a", "/a/a/", "/a./a/xhr")]),
    "iframe": ("echo", [("GET", f"/ws/iframe{v}.html", {}, "") for v in ("", "-1.6.1", "-a")]),
    "iframe 404": ("echo", [("GET", f"/ws/{page}", {}, "") for page in ("iframe.htm", "IFRAME.HTML", "iframe-/.html")]),
    "iframe 405": ("echo", [("POST", "/ws/iframe.html", {}, "")]),
    "info": ("echo", [("GET", "/ws/info", headers, "") for headers in ({}, PLAY, ASKING)]),
    "info off": ("no-websocket", [("GET", "/ws/info", {}, "")]),
    "info cookie": ("cookie", [("GET", "/ws/info", {}, "")]),
    "info 405": ("echo", [("POST", "/ws/info", {}, "")]),
    "options": ("echo", [("OPTIONS", f"{{}}/{name}", headers, "") for name in ("xhr", "xhr_send", "xhr_streaming")
                         for headers in ({}, PLAY, ASKING)]),
    "405s": ("echo", [("PUT", f"{{}}/{name}", {}, "") for name in ("xhr", "xhr_send", "xhr_streaming", "eventsource",
                      "htmlfile", "jsonp", "jsonp_send", "websocket")]),
    "xhr": ("echo", [("POST", "{}/xhr", ASKING, ""), ("POST", "{}/xhr_send", PLAY, '["x","é","\u2028"]'),
                     ("POST", "{}/xhr", {}, "")]),
    "xhr bad": ("echo", [("POST", "{}/xhr", {}, ""), ("POST", "{}/xhr_send", {}, '["x'),
                         ("POST", "{}/xhr_send", {}, ""), ("POST", "{}/xhr_send", {}, '"x"'),
                         ("POST", "{}/xhr_send", {}, "{}"),
                         ("POST", "{}/xhr_send", {}, "[]"), ("POST", "{}/xhr_send", {}, '["a"]'),
                         ("POST", "{}/xhr", {}, "")]),
    "xhr unknown": ("echo", [("POST", "{}/xhr_send", {}, '["x"]'), ("POST", "{}/xhr_send", {}, "["),
                             ("POST", "{}/jsonp_send", TEXT, '["x"]')]),
    "xhr closed": ("echo", [("POST", "{}/xhr", {}, ""), ("POST", "{}/xhr_send", {}, '["a","bye"]'),
                            ("POST", "{}/xhr", {}, ""), ("POST", "{}/xhr", {}, ""), ("POST", "{}/xhr", {}, "")]),
    "close": ("close", [("POST", "{}/xhr", {}, "")] * 3),
    "close jsonp": ("close", [("GET", "{}/jsonp?c=x", {}, "")] * 3),
    "jsonp": ("echo", [("GET", "{}/jsonp?c=%63allback", {}, ""), ("POST", "{}/jsonp_send", FORM, "d=%5B%22x%22%5D"),
                       ("POST", "{}/jsonp_send", TEXT, '["%61bc"]'), ("GET", "{}/jsonp?callback=_jp.a", {}, "")]),
    "jsonp bad": ("echo", [("GET", "{}/jsonp?c=x", {}, ""), ("POST", "{}/jsonp_send", FORM, "d=%5B%22x"),
                           ("POST", "{}/jsonp_send", FORM, ""), ("POST", "{}/jsonp_send", FORM, "d="),
                           ("POST", "{}/jsonp_send", FORM, "p=p"), ("POST", "{}/jsonp_send", FORM, "d=%5B%5D"),
                           ("POST", "{}/jsonp_send", FORM, "d=%5B%22b%22%5D"), ("GET", "{}/jsonp?c=x", {}, "")]),
    "callbacks": ("echo", [("GET", f"{{}}/{name}", {}, "") for name in ("jsonp", "htmlfile", "jsonp?c=%20",
                           "jsonp?c=a(", "htmlfile?c=%2A", "htmlfile?c=a%28", "jsonp?c=" + "x" * 33)]),
    "cookie": ("cookie", [("POST", "{}/xhr", {}, ""), ("POST", "{}/xhr_send", {"Cookie": "JSESSIONID=abc"}, "[]"),
                          ("OPTIONS", "{}/xhr", {}, "")]),
    "no websocket": ("echo", [("GET", "{}/websocket", {}, ""), ("GET", "/ws/websocket", {}, "")]),
    "websocket off": ("no-websocket", [("GET", "{}/websocket", {}, ""), ("GET", "/ws/websocket", {}, "")]),
}  # fmt: skip
#: bodies that are ours to word
OWN_WORDS = {"404s", "iframe 404", "no websocket", "websocket off"}


@pytest.fixture(scope="session")
def oracle() -> Iterator[Endpoint]:
    """`oracle("echo")` is where npm's server with that service listens."""
    started: dict[str, tuple[str, subprocess.Popen[str]]] = {}

    def where(name: str) -> str:
        if name not in started:
            address = f"127.0.0.1:{free_port()}"
            process = node("oracle.js", name, address.rpartition(":")[2])
            wait_for_port(address, process)  # type: ignore[arg-type]
            started[name] = (address, process)
        return started[name][0]

    yield where
    for _, process in started.values():
        process.kill()
        process.communicate()


async def answers(where: str, requests: list[Request]) -> list[Answer]:
    """All answers, in one session."""
    session = new_session()
    async with Wire(where) as wire:
        return [
            await wire.ask(method, path.format(session), headers, body=body) for method, path, headers, body in requests
        ]


def comparable(answer: Answer) -> tuple[int, str | None, set[str], object]:
    """Status, cookie, methods of Allow, and the body without what is random."""
    cookie = (answer["set-cookie"] or "").replace("path", "Path")
    body: object = answer.text
    if answer["content-type"] == "application/json; charset=UTF-8":
        body = {name: value for name, value in json.loads(answer.body).items() if name != "entropy"}
    allow = set((answer["allow"] or "").replace(" ", "").split(",")) if answer.status == 405 else set()
    return answer.status, "; ".join(cookie.split("; ")[:2]), allow, body


@pytest.mark.parametrize("name", SEQUENCES)
async def test_same_answers_as_npm_s_server(endpoint: Endpoint, oracle: Endpoint, name: str):
    service, requests = SEQUENCES[name]
    ours, theirs = await answers(endpoint(service), requests), await answers(oracle(service), requests)
    for request, mine, other in zip(requests, ours, theirs, strict=True):
        if name in OWN_WORDS or mine.status == 404:
            assert mine.status == other.status, request
            continue
        assert comparable(mine) == comparable(other), request
        told = {header: value for header in HEADERS if (value := other[header]) is not None}
        assert {header: mine[header] for header in told} == told, request
        assert (mine["etag"] is None, mine["expires"] is None) == (other["etag"] is None, other["expires"] is None)


STREAMS = {
    "xhr_streaming": "POST",
    "eventsource": "GET",
    "htmlfile?c=_jp.abc": "GET",
}


@pytest.mark.parametrize("path", STREAMS)
@pytest.mark.parametrize("service", ["echo", "close", "cookie"])
async def test_same_streams_as_npm_s_server(endpoint: Endpoint, oracle: Endpoint, service: str, path: str):
    seen = []
    for where in (endpoint(service), oracle(service)):
        session = new_session()
        async with Streaming(where, f"{session}/{path}", STREAMS[path], headers=PLAY) as stream, Wire(where) as wire:
            told = {header: stream.head[header] for header in HEADERS}
            frames = [stream.prelude.decode(), await stream.frame()]
            if service != "close":
                for body in ('["x"]', '["\\" \\\\ \\n é \u2028"]', '["bye"]'):
                    await wire.ask("POST", session + "/xhr_send", body=body)
                    frames += [await stream.frame()]
            else:
                frames += [await stream.frame()]
            assert await stream.wire.chunk() == b""
        seen.append((told, [meaning(frame) for frame in frames]))
    (ours, frames), (theirs, their_frames) = seen
    assert frames == their_frames
    assert {header: ours[header] for header, value in theirs.items() if value is not None} == {
        header: value for header, value in theirs.items() if value is not None
    }


def meaning(frame: str) -> str:
    """A frame of htmlfile as the browser reads its script (ours escapes more), anything else as it is."""
    return re.sub(r'p\((".*")\);', lambda found: json.loads(found[1]), frame).rstrip(" \r\n")
