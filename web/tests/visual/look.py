"""Pictures of the built client with a pretended backend: `npm run build`, then `python tests/visual/look.py`.

Everything the page asks for is answered here, through Playwright's routes; nothing listens on a port. The page is
served with the Content-Security-Policy of production, and any violation or console error fails the run. Pictures go
to tests/visual/shots/, at 390x844 and 1440x900, in English and Russian. Never shipped.
"""

import json
import mimetypes
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, WebSocketRoute, sync_playwright

from stage import ACCOUNT, CATEGORIES, ONLINE, PLAYERS, ROOMS, results, room, tries

HERE = Path(__file__).parent
DIST = HERE.parents[1] / "dist"
SHOTS = HERE / "shots"
ORIGIN = "http://gamehub.test"
CSP = "default-src 'self'"
CHROMIUM = "/usr/bin/chromium"
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
FLAGS += ["--disable-component-update", "--disable-sync"]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
LANGUAGES = ("en", "ru")

Json = dict[str, Any]


class Backend:
    """Answers the page's requests and keeps its socket, so that a scene can send messages."""

    def __init__(self, page: Page, language: str) -> None:
        self.language, self.socket = language, None
        self.view = room(language)
        page.route("**/*", self.answer)
        page.route_web_socket(re.compile(r".*/ws/.*"), self.connect)

    def connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        socket.on_message(self.hear)
        socket.send("o")

    def hear(self, frame: str | bytes) -> None:
        for text in json.loads(frame):
            message = json.loads(text)
            if message.get("action") == "connect":
                self.send({"action": "connected", "id": 23, "name": "bogdan", "online": ONLINE, "online_count": 214,
                           "rooms": [7]})  # fmt: skip
            elif message.get("action") == "ping":
                self.send({"action": "pong", "time": int(time.time() * 1000), "ref": None})
            elif message.get("action") == "sync":
                self.send({"action": "synced", "room_id": 7, "v": message["v"], "events": []})

    def send(self, *messages: Json) -> None:
        assert self.socket is not None
        self.socket.send("a" + json.dumps([json.dumps(message) for message in messages]))

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path.startswith("/api/v1/"):
            return route.fulfill(json={"status": 0, "message": "ok", **self.api(path.removeprefix("/api/v1/"))})
        if path.startswith("/ws/info"):
            return route.fulfill(json={"websocket": True, "origins": ["*:*"], "cookie_needed": False, "entropy": 1})
        if path == "/pictures/tower.svg":
            return route.fulfill(path=str(HERE / "tower.svg"), content_type="image/svg+xml")
        file = DIST / path.lstrip("/")
        if not file.is_file():
            file = DIST / "index.html"
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return route.fulfill(body=file.read_bytes(), headers={"Content-Security-Policy": CSP, "Content-Type": kind})

    def api(self, path: str) -> Json:
        if path == "profile":
            return {"user": {**ACCOUNT, "language": self.language}}
        if path == "rooms":
            return {"count": len(ROOMS[self.language]), "results": ROOMS[self.language]}
        if path == "quiz/categories":
            return {"results": CATEGORIES[self.language]}
        if path.startswith("rooms/"):
            return {"room": self.view}
        return {}


def open_page(browser: Browser, size: str, language: str, *, signed_in: bool) -> tuple[Page, Backend, list[str]]:
    """A fresh browser context with the backend behind it, and the list that gathers what goes wrong."""
    page = browser.new_context(viewport=SIZES[size], device_scale_factor=1).new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    backend = Backend(page, language)
    stored = {"gamehub.language": language}
    if signed_in:
        stored["gamehub.session"] = json.dumps({"token": "t", "user": {**ACCOUNT, "language": language}})
    page.add_init_script(f"Object.entries({json.dumps(stored)}).forEach(([k, v]) => localStorage.setItem(k, v))")
    return page, backend, trouble


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
    backend.send({"action": "hint", "room_id": 7, "v": 41, "id": 311, "hint": "В _ н _",
                  "phase_ends": int(time.time() * 1000) + 9_000})  # fmt: skip
    page.get_by_test_id("hint").wait_for()


def over(page: Page, backend: Backend) -> None:
    enter(page)
    backend.send({"action": "close_room", "room_id": 7, "v": 41, "message": "finished", "results": results()})
    page.get_by_test_id("results").wait_for()


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for scene in only or SCENES:
            for size in SIZES:
                for language in LANGUAGES:
                    trouble += shoot(browser, scene, size, language)
        browser.close()
    print("\n".join(trouble) or "no complaints")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
