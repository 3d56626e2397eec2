"""A client of one SockJS session over HTTP, for tests through nginx, where chunks are no frames any more.

async with Visitor(where, "eventsource") as visitor:
    await visitor.connect(23, token)
    await visitor.until("pong", ref="1")
"""

import asyncio
import contextlib
import json
import re
from typing import Any, Self
from urllib.parse import quote

from tests.wsgateway.sockjs.wire import Wire, ask, new_session

WAIT_S = 15.0
#: transport -> (method, path, how a frame is told from what is around it, how messages are sent)
TRANSPORTS = {
    "xhr": ("POST", "xhr", re.compile(r"([oach].*)\n"), "xhr_send"),
    "jsonp": ("GET", "jsonp?c=_jp.a", re.compile(r'/\*\*/_jp\.a\((".*")\);\r\n'), "jsonp_send"),
    "xhr_streaming": ("POST", "xhr_streaming", re.compile(r"(?:h{2048}|([oach].*))\n"), "xhr_send"),
    "eventsource": ("GET", "eventsource", re.compile(r"data: (.*)\r\n\r\n"), "xhr_send"),
    "htmlfile": ("GET", "htmlfile?c=_jp.a", re.compile(r'<script>\np\((".*")\);\n</script>\r\n'), "xhr_send"),
}


class Over(Exception):  # noqa: N818
    """The session has ended; a real client would open another one."""


class Visitor:
    """Reads until the session is over, whatever way; `inbox` has the messages not asked for yet."""

    def __init__(self, where: str, transport: str) -> None:
        self.where, self.transport, self.session = where, transport, new_session()
        self.method, self.path, self.pattern, self.sending = TRANSPORTS[transport]
        self.inbox: list[dict[str, Any]] = []
        self.opened = self.responses = 0
        self.over = ""
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._receive())
        await self._wait(lambda: self.opened)
        return self

    async def __aexit__(self, *error: object) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _receive(self) -> None:
        while not self.over:
            async with Wire(self.where) as wire:
                try:
                    await self._response(wire)
                except (OSError, EOFError, ValueError) as broken:
                    self.over = f"cut: {type(broken).__name__}"
            self._news.set()

    async def _response(self, wire: Wire) -> None:
        self.responses += 1
        head = await wire.head(self.method, f"{self.session}/{self.path}", waiting_s=600)
        if head.status != 200:
            self.over = f"status {head.status}"
            return
        text = ""
        while chunk := await wire.piece(head, waiting_s=600):
            text = self._frames(text + chunk.decode())

    def _frames(self, text: str) -> str:
        """Take the whole frames; returns what is behind them."""
        end = 0
        for found in self.pattern.finditer(text):
            end = found.end()
            frame = found[1] or "h"
            self._frame(json.loads(frame) if frame[0] == '"' else frame)
        return text[end:] if end or self.transport != "htmlfile" else text

    def _frame(self, frame: str) -> None:
        if frame == "o":
            self.opened += 1
            if self.opened > 1:
                self.over = "server lost session"
        elif frame[0] == "c":
            self.over = frame
        elif frame[0] == "a":
            self.inbox += [json.loads(message) for message in json.loads(frame[1:])]
        self._news.set()

    async def say(self, message: dict[str, Any]) -> None:
        """Send. Raises `Over` when the session is unknown by now."""
        body = json.dumps([json.dumps(message)])
        headers = {}
        if self.sending == "jsonp_send":
            body, headers = "d=" + quote(body), {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await ask(self.where, "POST", f"{self.session}/{self.sending}", headers, body=body)
        if answer.status not in (200, 204):
            raise Over(f"status {answer.status}")

    async def connect(self, user: int, token: str) -> dict[str, Any]:
        """Say who we are."""
        await self.say({"action": "connect", "id": user, "name": "", "token": token})
        return await self.until("connected")

    async def until(self, action: str, **fields: Any) -> dict[str, Any]:
        """The next message like that. Raises `Over`."""

        def found() -> dict[str, Any] | None:
            wanted = {"action": action, **fields}
            return next((one for one in self.inbox if wanted.items() <= one.items()), None)

        message: dict[str, Any] = await self._wait(found)
        self.inbox.remove(message)
        return message

    async def _wait(self, found: Any) -> Any:
        async with asyncio.timeout(WAIT_S):
            while not (result := found()):
                if self.over:
                    raise Over(self.over)
                self._news.clear()
                await self._news.wait()
        return result

    async def lives(self, ref: str) -> bool:
        """Whether a ping is answered; False when the session is over, told in whatever way."""
        try:
            await self.say({"action": "ping", "ref": ref})
            await self.until("pong", ref=ref)
        except (Over, OSError, EOFError):
            return False
        return True
