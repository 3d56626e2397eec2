"""One person at a real browser: pages by what one sees on them, and every complaint of the browser kept."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.stack.pack import Pack

PASSWORD = "correct horse battery 9"
#: a page on two busy cores
WAIT_MS = 15_000

#: what pages may complain of while a gateway is down or its own network is cut: that and nothing else
OF_THE_NETWORK = re.compile(
    r"WebSocket connection|Failed to load resource: (net::|the server responded with a status of 50)"
)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


class Visitor:
    """A browser context of one's own. `troubles` holds console errors, uncaught exceptions and broken policies."""

    def __init__(self, browser: Browser, url: str, *, size: dict[str, int] = DESK, locale: str = "en-US") -> None:
        options: Any = {"viewport": size, "locale": locale, "base_url": url, "has_touch": size is PHONE}
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(WAIT_MS)
        self.page: Page = self.context.new_page()
        self.name = ""
        self.troubles: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(f"uncaught: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def see(self, testid: str, text: str | re.Pattern[str] | None = None) -> Locator:
        """What has that test id (and that text), once it is visible."""
        found = self.page.get_by_test_id(testid)
        found = found.filter(has_text=text).first if text is not None else found.first
        expect(found).to_be_visible(timeout=WAIT_MS)
        return found

    def texts(self, testid: str) -> list[str]:
        """Texts of all that have that test id."""
        return [text.strip() for text in self.page.get_by_test_id(testid).all_inner_texts()]

    # ---------------------------------------------------------------------------------------------- what one does

    def sign_up(self, name: str) -> None:
        """From the front page to the lobby, as somebody new."""
        self.name = name
        self.page.goto("/signup")
        self.see("signup-name").fill(name)
        self.see("signup-email").fill(self.email)
        self.see("signup-password").fill(PASSWORD)
        self.see("signup-submit").click()
        self.see("online-person", name)

    @property
    def email(self) -> str:
        """The address one signed up with."""
        return f"{self.name.replace(' ', '.')}@example.org"

    def log_in(self, password: str = PASSWORD) -> None:
        """From the log-in page to the lobby."""
        self.see("login-name").fill(self.name)
        self.see("login-password").fill(password)
        self.see("login-submit").click()
        self.see("lobby")

    def start_quiz(self, category: int, **fields: object) -> int:
        """From the lobby into a room of one's own; its id. Fields are those of the form (`questions`, `max_time`)."""
        self.page.locator(f'[data-testid=category][data-id="{category}"]').click()
        for field, value in fields.items():
            self.see(f"new-{field.replace('_', '-')}").fill(str(value))
        self.see("new-submit").click()
        self.see("room-page")
        return int(self.page.url.rsplit("/", 1)[1])

    def join(self, room_id: int) -> None:
        """From the lobby into somebody's room."""
        self.page.locator(f'[data-testid=room][data-id="{room_id}"]').get_by_test_id("join").click()
        self.see("room-page")

    def question(self) -> tuple[str, str]:
        """Id and text of the open question."""
        shown = self.see("question")
        return shown.get_attribute("data-id") or "", shown.inner_text().strip()

    def answer(self, text: str) -> None:
        """Type a try and send it by the Enter key."""
        field = self.see("answer")
        field.fill(text)
        field.press("Enter")

    def win_round(self, pack: Pack) -> str:
        """Answer the open question right and see that its round is over; the answer."""
        number, text = self.question()
        self.answer(pack.by_text[text])
        expect(self.page.locator(f'[data-testid=question][data-id="{number}"]')).to_have_count(0, timeout=WAIT_MS)
        return pack.by_text[text]

    def results(self) -> list[str]:
        """Lines of the final table."""
        self.see("results")
        return [" ".join(line.split()) for line in self.texts("result")]

    def press_until(self, selector: str, key: str = "Tab", times: int = 80) -> None:
        """Walk with the keyboard until what the selector names has the focus."""
        for _ in range(times):
            if self.page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{selector} can't be reached with {key}")

    def forgive_network(self) -> None:
        """A server was killed meanwhile: that the browser says so is right."""
        self.troubles = [trouble for trouble in self.troubles if not OF_THE_NETWORK.search(trouble)]

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@contextmanager
def visiting(visitor: Visitor) -> Iterator[Visitor]:
    """The visit; afterwards the browser may have had nothing to complain of."""
    try:
        yield visitor
        assert visitor.troubles == [], visitor.troubles
    finally:
        visitor.context.close()
