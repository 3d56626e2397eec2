"""sockjs-tornado's router over our reception: sessions, and which address is answered by what."""

import asyncio
import socket
from typing import Any

from wsgateway.clients.reception import Reception
from wsgateway.sockets.origins import Origins
from wsgateway.sockets.poller import Poller
from wsgateway.sockets.wheel import Wheel
from wsgateway.sockjs.handler import SockJSHandler
from wsgateway.sockjs.http_connection import HttpConnection, SessionDoor
from wsgateway.sockjs.options import SESSION, SockJSOptions
from wsgateway.sockjs.package import SockJSRouter
from wsgateway.sockjs.pages import Greeting, IframePage, Info, NoWebSocket
from wsgateway.sockjs.polling import Jsonp, Xhr
from wsgateway.sockjs.sending import JsonpSend, XhrSend
from wsgateway.sockjs.session import HttpSession
from wsgateway.sockjs.stream import Framing, Stream
from wsgateway.sockjs.streaming import EventSource, HtmlFile, XhrStreaming

PREFIX = "/ws"

SESSION_PAGES: list[tuple[str, type[SockJSHandler]]] = [
    ("xhr", Xhr),
    ("xhr_send", XhrSend),
    ("xhr_streaming", XhrStreaming),
    ("eventsource", EventSource),
    ("htmlfile", HtmlFile),
    ("jsonp", Jsonp),
    ("jsonp_send", JsonpSend),
    ("websocket", NoWebSocket),
]
PAGES: list[tuple[str, type[SockJSHandler]]] = [
    (r"/?", Greeting),
    (r"/info", Info),
    (r"/iframe[0-9a-z._-]*\.html", IframePage),
    (r"/websocket", NoWebSocket),
]


class Router(SockJSRouter):
    """Build it inside the running loop, on which the package's clock of sessions sits."""

    def __init__(
        self, reception: Reception, origins: Origins, poller: Poller, options: SockJSOptions | None = None
    ) -> None:
        options = options or SockJSOptions()
        door = type("ReceptionDoor", (SessionDoor,), {"reception": reception})
        settings = {"disconnect_delay": options.disconnect_s, "jsessionid": options.cookie}
        super().__init__(door, PREFIX, settings, session_kls=HttpSession)
        self.reception, self.limits, self.origins, self.options = reception, reception.limits, origins, options
        self.poller = poller
        self._farewells: Wheel[Stream] = Wheel(self.limits.linger_s, lambda stream: stream.too_late())
        self._farewells.start()
        self._later: dict[HttpConnection, None] = {}

    @property
    def urls(self) -> list[Any]:
        """Handlers for `tornado.web.Application`."""
        mine = {"server": self}
        sessions = [(f"{PREFIX}{SESSION}/{name}", page, mine) for name, page in SESSION_PAGES]
        return [*sessions, *((PREFIX + path, page, mine) for path, page in PAGES)]

    def session_for(self, session_id: str, address: str) -> HttpSession | None:
        """The session of that name, made if need be; None when there may be no more of them."""
        session: HttpSession | None = self.get_session(session_id)
        if session is not None:
            return session
        known = "" if address == "0.0.0.0" else address  # noqa: S104
        if len(self._sessions._items) >= self.limits.http_sessions:
            self.reception.refused("sessions")
            return None
        if not self.reception.admits(known):
            return None
        made: HttpSession = self.create_session(session_id)
        return made

    def flush_later(self, connection: HttpConnection) -> None:
        """Answer that session's poll in `poll_chatter_s`, with all others that wait for it."""
        if not self._later:
            asyncio.get_running_loop().call_later(self.limits.poll_chatter_s, self._flush_all)
        self._later[connection] = None

    def _flush_all(self) -> None:
        later, self._later = self._later, {}
        for connection in later:
            connection.flush()

    def refuse(self, handler: SockJSHandler) -> None:
        """No new session now: nothing is kept of it, the client comes back by itself."""
        handler.preflight()
        handler.disable_cache()
        handler.set_header("Retry-After", "2")
        handler.set_status(503)
        handler.finish()

    def open_stream(self, sock: socket.socket, name: str, conn_info: Any, framing: Framing) -> Stream:
        """A streaming response on a socket that left Tornado."""
        return Stream(
            sock, name=name, conn_info=conn_info, framing=framing, limit=self.options.response_bytes,
            poller=self.poller, wheel=self._farewells,
        )  # fmt: skip
