"""Every door of the endpoint asks the same list whose page it is that knocks."""

import pytest

from tests.wsgateway.sockjs.test_websockets import UPGRADE
from tests.wsgateway.sockjs.wire import Wire, new_session

SOCKET = {**UPGRADE, "Sec-WebSocket-Version": "13"}
DOORS = {
    "greeting": ("GET", "/ws", {}),
    "info": ("GET", "/ws/info", {}),
    "iframe": ("GET", "/ws/iframe.html", {}),
    "xhr": ("POST", "/ws/0/{}/xhr", {}),
    "xhr preflight": ("OPTIONS", "/ws/0/{}/xhr", {}),
    "xhr_streaming": ("POST", "/ws/0/{}/xhr_streaming", {}),
    "xhr_send": ("POST", "/ws/0/{}/xhr_send", {}),
    "eventsource": ("GET", "/ws/0/{}/eventsource", {}),
    "htmlfile": ("GET", "/ws/0/{}/htmlfile?c=x", {}),
    "jsonp": ("GET", "/ws/0/{}/jsonp?c=x", {}),
    "jsonp_send": ("POST", "/ws/0/{}/jsonp_send", {}),
    "websocket": ("GET", "/ws/0/{}/websocket", SOCKET),
    "raw websocket": ("GET", "/ws/websocket", SOCKET),
}
EACH = pytest.mark.parametrize("door", DOORS)


async def knock(where: str, door: str, headers: dict[str, str]) -> tuple[int, str | None]:
    """Status, and the origin that CORS lets in."""
    method, path, own = DOORS[door]
    async with Wire(where) as wire:
        answer = await wire.head(method, path.format(new_session()[8:]), {**own, **headers})
    return answer.status, answer["access-control-allow-origin"]


@EACH
@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "https://play.example.evil.example"}, {"Origin": "null"},
     {"Origin": "http://play.example"}, {"Origin": ""}, {"Origin": "https://play.example:444"},
     {"Sec-Fetch-Site": "cross-site", "Referer": "https://evil.example/page"}, {"Sec-Fetch-Site": "cross-site"}],
    ids=["foreign", "longer", "null", "no-tls", "empty", "port", "foreign-referer", "no-referer"],
)  # fmt: skip
async def test_403_foreign_page(echo: str, door: str, headers: dict[str, str]):
    assert await knock(echo, door, headers) == (403, None)


@EACH
@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://play.example"}, {"Origin": "HTTPS://PLAY.example:443"}, {"Origin": "http://gamehub.test"},
     {"Sec-Fetch-Site": "cross-site", "Referer": "https://play.example/quiz"}, {"Sec-Fetch-Site": "same-origin"}],
    ids=["none", "listed", "spelt-otherwise", "own-host", "listed-referer", "same-origin"],
)  # fmt: skip
async def test_page_of_the_list_is_let_in(echo: str, door: str, headers: dict[str, str]):
    status, origin = await knock(echo, door, headers)
    assert status in (101, 200, 204, 404, 500)  # 404, 500: sent to no session, or nothing was sent
    assert origin in (None, headers.get("Origin", "*"))


@pytest.mark.parametrize("version", ["7", "8"])
async def test_403_foreign_page_in_spelling_of_drafts(echo: str, version: str):
    headers = {"Sec-WebSocket-Version": version, "Sec-WebSocket-Origin": "https://evil.example"}
    assert (await knock(echo, "websocket", headers))[0] == 403
    assert (await knock(echo, "websocket", {**headers, "Sec-WebSocket-Origin": "https://play.example"}))[0] == 101


async def test_refused_request_leaves_no_session(echo: str):
    session = new_session()
    async with Wire(echo) as wire:
        answer = await wire.ask("POST", session + "/xhr", {"Origin": "https://evil.example"}, body="x" * 5000)
        assert (answer.status, answer.body) == (403, b"")
        assert (await wire.ask("POST", session + "/xhr_send", body='["a"]')).status == 404
