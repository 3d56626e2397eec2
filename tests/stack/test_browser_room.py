"""What goes wrong around a game: focus, a cut line, a link from a friend, the operator's word, a clock that jumps."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, expect

from tests.stack.black_box.operator import Operator
from tests.stack.pack import Pack
from tests.stack.product import Product
from tests.stack.visitor import DESK, PASSWORD, PHONE, WAIT_MS, Visitor, visiting

pytestmark = pytest.mark.browser

#: every page's own clock can be set forward; the time that passes can't be
SETTABLE_CLOCK = """
    const passed = Date.now;
    window.setForward = 0;
    Date.now = () => passed() + window.setForward;
"""


@pytest.fixture
def desk(stack: Product, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Somebody new at a desk."""
    with visiting(Visitor(chromium, stack.url)) as visitor:
        visitor.sign_up(f"Desk {abs(hash(request.node.name)) % 100_000}")
        yield visitor


def test_first_answer_can_be_typed_at_once_after_opening_and_joining(
    stack: Product, chromium: Browser, desk: Visitor, category: int, pack: Pack
):
    room_id = desk.start_quiz(category, questions=3, max_time=60)
    type_blindly(desk, "zulu")
    with visiting(Visitor(chromium, stack.url)) as guest:
        guest.sign_up(f"Guest of {room_id}")
        guest.join(room_id)
        type_blindly(guest, "yankee")
        guest.see("leave").click()
        guest.see("lobby")
        guest.page.goto(f"/rooms/{room_id}")
        guest.see("gate-join").click()
        guest.see("room-page")
        type_blindly(guest, "x-ray")


def type_blindly(visitor: Visitor, text: str) -> None:
    """Answer without a click or a look at the field."""
    visitor.question()
    visitor.page.keyboard.type(text)
    visitor.page.keyboard.press("Enter")
    visitor.see("try", text)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_lost_connection_moves_nothing_in_the_room(
    stack: Product, chromium: Browser, category: int, size: dict[str, int], pack: Pack
):
    with visiting(Visitor(chromium, stack.url, size=size)) as visitor:
        visitor.sign_up(f"Cut off {size['width']}")
        visitor.start_quiz(category, questions=3, max_time=60)
        visitor.question()
        field = visitor.see("answer")
        before = place_of(field)
        assert before["y"] + before["height"] <= size["height"]

        with gateways_away(stack):
            visitor.see("reconnect")

            assert place_of(field) == before
            assert visitor.overflow() == 0
            leave = place_of(visitor.see("leave"))
            banner = place_of(visitor.page.locator("[data-testid=connection]"))
            assert banner["y"] >= leave["y"] + leave["height"]
        expect(visitor.page.locator("[data-testid=connection][data-phase=online]")).to_be_attached(timeout=2 * WAIT_MS)
        visitor.forgive_network()


@contextmanager
def gateways_away(stack: Product) -> Iterator[None]:
    """No gateway is running; nobody has a line."""
    names = sorted(name for name in stack.names() if name.startswith("gateway-"))
    for name in names:
        stack.supervise("stopProcess", name)
    try:
        yield
    finally:
        for name in names:
            stack.supervise("startProcess", name)


def place_of(what: Locator) -> FloatRect:
    """Its box on the screen, once it stands still."""
    place = what.bounding_box()
    assert place
    return place


def test_room_one_was_invited_to_is_kept_through_making_an_account(
    stack: Product, chromium: Browser, desk: Visitor, category: int, pack: Pack
):
    room_id = desk.start_quiz(category, questions=3, max_time=60)
    with visiting(Visitor(chromium, stack.url)) as friend:
        friend.page.goto(f"/rooms/{room_id}")
        friend.see("to-signup").click()
        friend.see("signup-name").fill(f"Friend of {room_id}")
        friend.page.get_by_role("link", name="Log in").click()
        friend.see("to-forgot").click()
        friend.see("forgot-email")
        friend.page.locator("a[href^='/login']").click()
        friend.see("to-signup").click()
        friend.see("signup-name").fill(f"Friend of {room_id}")
        friend.see("signup-email").fill(f"friend.{room_id}@example.org")
        friend.see("signup-password").fill(PASSWORD)
        friend.see("signup-submit").click()
        friend.see("gate-join").click()
        friend.see("room-page")
        assert friend.page.url == f"{stack.url}/rooms/{room_id}"
        desk.see("player", f"Friend of {room_id}")


def test_operator_s_closing_is_told_in_the_player_s_language_with_their_words_beside_it(
    stack: Product, chromium: Browser, category: int, pack: Pack
):
    operator = Operator(stack)
    with visiting(Visitor(chromium, stack.url, locale="uk-UA")) as player:
        player.sign_up("Olena")
        operator.act("rooms/room/", "close", player.start_quiz(category, questions=3, max_time=60))
        expect(player.see("closing")).to_have_text("Кімнату закрив оператор.")
        expect(player.page.get_by_test_id("closing-words")).to_have_count(0)
        expect(player.page.get_by_test_id("announcer")).to_contain_text("Кімнату закрив оператор.")
        player.see("to-lobby").click()
        room_id = player.start_quiz(category, questions=3, max_time=60)
        operator.act("rooms/room/", "close", room_id, message="Back at nine.")
        expect(player.see("closing")).to_have_text("Кімнату закрив оператор.")
        expect(player.see("closing-words")).to_have_text("Back at nine.")


def test_countdown_goes_on_when_the_device_s_clock_jumps_an_hour(
    stack: Product, chromium: Browser, category: int, pack: Pack
):
    with visiting(Visitor(chromium, stack.url)) as visitor:
        visitor.page.add_init_script(SETTABLE_CLOCK)
        visitor.sign_up("Time traveller")
        visitor.start_quiz(category, questions=3, max_time=60)
        visitor.question()
        seconds = int(visitor.see("countdown").locator("b").inner_text())

        visitor.page.evaluate("window.setForward = 3600 * 1000")

        shown = visitor.see("countdown").locator("b")
        expect(shown).to_have_text(str(seconds - 2), timeout=WAIT_MS)
        visitor.win_round(pack)
        visitor.question()
        assert 50 < int(visitor.see("countdown").locator("b").inner_text()) <= 60
