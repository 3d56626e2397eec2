"""Two real browsers play a quiz against each other on the running product, to its end, whatever happens on the way."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.stack.pack import Pack
from tests.stack.product import Product, wait_for
from tests.stack.visitor import PHONE, WAIT_MS, Visitor, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def people(stack: Product, chromium: Browser) -> Iterator[tuple[Visitor, Visitor]]:
    """Two people who have just signed up, one at a desk and one with a phone."""
    with ExitStack() as visits:
        desk = visits.enter_context(visiting(Visitor(chromium, stack.url)))
        phone = visits.enter_context(visiting(Visitor(chromium, stack.url, size=PHONE)))
        desk.sign_up("Desk")
        phone.sign_up("Phone")
        yield desk, phone


@pytest.fixture
def pair(people: tuple[Visitor, Visitor]) -> Iterator[tuple[Visitor, Visitor]]:
    """The two in the lobby; afterwards their browsers have nothing to complain of."""
    for visitor in people:
        visitor.page.goto("/")
        visitor.see("lobby")
    yield people
    assert [visitor.troubles for visitor in people] == [[], []]


def open_game(pair: tuple[Visitor, Visitor], category: int, **fields: object) -> int:
    """One starts a quiz, the other finds it in the lobby and joins."""
    desk, phone = pair
    room_id = desk.start_quiz(category, **fields)
    phone.join(room_id)
    assert desk.question() == phone.question()
    for visitor in pair:
        for name in (desk.name, phone.name):
            visitor.see("player", name)
    return room_id


def test_two_browsers_meet_in_the_lobby_play_and_see_the_same_result(
    pair: tuple[Visitor, Visitor], category: int, pack: Pack
):
    desk, phone = pair
    desk.see("online-person", phone.name)
    phone.see("online-person", desk.name)
    open_game(pair, category, questions=3, max_time=60)

    phone.answer("zulu")
    assert desk.see("try", "zulu").get_attribute("data-right") == "false"
    answers = [desk.win_round(pack)]
    phone.see("round-end", answers[0])
    answers += [phone.win_round(pack), desk.win_round(pack)]

    lines = desk.results()
    assert phone.results() == lines
    assert [line.startswith(f"{place} ") and name in line for place, (line, name) in
            enumerate(zip(lines, (desk.name, phone.name), strict=True), 1)] == [True, True]  # fmt: skip
    assert "2" in lines[0].replace(desk.name, "")
    for visitor in pair:
        visitor.see("to-lobby").click()
        visitor.see("lobby")


def test_reload_in_the_middle_resumes_the_game(pair: tuple[Visitor, Visitor], category: int, pack: Pack):
    desk, phone = pair
    open_game(pair, category, questions=3, max_time=60)
    phone.win_round(pack)
    desk.answer("zulu")
    phone.see("try", "zulu")
    asked, score = desk.question(), phone.texts("player")

    for visitor in pair:
        visitor.page.reload()

    assert (desk.question(), phone.question()) == (asked, asked)
    assert (sorted(desk.texts("player")), sorted(phone.texts("player"))) == (sorted(score), sorted(score))
    phone.see("try", "zulu")
    desk.win_round(pack)
    phone.win_round(pack)
    assert desk.results() == phone.results()


def test_gateways_killed_in_the_middle_cost_the_players_nothing(
    stack: Product, pair: tuple[Visitor, Visitor], category: int, pack: Pack
):
    """Each gateway in turn, so that it is theirs whichever that is; nobody reloads or clicks anything."""
    desk, phone = pair
    open_game(pair, category, questions=5, max_time=60)
    desk.win_round(pack)

    for number, quick in ((1, desk), (2, phone)):
        died = stack.kill(f"gateway-{number}")
        answer = quick.win_round(pack)
        for visitor in pair:
            visitor.see("round-end", answer)
            expect(visitor.page.locator("[data-testid=connection][data-phase=online]")).to_be_attached(timeout=WAIT_MS)
        wait_for(lambda number=number, died=died: stack.pid(f"gateway-{number}") != died, 20)  # type: ignore[misc]
        wait_for((stack.var / f"gateway-{number}.sock").exists, 20)
    phone.win_round(pack)
    desk.win_round(pack)

    lines = desk.results()
    assert phone.results() == lines
    for visitor in pair:
        visitor.forgive_network()
    assert [name in line for name, line in zip((desk.name, phone.name), lines, strict=True)] == [True, True]


def test_hint_and_answer_come_by_themselves_and_are_shown(pair: tuple[Visitor, Visitor], category: int, pack: Pack):
    alone = pair[1]
    alone.start_quiz(category, questions=1, max_time=5)
    _, text = alone.question()

    alone.see("hint", pack.hints[pack.answers[text]])

    assert len(alone.results()) == 1
    expect(alone.page.get_by_test_id("announcer")).to_contain_text(pack.answers[text])
