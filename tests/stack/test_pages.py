"""The pages in a real browser: they come up, and nothing on them is refused or missing."""

import socket

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.stack.product import Product

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser) -> Page:
    """A page of its own."""
    page = chromium.new_context().new_page()
    page.set_default_timeout(20_000)
    return page


def wrongs(page: Page) -> list[str]:
    """What goes wrong on the page from now on: errors on its console (refusals by policy are), failed requests."""
    wrong: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(f"{message.text} ({message.location.get('url')})")

    page.on("console", on_console)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"{request.url}: {request.failure}"))
    return wrong


@pytest.mark.parametrize("path", ["/", "/login", "/signup", "/rooms/7"])
def test_client_comes_up_without_an_error(stack: Product, page: Page, path: str):
    wrong = wrongs(page)

    page.goto(stack.url + path)

    expect(page.locator("#app")).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    assert wrong == []


def test_unknown_address_shows_the_client_s_page_and_is_a_404(stack: Product, page: Page):
    wrong = wrongs(page)

    answer = page.goto(f"{stack.url}/nowhere")

    expect(page.locator("#app")).not_to_be_empty()
    assert answer is not None
    assert answer.status == 404
    # the browser's own word about the page's status
    assert [text for text in wrong if "status of 404" not in text] == []


OPENED = """address => new Promise(say => {
    const socket = new WebSocket(address);
    socket.onopen = () => say("open");
    socket.onerror = () => say("refused");
})"""


def test_page_may_open_sockets_to_its_own_origin_alone(stack: Product, page: Page):
    """`connect-src 'self'` covers ws: of the page's own host and port, and no other."""
    page.goto(stack.url)
    own = stack.url.replace("http:", "ws:") + "/ws/websocket"
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)

    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        other = f"ws://127.0.0.1:{stranger.getsockname()[1]}/"
        said = [page.evaluate(OPENED, own), page.evaluate(OPENED, other)]

    assert said == ["open", "refused"]
    assert [other in text for text in refused] == [True]


def test_docs_page_shows_the_api_without_an_error(stack: Product, page: Page):
    wrong = wrongs(page)

    page.goto(f"{stack.url}/api/v1/docs/")

    expect(page.get_by_text("/api/v1/registration", exact=True)).to_be_visible()
    assert wrong == []


def test_operator_logs_in_and_sees_every_model_without_an_error(stack: Product, page: Page):
    wrong = wrongs(page)
    page.goto(f"{stack.url}/admin/")
    page.locator("input[name=username]").fill("operator")
    page.locator("input[name=password]").fill(stack.told().split("name operator, password ")[1].split()[0])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{stack.url}/admin/")

    links = page.locator("a[href^='/admin/'][href$='/']").evaluate_all("all => all.map(one => one.pathname)")
    lists = sorted({link for link in links if link.count("/") == 4})
    assert lists != []
    for path in lists:
        page.goto(stack.url + path)
        expect(page.locator("#changelist, #content").first).to_be_visible()

    assert wrong == []
