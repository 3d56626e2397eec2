"""A pretended backend for the built client: every request is answered by Playwright's routes, nothing listens.

The page is served with `default-src 'self'`, stricter than production, and `trouble` gathers what the browser says.
"""

import json
import mimetypes
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, WebSocketRoute, sync_playwright

from stage import ACCOUNT, CATEGORIES, ONLINE, ROOMS, room

HERE = Path(__file__).parent
DIST = HERE.parents[1] / "dist"
ORIGIN = "http://gamehub.test"
CSP = "default-src 'self'"
CHROMIUM = "/usr/bin/chromium"
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
FLAGS += ["--disable-component-update", "--disable-sync"]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}

TOKEN = "t-o-k-e-n"

Json = dict[str, Any]


class Backend:
    """Answers the page's requests and keeps its socket, so that a scene can send messages."""

    def __init__(self, page: Page, language: str) -> None:
        self.language, self.view = language, room(language)
        self.socket: WebSocketRoute | None = None
        #: everything the page sent on its sockets, oldest first
        self.heard: list[Json] = []
        #: how many sockets it has opened
        self.connects = 0
        self.urls: list[str] = []
        #: the last JSON body sent to each path of the API
        self.bodies: dict[str, Json] = {}
        page.route("**/*", self.answer)
        page.route_web_socket(re.compile(r".*/ws/.*"), self.connect)

    def connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        self.connects += 1
        socket.on_message(self.hear)
        socket.send("o")

    def hear(self, frame: str | bytes) -> None:
        for text in json.loads(frame):
            message = json.loads(text)
            self.heard.append(message)
            if message.get("action") == "connect":
                self.send({"action": "connected", "id": 23, "name": "bogdan", "online": ONLINE, "online_count": 214,
                           "rooms": [7]})  # fmt: skip
            elif message.get("action") == "ping":
                self.send({"action": "pong", "time": int(time.time() * 1000), "ref": None})
            elif message.get("action") == "sync":
                self.send({"action": "synced", "room_id": 7, "v": message["v"], "events": []})

    def sent(self, action: str) -> list[Json]:
        """What the page sent with that action."""
        return [message for message in self.heard if message.get("action") == action]

    def close(self, code: int, reason: str) -> None:
        """SockJS's own close frame, then the socket's."""
        assert self.socket is not None
        self.socket.send(f"c{json.dumps([code, reason])}")
        self.socket.close(code=1000)

    def send(self, *messages: Json) -> None:
        assert self.socket is not None
        self.socket.send("a" + json.dumps([json.dumps(message) for message in messages]))

    def answer(self, route: Route) -> None:
        self.urls.append(route.request.url)
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path.startswith("/api/v1/"):
            if route.request.post_data:
                self.bodies[path.removeprefix("/api/v1/")] = json.loads(route.request.post_data)
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
        if path == "login":
            return {"token": TOKEN, "expiry": None, "user": {**ACCOUNT, "language": self.language}}
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
        stored["gamehub.session"] = json.dumps({"token": TOKEN, "user": {**ACCOUNT, "language": language}})
    page.add_init_script(f"Object.entries({json.dumps(stored)}).forEach(([k, v]) => localStorage.setItem(k, v))")
    return page, backend, trouble


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
