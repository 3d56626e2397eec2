"""One account in a real browser: password forgotten, profile, language; a game by keyboard; the looks of pages."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.stack.mailbox import mailed_link
from tests.stack.pack import Pack
from tests.stack.product import Product, wait_for
from tests.stack.visitor import DESK, PASSWORD, PHONE, WAIT_MS, Visitor, visiting

pytestmark = pytest.mark.browser

PICTURE = Path(__file__).parents[2] / "web/public/icon-180.png"


@pytest.fixture
def visitor(stack: Product, chromium: Browser) -> Iterator[Visitor]:
    """Somebody who has never been here."""
    with visiting(Visitor(chromium, stack.url)) as visitor:
        yield visitor


def test_forgotten_password_is_set_anew_through_the_mail(stack: Product, visitor: Visitor):
    visitor.sign_up("Forgetful")
    visitor.see("logout").click()
    visitor.see("to-forgot").click()
    visitor.see("forgot-email").fill(visitor.email)
    visitor.see("forgot-submit").click()
    visitor.see("forgot-sent")

    visitor.page.goto(wait_for(lambda: mailed_link(stack, visitor.email), 20))
    visitor.see("reset-password").fill("an entirely new one 3")
    visitor.see("reset-repeat").fill("an entirely new one 3")
    visitor.see("reset-submit").click()
    visitor.log_in("an entirely new one 3")

    assert "token" not in visitor.page.url


def test_address_is_confirmed_and_changed_through_the_mails(stack: Product, visitor: Visitor):
    visitor.sign_up("Addressed")
    visitor.see("confirm-notice", visitor.email)
    visitor.page.goto(wait_for(lambda: mailed_link(stack, visitor.email, "confirm"), 20))
    visitor.see("confirm-submit").click()
    visitor.see("confirm-done")
    assert "token" not in visitor.page.url
    visitor.see("confirm-onward").click()
    visitor.see("lobby")
    expect(visitor.page.get_by_test_id("confirm-notice")).to_have_count(0)

    visitor.see("to-profile").click()
    visitor.see("email-status", re.compile("confirmed"))
    visitor.see("email-new").fill("elsewhere@example.org")
    visitor.see("email-password").fill(PASSWORD)
    visitor.see("email-submit").click()
    visitor.see("email-sent")
    visitor.see("email-status", re.compile("elsewhere@example.org waits"))

    visitor.page.goto(wait_for(lambda: mailed_link(stack, "elsewhere@example.org", "confirm"), 20))
    visitor.see("confirm-submit").click()
    visitor.see("confirm-done")
    visitor.page.goto("/profile")
    visitor.see("email-status", re.compile("elsewhere@example.org is confirmed"))
    wait_for(lambda: mailed_link(stack, visitor.email, "login"), 20)


def test_profile_is_changed_and_the_language_with_it(visitor: Visitor, category: int):
    visitor.sign_up("Changing")
    visitor.see("to-profile").click()
    visitor.see("profile-about").fill("Plays at night.")
    visitor.see("profile-name").fill("Changed")
    visitor.page.get_by_test_id("profile-avatar").set_input_files(PICTURE)
    expect(visitor.page.locator("main img[src^='/media/']").first).to_be_visible(timeout=WAIT_MS)
    visitor.see("profile-language").select_option("ru")
    visitor.see("profile-save").click()

    visitor.see("profile-form", re.compile("Язык"))
    visitor.page.reload()
    visitor.see("profile-form", re.compile("Язык"))
    assert visitor.see("profile-about").input_value() == "Plays at night."
    visitor.page.goto("/")
    visitor.see("online-person", "Changed")
    assert visitor.page.evaluate("document.documentElement.lang") == "ru"
    visitor.see("category", "Чёрный ящик")


def test_guest_s_browser_decides_the_language_and_a_click_changes_it(stack: Product, chromium: Browser):
    with visiting(Visitor(chromium, stack.url, locale="ru-RU")) as guest:
        guest.page.goto("/")
        expect(guest.see("login-submit")).to_have_text("Войти")
        guest.see("language-en").click()
        expect(guest.see("login-submit")).to_have_text("Log in")
        guest.page.reload()
        expect(guest.see("login-submit")).to_have_text("Log in")


def test_whole_game_is_played_by_keyboard_alone(visitor: Visitor, category: int, pack: Pack):
    keyboard = visitor.page.keyboard
    visitor.page.goto("/login")
    visitor.press_until("[data-testid=to-signup]")
    keyboard.press("Enter")
    for field, text in (("name", "Keys"), ("email", "keys@example.org"), ("password", "typed by hand 4")):
        visitor.press_until(f"[data-testid=signup-{field}]")
        keyboard.type(text)
    keyboard.press("Enter")
    visitor.see("category", pack.NAME)
    visitor.press_until(f'[data-testid=category][data-id="{category}"]')
    keyboard.press("Enter")
    visitor.press_until("[data-testid=new-questions]")
    keyboard.press("Control+A")
    keyboard.type("2")
    keyboard.press("Enter")
    for _ in range(2):
        number, text = visitor.question()
        visitor.press_until("[data-testid=answer]")
        keyboard.type(pack.answers[text])
        keyboard.press("Enter")
        expect(visitor.page.locator(f'[data-testid=question][data-id="{number}"]')).to_have_count(0, timeout=WAIT_MS)
    assert "2" in visitor.results()[0]
    visitor.press_until("[data-testid=to-lobby]")
    keyboard.press("Enter")
    visitor.see("lobby")


def test_no_page_is_wider_than_its_window(stack: Product, chromium: Browser, category: int, pack: Pack, tmp_path: Path):
    """At 390 and 1440 pixels, in English and Russian; pictures go to the test's folder, for a person to look at."""
    too_wide = {}
    for size, locale in product((PHONE, DESK), ("en-US", "ru-RU")):
        with visiting(Visitor(chromium, stack.url, size=size, locale=locale)) as visitor:
            look = Looks(visitor, tmp_path)
            look.at_the_door()
            look.inside()
            visitor.start_quiz(category, questions=1, max_time=60)
            visitor.answer("zulu")
            visitor.see("try", "zulu")
            look.at("question")
            visitor.win_round(pack)
            visitor.results()
            look.at("results")
            too_wide[size["width"], locale] = look.too_wide

    assert list(too_wide.values()) == [{}, {}, {}, {}]


