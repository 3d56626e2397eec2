"""Pictures of the built client with a pretended backend: `npm run build`, then `python tests/browser/look.py`.

`look.py login question` takes only these scenes. A console error, a violation of the Content-Security-Policy or a page
wider than its window fails the run. Pictures go to tests/browser/shots/, at 390x844 and 1440x900, in English and
Russian. Never shipped.
"""

import sys
import time
from collections.abc import Callable

from playwright.sync_api import Browser, Page

from backend import HERE, ORIGIN, SIZES, Backend, chromium, open_page
from stage import PLAYERS, closed, tries, unknown_game

SHOTS = HERE / "shots"
LANGUAGES = ("en", "ru")


def login(page: Page, backend: Backend) -> None:
    page.goto(f"{ORIGIN}/login")
    page.get_by_test_id("login-name").fill("bogdan")


def signup(page: Page, backend: Backend) -> None:
    page.goto(f"{ORIGIN}/signup")
    page.get_by_test_id("signup-name").wait_for()


def lobby(page: Page, backend: Backend) -> None:
    page.goto(f"{ORIGIN}/")
    page.get_by_test_id("online-person").nth(3).wait_for()
    page.get_by_test_id("category").nth(3).wait_for()


def new_quiz(page: Page, backend: Backend) -> None:
    lobby(page, backend)
    page.get_by_test_id("category").first.click()
    page.get_by_test_id("new-submit").wait_for()


def profile(page: Page, backend: Backend) -> None:
    page.goto(f"{ORIGIN}/profile")
    page.get_by_test_id("profile-name").wait_for()


def waiting(page: Page, backend: Backend) -> None:
    backend.view = {**backend.view, "state": "waiting", "phase": "waiting", "phase_ends": None, "question": None,
                    "min_players": 8, "tries": [], "players": PLAYERS[:5]}  # fmt: skip
    enter(page)


def enter(page: Page) -> None:
    page.goto(f"{ORIGIN}/rooms/7")
    page.get_by_test_id("board").wait_for()
    page.wait_for_selector('[data-testid=connection][data-phase="online"]', state="attached")


def question(page: Page, backend: Backend) -> None:
    enter(page)
    for event in tries(backend.language):
        backend.send(event)
    page.get_by_test_id("round-end").first.wait_for()
    page.get_by_test_id("answer").fill("Vienn")


def hint(page: Page, backend: Backend) -> None:
    image = {**backend.view["question"], "image": "/pictures/tower.svg"}
    backend.view = {**backend.view, "question": image}
    enter(page)
    backend.send({"action": "hint", "room_id": 7, "v": 41, "id": 311, "hint": "В___ (letters: 4)",
                  "phase_ends": int(time.time() * 1000) + 9_000})  # fmt: skip
    page.get_by_test_id("hint").wait_for()


def unknown(page: Page, backend: Backend) -> None:
    backend.view = unknown_game()
    page.goto(f"{ORIGIN}/rooms/7")
    page.get_by_test_id("game-unknown").wait_for()


def owner(page: Page, backend: Backend) -> None:
    powers = ["start", "pause", "resume", "skip", "kick", "lock", "close"]
    backend.view = {**backend.view, "code": "K7MPQ2", "powers": powers}
    enter(page)


def over(page: Page, backend: Backend) -> None:
    enter(page)
    backend.send(closed(41))
    page.get_by_test_id("results").wait_for()


def cut(page: Page, backend: Backend) -> None:
    enter(page)
    backend.send({"action": "error", "code": "degraded", "message": "…", "ref": None})
    page.wait_for_selector(".banner")


def closed_by_operator(page: Page, backend: Backend) -> None:
    enter(page)
    words = "We move to a new machine tonight. Back at nine, with your points."
    backend.send(closed(41, "operator", words))
    page.get_by_test_id("closing-words").wait_for()


def lost(page: Page, backend: Backend) -> None:
    enter(page)
    page.route_web_socket("**/ws/**", lambda socket: socket.close(code=1001))
    backend.close(3001, '{"delay_ms": 60000}')
    page.get_by_test_id("reconnect").wait_for()


SCENES: dict[str, tuple[bool, Callable[[Page, Backend], None]]] = {
    "login": (False, login),
    "signup": (False, signup),
    "lobby": (True, lobby),
    "new-quiz": (True, new_quiz),
    "profile": (True, profile),
    "waiting": (True, waiting),
    "question": (True, question),
    "hint": (True, hint),
    "over": (True, over),
    "unknown": (True, unknown),
    "owner": (True, owner),
    "cut": (True, cut),
    "lost": (True, lost),
    "closed": (True, closed_by_operator),
}


def shoot(browser: Browser, scene: str, size: str, language: str) -> list[str]:
    """One picture; what the browser complained of, and a page wider than its window."""
    signed_in, play = SCENES[scene]
    page, backend, trouble = open_page(browser, size, language, signed_in=signed_in)
    play(page, backend)
    page.wait_for_timeout(900)  # the animations of entering, for the picture only
    page.screenshot(path=str(SHOTS / f"{scene}-{size}-{language}.png"))
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.context.close()
    return [f"{scene} {size} {language}: {text}" for text in trouble + ([f"{wide} px too wide"] if wide > 0 else [])]


def main(only: list[str]) -> int:
    SHOTS.mkdir(exist_ok=True)
    trouble = []
    with chromium() as browser:
        for scene in only or SCENES:
            for size in SIZES:
                for language in LANGUAGES:
                    trouble += shoot(browser, scene, size, language)
    print("\n".join(trouble) or "no complaints")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
