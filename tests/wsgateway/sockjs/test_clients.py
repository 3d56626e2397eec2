"""The real sockjs-client: from Node over every transport it has there, and from a browser over every one it has."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, async_playwright

from bin.launcher.browser import find_browser
from tests.wsgateway.sockjs.nodejs import installed, node

MESSAGES = ["first", 'quotes " and \\ and </script>', "unicode é \u2028 \U0001f600", "x" * 5000]
NODE_TRANSPORTS = ["websocket", "xhr-streaming", "eventsource", "xhr-polling"]
BROWSER_TRANSPORTS = [*NODE_TRANSPORTS, "iframe-eventsource", "iframe-htmlfile", "htmlfile", "iframe-xhr-polling",
                      "jsonp-polling"]  # fmt: skip
#: `htmlfile` wants one origin; from another one it goes through the iframe
FROM_ELSEWHERE = [name for name in BROWSER_TRANSPORTS if name != "htmlfile"]


async def from_node(url: str, transport: str, *messages: str) -> dict[str, object]:
    """What node/client.js tells."""
    process = node("client.js", url, transport, *messages)
    out, _ = await asyncio.to_thread(process.communicate, timeout=30)
    said: dict[str, object] = json.loads(out)
    return said


@pytest.mark.parametrize("transport", NODE_TRANSPORTS)
async def test_node_client(echo: str, transport: str):
    """The third message passes the response limit of 4 KiB, so that a stream has to be opened again."""
    assert await from_node(f"http://{echo}/ws", transport, *MESSAGES, *MESSAGES) == {
        "transport": transport, "got": [*MESSAGES, *MESSAGES], "code": 1000, "reason": "Normal closure",
    }  # fmt: skip


@pytest.mark.parametrize("transport", NODE_TRANSPORTS)
async def test_node_client_closed_by_server(echo: str, transport: str):
    assert await from_node(f"http://{echo}/ws", transport, "hello", "bye") == {
        "transport": transport, "got": ["hello"], "code": 4501, "reason": "logged out",
    }  # fmt: skip


PAGE = "<!DOCTYPE html><html><body><script src='/sockjs.min.js'></script></body></html>"
TALK = """([url, transport, messages]) => new Promise((done) => {
  const socket = new SockJS(url, null, { transports: [transport], timeout: 8000 });
  const got = [], left = [...messages];
  let used = null;
  socket.onopen = () => { used = socket.transport; socket.send(left.shift()); };
  socket.onmessage = ({ data }) => { got.push(data); if (left.length) socket.send(left.shift()); else socket.close(); };
  socket.onclose = ({ code, reason }) => done({ transport: used, got, code, reason });
})"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium; as root in a container it can't build its sandbox. Pages that Playwright serves in a site's
    name count as from the internet, and such may not reach this machine unless told."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets"]  # fmt: skip
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=quiet)
        yield browser
        await browser.close()


async def page_at(browser: Browser, origin: str) -> Page:
    """A page of that origin, with the client's script of the same version for it and for the iframe page."""
    script = (Path(installed()) / "node_modules/sockjs-client/dist/sockjs.min.js").read_text()

    async def serve(route: Route) -> None:
        if route.request.url.endswith("/sockjs.min.js"):
            await route.fulfill(body=script, content_type="text/javascript")
        else:
            await route.fulfill(body=PAGE, content_type="text/html")

    context = await browser.new_context()
    for path in ("/page.html", "/sockjs.min.js"):
        await context.route(f"**{path}", serve)
    page = await context.new_page()
    await page.goto(origin + "/page.html")
    return page


async def talk(page: Page, where: str, transports: list[str], messages: list[str]) -> dict[str, object]:
    """By transport: which one was used in the end, what came back, how it ended."""
    return {name: await page.evaluate(TALK, [f"http://{where}/ws", name, messages]) for name in transports}


async def test_browser_on_our_own_page(echo: str, browser: Browser):
    page = await page_at(browser, f"http://{echo}")
    assert await talk(page, echo, BROWSER_TRANSPORTS, MESSAGES * 2) == {
        name: {"transport": name, "got": MESSAGES * 2, "code": 1000, "reason": "Normal closure"}
        for name in BROWSER_TRANSPORTS
    }


async def test_browser_on_a_listed_page(echo: str, browser: Browser):
    page = await page_at(browser, "http://board.example")
    assert await talk(page, echo, FROM_ELSEWHERE, [*MESSAGES, "bye"]) == {
        name: {"transport": name, "got": MESSAGES, "code": 4501, "reason": "logged out"} for name in FROM_ELSEWHERE
    }


async def test_browser_on_a_foreign_page_gets_nowhere(echo: str, browser: Browser):
    page = await page_at(browser, "http://evil.example")
    assert await talk(page, echo, FROM_ELSEWHERE, MESSAGES) == {  # /info is refused already
        name: {"transport": None, "got": [], "code": 1002, "reason": "Cannot connect to server"}
        for name in FROM_ELSEWHERE
    }
