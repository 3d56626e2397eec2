"""The built client in a real browser against the pretended backend: keyboard, reconnects, what ends a session.

`npm run build`, then `python -m pytest web/tests/browser`.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backend import ORIGIN, Backend, chromium, open_page
from stage import PLAYERS, closed, now_ms, tries, unknown_game


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def room(browser: Browser) -> Iterator[tuple[Page, Backend]]:
    """A signed-in player in room 7, the question open, on a phone."""
    page, backend, trouble = open_page(browser, "phone", "en", signed_in=True)
    page.goto(f"{ORIGIN}/rooms/7")
    expect(page.get_by_test_id("connection")).to_have_attribute("data-phase", "online")
    expect(page.get_by_test_id("question")).to_be_visible()
    yield page, backend
    page.context.close()
    assert trouble == []


def shown(answer: str, v: int) -> dict:
    user = {"id": 23, "name": "bogdan", "account": 0, "rating": 1500}
    return {"action": "new_answer", "room_id": 7, "v": v, "user": user, "answer": answer, "is_true": False,
            "time": now_ms(), "since": None}  # fmt: skip


def wait_for(page: Page, backend: Backend, action: str, count: int) -> list[dict]:
    """The messages with that action, once there are so many of them."""
    for _ in range(200):
        if len(backend.sent(action)) >= count:
            return backend.sent(action)
        page.wait_for_timeout(25)  # lets the route's callbacks run
    raise AssertionError(f"{action}: {backend.heard}")


def test_an_answer_by_keyboard_is_pending_until_shown_and_focus_stays(room: tuple[Page, Backend]) -> None:
    page, backend = room
    page.get_by_test_id("answer").focus()
    page.keyboard.type(" Paris ")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("pending")).to_contain_text("Paris")
    expect(page.get_by_test_id("answer")).to_be_focused()
    expect(page.get_by_test_id("answer")).to_have_value("")
    (sent,) = wait_for(page, backend, "play", 1)
    body = {"id": 310, "answer": "Paris"}
    assert sent == {"action": "play", "room_id": 7, "kind": "answer", "body": body, "ref": sent["ref"]}
    backend.send(shown("Paris", 41))
    expect(page.get_by_test_id("pending")).to_have_count(0)
    expect(page.locator("[data-testid=try][data-mine=true]").last).to_contain_text("Paris")


def test_a_cut_in_the_middle_is_resumed_by_sync_and_the_answer_goes_again_with_its_ref(
    room: tuple[Page, Backend],
) -> None:
    page, backend = room
    page.get_by_test_id("answer").fill("Paris")
    page.get_by_test_id("send").click()
    (first,) = wait_for(page, backend, "play", 1)
    syncs = len(backend.sent("sync"))
    backend.close(3001, json.dumps({"delay_ms": 50}))
    assert wait_for(page, backend, "sync", syncs + 1)[-1]["v"] == 40
    assert wait_for(page, backend, "play", 2)[1] == first
    assert backend.connects == 2
    expect(page.get_by_test_id("connection")).to_have_text("")


def test_the_token_goes_into_no_address(room: tuple[Page, Backend]) -> None:
    page, backend = room
    assert [message["token"] for message in backend.sent("connect")] == ["t-o-k-e-n"]
    assert not [url for url in backend.urls if "t-o-k-e-n" in url]


@pytest.mark.parametrize(
    ("code", "words"),
    [(4500, "Your session has ended"), (4501, "You were logged out"), (4503, "This account is banned")],
)
def test_a_close_for_good_ends_at_the_door_with_the_reason(room: tuple[Page, Backend], code: int, words: str) -> None:
    page, backend = room
    backend.close(code, "")
    expect(page.get_by_test_id("signed-out")).to_contain_text(words)
    assert page.evaluate("localStorage.getItem('gamehub.session')") is None
    assert backend.connects == 1


def test_a_round_is_told_to_screen_readers_and_shown(room: tuple[Page, Backend]) -> None:
    page, backend = room
    backend.send(*tries("en"))
    expect(page.get_by_test_id("reveal")).to_contain_text("Anna takes the point")
    announcer = page.get_by_test_id("announcer")
    expect(announcer).to_contain_text("Right answer: Paris. Anna takes the point")
    expect(announcer).to_contain_text("Question 4 of 10. Which city is the capital of Austria?")
    backend.send({"action": "hint", "room_id": 7, "v": 47, "id": 311, "hint": "V_____", "phase_ends": now_ms() + 9000})
    expect(announcer).to_contain_text("Hint: V_____")
    backend.send(closed(48))
    expect(page.get_by_test_id("winner")).to_have_text("Anna wins")
    expect(announcer).to_contain_text("Anna wins")


def test_a_recovering_server_shows_a_banner_until_the_resync(room: tuple[Page, Backend]) -> None:
    page, backend = room
    backend.send({"action": "error", "code": "degraded", "message": "…", "ref": None})
    expect(page.get_by_test_id("connection")).to_contain_text("The server is recovering")
    syncs = len(backend.sent("sync"))
    backend.send({"action": "resync", "reason": "redis"})
    expect(page.get_by_test_id("connection")).to_have_text("")
    wait_for(page, backend, "sync", syncs + 1)


def test_play_again_leads_to_the_room_of_the_same_name(room: tuple[Page, Backend]) -> None:
    page, backend = room
    backend.send(closed(41))
    page.get_by_test_id("again").click()
    for _ in range(100):
        if asked := [message for message in backend.heard if "game" in message]:
            break
        page.wait_for_timeout(25)
    assert asked[0]["options"] == {"category": 1, "questions": 10, "max_time": 20, "min_players": 1, "language": "en"}
    backend.send({"action": "room", **backend.view, "room_id": 8, "v": 2, "tries": []})
    expect(page).to_have_url(f"{ORIGIN}/rooms/8")
    expect(page.get_by_test_id("question")).to_be_visible()


def test_a_room_of_an_unknown_game_is_a_room_and_loads_no_other_game(browser: Browser) -> None:
    page, backend, trouble = open_page(browser, "phone", "en", signed_in=True)
    backend.view = unknown_game()
    page.goto(f"{ORIGIN}/rooms/7")
    expect(page.get_by_test_id("game-unknown")).to_contain_text("doesn’t know the game of this room")
    expect(page.get_by_test_id("connection")).to_have_attribute("data-phase", "online")
    backend.send({"action": "moved", "room_id": 7, "v": 41, "from": "e2"})
    backend.send({"action": "player_left", "room_id": 7, "v": 42, "user": PLAYERS[1], "reason": "left"})
    expect(page.get_by_test_id("player")).to_have_count(1)
    expect(page.locator("h1")).to_have_text("Lunch break")
    page.get_by_test_id("leave").click()
    expect(page).to_have_url(f"{ORIGIN}/")
    assert [url for url in backend.urls[: backend.urls.index(f"{ORIGIN}/api/v1/rooms/7/leave")] if "/quiz" in url] == []
    page.context.close()
    assert trouble == []


def test_the_owner_has_the_buttons_that_the_server_names(browser: Browser) -> None:
    page, backend, trouble = open_page(browser, "desk", "en", signed_in=True)
    backend.view = {**backend.view, "code": "K7MPQ2", "powers": ["pause", "skip", "kick"]}
    page.goto(f"{ORIGIN}/rooms/7")
    expect(page.get_by_test_id("room-code")).to_have_text("Code: K7MPQ2")
    expect(page.get_by_test_id("owner")).to_have_count(1)
    expect(page.get_by_test_id("powers").get_by_role("button")).to_have_text(["Pause", "Skip"])
    expect(page.get_by_test_id("connection")).to_have_attribute("data-phase", "online")
    page.get_by_test_id("power-pause").click()
    page.get_by_role("button", name="Show Anna the door").click()
    sent = wait_for(page, backend, "manage", 2)
    assert [(one["room_id"], one["kind"], one["body"]) for one in sent] == [(7, "pause", {}), (7, "kick", {"user": 24})]
    page.context.close()
    assert trouble == []


def test_the_back_button_leads_back_to_the_lobby(browser: Browser) -> None:
    page, _backend, trouble = open_page(browser, "desk", "en", signed_in=True)
    page.goto(f"{ORIGIN}/")
    page.locator("[data-testid=room][data-id='7'] [data-testid=join]").click()
    expect(page.get_by_test_id("question")).to_be_visible()
    page.go_back()
    expect(page.get_by_test_id("lobby")).to_be_visible()
    page.context.close()
    assert trouble == []


def test_a_guest_comes_to_the_room_that_was_asked_for_after_logging_in(browser: Browser) -> None:
    page, _backend, trouble = open_page(browser, "desk", "en", signed_in=False)
    page.goto(f"{ORIGIN}/rooms/7")
    page.get_by_test_id("login-name").fill("bogdan")
    page.get_by_test_id("login-password").fill("secret")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("question")).to_be_visible()
    assert page.url == f"{ORIGIN}/rooms/7"
    page.context.close()
    assert trouble == []


def test_a_reset_link_leaves_the_address_bar_at_once(browser: Browser) -> None:
    page, backend, trouble = open_page(browser, "phone", "en", signed_in=False)
    page.goto(f"{ORIGIN}/reset?uid=MQ&token=abc-123")
    page.get_by_test_id("reset-password").fill("a new password")
    assert page.url == f"{ORIGIN}/reset"
    page.get_by_test_id("reset-repeat").fill("a new password")
    page.get_by_test_id("reset-submit").click()
    expect(page.get_by_test_id("login-form")).to_be_visible()
    assert backend.bodies["password-reset/confirm"] == {"uid": "MQ", "token": "abc-123", "password": "a new password"}
    page.context.close()
    assert trouble == []