class Looks:
    """One visitor's pages, photographed and measured."""

    def __init__(self, visitor: Visitor, folder: Path) -> None:
        self.visitor, self.folder = visitor, folder
        self.size = (visitor.page.viewport_size or DESK)["width"]
        self.language = visitor.page.evaluate("navigator.language")[:2]
        #: page -> pixels by which it is wider than the window
        self.too_wide: dict[str, int] = {}

    def at(self, name: str) -> None:
        """The page as it is now."""
        if wider := self.visitor.overflow():
            self.too_wide[name] = wider
        self.visitor.page.screenshot(path=self.folder / f"{self.size}-{self.language}-{name}.png", full_page=True)

    def at_the_door(self) -> None:
        """The pages for those who are not signed in."""
        for page in ("login", "signup", "forgot", "reset?uid=MQ&token=x", "confirm?token=x"):
            self.visitor.page.goto(f"/{page}")
            expect(self.visitor.page.locator("form")).to_be_visible(timeout=WAIT_MS)
            self.at(page.partition("?")[0])

    def inside(self) -> None:
        """Signed up: no such page, profile, lobby."""
        self.visitor.sign_up(f"Wide {self.size} {self.language}")
        self.visitor.page.goto("/nowhere")
        expect(self.visitor.page.locator("h1")).to_be_visible(timeout=WAIT_MS)
        self.at("nowhere")
        self.visitor.page.goto("/profile")
        self.visitor.see("profile-form")
        self.at("profile")
        self.visitor.page.goto("/")
        self.visitor.see("category")
        self.at("lobby")
