"""xhr and jsonp, and what is sent by them; the JSESSIONID cookie for those who want it."""

import pytest

from tests.wsgateway.sockjs.conftest import Endpoint
from tests.wsgateway.sockjs.test_pages import NO_CACHE, PLAY
from tests.wsgateway.sockjs.wire import Wire, ask, new_session

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_xhr_transport(echo: str):
    session = new_session()
    opened = await ask(echo, "POST", session + "/xhr", PLAY)
    assert (opened.status, opened.text) == (200, "o\n")
    sent = await ask(echo, "POST", session + "/xhr_send", PLAY, body='["x"]')
    assert (sent.status, sent.body) == (204, b"")
    got = await ask(echo, "POST", session + "/xhr")
    assert (got.status, got.text) == (200, 'a["x"]\n')
    for answer, kind in ((opened, "application/javascript"), (sent, "text/plain")):
        assert answer["content-type"] == f"{kind}; charset=UTF-8"
        assert (answer["cache-control"], answer["expires"], answer["last-modified"]) == (NO_CACHE, None, None)
        assert answer["access-control-allow-origin"] == "https://play.example"
        assert answer["access-control-allow-credentials"] == "true"
        assert answer["set-cookie"] is None


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [('["x', 500, "Broken JSON encoding."), ("", 500, "Payload expected."), ('"x"', 500, "Payload expected."),
     ("[1]", 500, "Broken JSON encoding."), ("[" * 5000, 500, "Broken JSON encoding."),
     (b'["\xff"]', 500, "Broken JSON encoding."), ("[]", 204, ""),
     ('["' + "x" * 20_000 + '"]', 413, "Message too big.")],
    ids=["cut", "empty", "no-array", "no-string", "deep", "no-utf8", "no-messages", "too-big"],
)  # fmt: skip
async def test_xhr_send_bad_bodies_harm_nothing(echo: str, body: str | bytes, status: int, text: str):
    session = new_session()
    async with Wire(echo) as wire:
        await wire.ask("POST", session + "/xhr")
        answer = await wire.ask("POST", session + "/xhr_send", body=body)
        assert (answer.status, answer.text) == (status, text)
        assert (await wire.ask("POST", session + "/xhr_send", body='["a"]')).status == 204
        assert (await wire.ask("POST", session + "/xhr")).text == 'a["a"]\n'


async def test_xhr_send_any_content_type(echo: str):
    session = new_session()
    kinds = ["text/plain", "T", "application/json", "application/xml", "", "application/json; charset=utf-8",
             "text/xml; charset=utf-8", "text/xml"]  # fmt: skip
    async with Wire(echo) as wire:
        await wire.ask("POST", session + "/xhr")
        for kind in kinds:
            answer = await wire.ask("POST", session + "/xhr_send", {"Content-Type": kind}, body='["a"]')
            assert (answer.status, answer.body) == (204, b"")
        assert (await wire.ask("POST", session + "/xhr")).text == 'a["a","a","a","a","a","a","a","a"]\n'


async def test_jsonp_transport(echo: str):
    session = new_session()
    opened = await ask(echo, "GET", session + "/jsonp?c=%63allback")
    assert (opened.status, opened.text) == (200, '/**/callback("o");\r\n')
    assert opened["content-type"] == "application/javascript; charset=UTF-8"
    assert (opened["x-content-type-options"], opened["cache-control"]) == ("nosniff", NO_CACHE)
    sent = await ask(echo, "POST", session + "/jsonp_send", FORM, body="d=%5B%22x%22%5D")
    assert (sent.status, sent.text, sent["content-type"]) == (200, "ok", "text/plain; charset=UTF-8")
    assert sent["cache-control"] == NO_CACHE
    got = await ask(echo, "GET", session + "/jsonp?c=_jp.a1-b")
    assert got.text == '/**/_jp.a1-b("a[\\"x\\"]");\r\n'


async def test_jsonp_close(close: str):
    session = new_session()
    said = [(await ask(close, "GET", session + "/jsonp?c=x")).text for _ in range(3)]
    assert said == ['/**/x("o");\r\n', *['/**/x("c[3000,\\"Go away!\\"]");\r\n'] * 2]


@pytest.mark.parametrize("transport", ["jsonp", "htmlfile"])
async def test_500_callback_missing(echo: str, transport: str):
    answer = await ask(echo, "GET", f"{new_session()}/{transport}")
    assert (answer.status, answer.text) == (500, '"callback" parameter required')


