"""SockJS without WebSocket, through nginx: nothing is held back, and a session stays at its gateway."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.stack.black_box.player import Player
from tests.stack.black_box.table import message_faults
from tests.stack.product import Product

Json = dict[str, Any]


class Session:
    """A SockJS session over HTTP: one way to receive, and `xhr_send`."""

    def __init__(self, url: str, transport: str) -> None:
        self.base, self.transport = f"{url}/ws/000/{uuid.uuid4().hex}", transport
        self.http = requests.Session()
        self._frames = self._polled() if transport == "xhr" else self._streamed()
        self._messages = self._each()

    def send(self, *messages: Json) -> None:
        """Messages to the server."""
        body = json.dumps([json.dumps(message) for message in messages])
        answer = requests.post(f"{self.base}/xhr_send", data=body, timeout=20)
        assert (answer.status_code, answer.content) == (204, b"")

    def until(self, action: str) -> Json:
        """The next message of that action; what came before it is dropped."""
        for message in self._messages:
            assert message_faults(message) == []
            if message.get("action") == action:
                return message
        raise AssertionError("the stream ended")

    def _each(self) -> Iterator[Json]:
        for frame in self._frames:
            yield from map(json.loads, json.loads(frame[1:]) if frame.startswith("a") else [])

    def opened(self) -> bool:
        """The first frame is `o`."""
        return next(self._frames) == "o"

    def _polled(self) -> Iterator[str]:
        while True:
            answer = self.http.post(f"{self.base}/xhr", timeout=40)
            assert answer.status_code == 200
            yield from answer.text.splitlines()

    def _streamed(self) -> Iterator[str]:
        method = "POST" if self.transport == "xhr_streaming" else "GET"
        with self.http.request(method, f"{self.base}/{self.transport}", stream=True, timeout=40) as answer:
            assert answer.status_code == 200
            for line in answer.iter_lines(chunk_size=1, decode_unicode=True):
                if frame := self._frame(str(line)):
                    yield frame

    def _frame(self, line: str) -> str:
        """The SockJS frame in a line of the stream; empty for the padding around it."""
        if self.transport == "eventsource":
            return line.removeprefix("data: ") if line.startswith("data: ") else ""
        return line if line[:1] in ("o", "a", "c", "h") and not line.startswith("hhh") else ""


@pytest.mark.timeout(60)
@pytest.mark.parametrize("transport", ["xhr", "xhr_streaming", "eventsource"])
def test_session_over_http_through_the_front_door(stack: Product, bogdan: Player, transport: str):
    session = Session(stack.url, transport)
    assert session.opened()

    session.send({"action": "connect", "id": bogdan.id, "name": bogdan.name, "token": bogdan.token})
    connected = session.until("connected")
    session.send({"action": "ping", "ref": "one"}, {"action": "dance"})
    pong, error = session.until("pong"), session.until("error")
    stack.redis().publish(str(bogdan.id), '{"action":"hi"}')

    assert (connected["id"], connected["name"], pong["ref"]) == (bogdan.id, bogdan.name, "one")
    assert error["code"] == "unknown_action"
    assert session.until("hi") == {"action": "hi"}
    session.http.close()


def test_info_tells_what_the_server_can(stack: Product):
    info = stack.get("/ws/info").json()

    assert {name: info[name] for name in ("websocket", "cookie_needed", "origins")} == {
        "websocket": True,
        "cookie_needed": False,
        "origins": ["*:*"],
    }
    assert isinstance(info["entropy"], int)
