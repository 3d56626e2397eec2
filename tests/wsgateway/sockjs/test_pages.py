"""Greeting, /info, iframe page, addresses that are none, and browsers' questions before a request."""

import json
import re
from email.utils import parsedate_to_datetime

import pytest

from tests.wsgateway.sockjs.conftest import Endpoint
from tests.wsgateway.sockjs.wire import Wire, ask, new_session

NO_CACHE = "no-store, no-cache, no-transform, must-revalidate, max-age=0"
PLAY = {"Origin": "https://play.example"}


@pytest.mark.parametrize("path", ["/ws", "/ws/"])
async def test_greeting(echo: str, path: str):
    answer = await ask(echo, "GET", path)
    assert (answer.status, answer["content-type"], answer.text) == (
        200, "text/plain; charset=UTF-8", "Welcome to SockJS!\n",
    )  # fmt: skip
    assert answer["set-cookie"] is None


@pytest.mark.parametrize("path", ["a", "a.html", "/", "//", "a/a", "a/a/", "a/", "a/a/a/a", "chunking_test"])
async def test_404_other_addresses(echo: str, path: str):
    assert (await ask(echo, "GET", f"/ws/{path}")).status == 404


async def test_info(echo: str):
    answer = await ask(echo, "GET", "/ws/info", PLAY)
    assert (answer.status, answer["content-type"]) == (200, "application/json; charset=UTF-8")
    assert (answer["cache-control"], answer["expires"], answer["last-modified"]) == (NO_CACHE, None, None)
    assert answer["access-control-allow-origin"] == "https://play.example"
    assert answer["access-control-allow-credentials"] == "true"
    assert answer["set-cookie"] is None
    said = json.loads(answer.body)
    assert 0 <= said.pop("entropy") < 2**32
    assert said == {"websocket": True, "cookie_needed": False, "origins": ["*:*"]}


async def test_info_entropy_differs(echo: str):
    said = [json.loads((await ask(echo, "GET", "/ws/info")).body)["entropy"] for _ in range(3)]
    assert len(set(said)) == 3


@pytest.mark.parametrize(
    ("name", "websocket", "cookie"), [("echo", True, False), ("no-websocket", False, False), ("cookie", True, True)]
)
async def test_info_tells_what_endpoint_wants(endpoint: Endpoint, name: str, websocket: bool, cookie: bool):
    said = json.loads((await ask(endpoint(name), "GET", "/ws/info")).body)
    assert (said["websocket"], said["cookie_needed"]) == (websocket, cookie)


IFRAME = re.compile(
    """<!DOCTYPE html>
<html>
<head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
  <script src="(?P<url>[^"]*)"></script>
  <script>
    document.domain = document.domain;
    SockJS.bootstrap_iframe\\(\\);
  </script>
</head>
<body>
  <h2>Don't panic!</h2>
  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
</body>
</html>"""
)


@pytest.mark.parametrize(
    "page",
    ["iframe.html", "iframe-a.html", "iframe-.html", "iframe-0.1.2.html", "iframe-0.1.2abc-dirty.2144.html",
     "iframe-a.html?t=1234", "iframe-0.1.2.html?t=123414", "iframe-0.1.2abc-dirty.2144.html?t=qweqweq123"],
)  # fmt: skip
async def test_iframe_page(echo: str, page: str):
    answer = await ask(echo, "GET", f"/ws/{page}")
    assert (answer.status, answer["content-type"]) == (200, "text/html; charset=UTF-8")
    assert answer["cache-control"] == "public, max-age=31536000"
    expires = answer["expires"]
    assert expires is not None
    assert parsedate_to_datetime(expires).tzinfo is not None
    assert re.fullmatch('"[0-9a-f]{32}"', answer["etag"] or "")
    assert (answer["last-modified"], answer["set-cookie"]) == (None, None)
    match = IFRAME.fullmatch(answer.text)
    assert match is not None
    assert match["url"] == "/sockjs.min.js"