@pytest.mark.parametrize("transport", ["jsonp", "htmlfile"])
@pytest.mark.parametrize("callback", ["%20", "*", "abc(", "abc%28", "alert(1)//", "a%0Ab", "a<b", "x" * 33, ""])
async def test_500_callback_is_no_name(echo: str, transport: str, callback: str):
    session = new_session()
    answer = await ask(echo, "GET", f"{session}/{transport}?c={callback}")
    assert (answer.status, answer.text) == (500, 'invalid "callback" parameter')
    assert answer["content-type"] == "text/plain; charset=UTF-8"
    assert (await ask(echo, "POST", session + "/xhr_send", body='["a"]')).status == 404  # no session was made


@pytest.mark.parametrize(
    ("headers", "body", "status", "text"),
    [(FORM, "d=%5B%22x", 500, "Broken JSON encoding."), (FORM, "", 500, "Payload expected."),
     (FORM, "d=", 500, "Payload expected."), (FORM, "p=p", 500, "Payload expected."), (FORM, "d=%5B%5D", 200, "ok"),
     (FORM, "&".join(f"x{n}=1" for n in range(20)), 500, "Payload expected."),
     ({"Content-Type": "text/plain"}, '["%61bc"', 500, "Broken JSON encoding.")],
)  # fmt: skip
async def test_jsonp_send_bad_bodies_harm_nothing(
    echo: str, headers: dict[str, str], body: str, status: int, text: str
):
    session = new_session()
    async with Wire(echo) as wire:
        await wire.ask("GET", session + "/jsonp?c=x")
        answer = await wire.ask("POST", session + "/jsonp_send", headers, body=body)
        assert (answer.status, answer.text) == (status, text)
        assert (await wire.ask("POST", session + "/jsonp_send", FORM, body="d=%5B%22b%22%5D")).text == "ok"
        assert (await wire.ask("GET", session + "/jsonp?c=x")).text == '/**/x("a[\\"b\\"]");\r\n'


async def test_jsonp_send_form_and_plain_text(echo: str):
    session = new_session()
    async with Wire(echo) as wire:
        await wire.ask("GET", session + "/jsonp?c=x")
        form = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
        assert (await wire.ask("POST", session + "/jsonp_send", form, body="d=%5B%22abc%22%5D")).text == "ok"
        plain = {"Content-Type": "text/plain"}
        assert (await wire.ask("POST", session + "/jsonp_send", plain, body='["%61bc"]')).text == "ok"
        assert (await wire.ask("GET", session + "/jsonp?c=x")).text == '/**/x("a[\\"abc\\",\\"%61bc\\"]");\r\n'


async def test_jsonp_payload_cannot_end_the_script(echo: str):
    session = new_session()
    async with Wire(echo) as wire:
        await wire.ask("GET", session + "/jsonp?c=x")
        await wire.ask("POST", session + "/xhr_send", body='["</script><!--"]')
        got = (await wire.ask("GET", session + "/jsonp?c=x")).text
    assert got == '/**/x("a[\\"\\u003c\\/script\\u003e\\u003c!--\\"]");\r\n'


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "xhr"), ("GET", "jsonp?c=callback"), ("POST", "xhr_streaming"), ("GET", "eventsource"),
     ("GET", "htmlfile?c=callback"), ("OPTIONS", "xhr")],
)  # fmt: skip
async def test_cookie_when_wanted(endpoint: Endpoint, method: str, path: str):
    where = endpoint("cookie")
    for sent, value in ((None, "dummy"), ("abcdef", "abcdef"), ('"a b;"', "dummy"), ("x" * 200, "dummy")):
        async with Wire(where) as wire:
            headers = {} if sent is None else {"Cookie": f"JSESSIONID={sent}"}
            answer = await wire.head(method, f"{new_session()}/{path}", headers)
        assert answer["set-cookie"] == f"JSESSIONID={value}; Path=/; HttpOnly; SameSite=Lax"


async def test_cookie_secure_over_https(endpoint: Endpoint):
    answer = await ask(endpoint("cookie"), "POST", new_session() + "/xhr", {"X-Forwarded-Proto": "https"})
    assert answer["set-cookie"] == "JSESSIONID=dummy; Path=/; HttpOnly; SameSite=Lax; Secure"


async def test_http10_poll(echo: str):
    session = new_session()
    async with Wire(echo) as wire:
        answer = await wire.ask("POST", session + "/xhr", http="1.0")
        assert (answer.text, answer["transfer-encoding"], answer["content-length"]) == ("o\n", None, "2")
        assert await wire.rest() == b""
    assert (await ask(echo, "POST", session + "/xhr_send", body='["a"]')).status == 204
    async with Wire(echo) as wire:
        answer = await wire.ask("POST", session + "/xhr", {"Connection": "close"})
        assert (answer.text, answer["connection"]) == ('a["a"]\n', "close")
        assert await wire.rest() == b""