async def test_iframe_page_304_when_browser_has_it(echo: str):
    first, second = [await ask(echo, "GET", f"/ws/iframe{n}.html") for n in (1, 2)]
    assert first["etag"] == second["etag"]
    answer = await ask(echo, "GET", "/ws/iframe.html", {"If-None-Match": first["etag"] or ""})
    assert (answer.status, answer["content-type"], answer.body) == (304, None, b"")


@pytest.mark.parametrize(
    "page", ["iframe.htm", "iframe", "IFRAME.HTML", "IFRAME", "iframe.HTML", "iframe.xml", "iframe-/.html"]
)
async def test_404_misspelt_iframe_page(echo: str, page: str):
    assert (await ask(echo, "GET", f"/ws/{page}")).status == 404


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/ws/info", "OPTIONS, GET"), ("/ws/a/a/xhr", "OPTIONS, POST"), ("/ws/a/a/xhr_send", "OPTIONS, POST"),
     ("/ws/a/a/xhr_streaming", "OPTIONS, POST")],
)  # fmt: skip
@pytest.mark.parametrize("origin", [None, "https://play.example"])
async def test_options(echo: str, path: str, methods: str, origin: str | None):
    answer = await ask(echo, "OPTIONS", path, {"Origin": origin} if origin else {})
    assert answer.status == 204
    assert answer["cache-control"] == "public, max-age=31536000"
    assert answer["expires"] is not None
    assert answer["access-control-max-age"] == "31536000"
    assert answer["access-control-allow-methods"] == methods
    assert answer["access-control-allow-origin"] == (origin or "*")
    assert answer["access-control-allow-credentials"] == ("true" if origin else None)
    assert answer["vary"] == "Origin"


@pytest.mark.parametrize(("asked", "told"), [("a, b, c", "a, b, c"), ("", None), (None, None)])
async def test_options_headers_echoed(echo: str, asked: str | None, told: str | None):
    headers = {**PLAY, "Access-Control-Request-Method": "POST"}
    if asked is not None:
        headers["Access-Control-Request-Headers"] = asked
    for method in ("OPTIONS", "POST"):
        answer = await ask(echo, method, new_session() + "/xhr", headers)
        assert answer["access-control-allow-headers"] == told


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [("PUT", "/ws/a/a/xhr", "OPTIONS, POST"), ("GET", "/ws/a/a/xhr_send", "OPTIONS, POST"),
     ("POST", "/ws/a/a/eventsource", "GET"), ("POST", "/ws/a/a/jsonp", "GET"), ("GET", "/ws/a/a/jsonp_send", "POST"),
     ("POST", "/ws/a/a/websocket", "GET"), ("POST", "/ws/websocket", "GET"), ("POST", "/ws/info", "OPTIONS, GET"),
     ("DELETE", "/ws/iframe.html", "GET")],
)  # fmt: skip
async def test_405_tells_right_methods_and_no_content_type(echo: str, method: str, path: str, allow: str):
    answer = await ask(echo, method, path)
    assert (answer.status, answer["allow"], answer["content-type"], answer.body) == (405, allow, None, b"")


async def test_http10_greeting_with_and_without_keep_alive(echo: str):
    async with Wire(echo) as wire:
        for _ in range(2):
            answer = await wire.ask("GET", "/ws", {"Connection": "Keep-Alive"}, http="1.0")
            assert (answer["content-length"], answer["transfer-encoding"]) == ("19", None)
            assert (answer["connection"] or "").lower() == "keep-alive"
    async with Wire(echo) as wire:
        assert (await wire.ask("GET", "/ws", http="1.0")).text == "Welcome to SockJS!\n"
        assert await wire.rest() == b""


async def test_http11_connection_is_kept(echo: str):
    async with Wire(echo) as wire:
        for _ in range(2):
            answer = await wire.ask("GET", "/ws")
            assert (answer.version, answer["content-length"], answer["connection"]) == ("HTTP/1.1", "19", None)
