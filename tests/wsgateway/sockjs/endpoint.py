"""A SockJS endpoint of ours with a service behind it that only echoes, in a process of its own: the protocol's test
server. `python -m tests.wsgateway.sockjs.endpoint NAME HOST:PORT|unix:/path` serves one of `ENDPOINTS`.
"""

import asyncio
import sys

from tornado.httpserver import HTTPServer
from tornado.web import Application

from wsgateway.limits import Limits
from wsgateway.listening import bind
from wsgateway.sockets.connection import Connection
from wsgateway.sockets.origins import Origins
from wsgateway.sockets.poller import Poller
from wsgateway.sockets.wheel import Wheel
from wsgateway.sockjs.handshake import Front
from wsgateway.sockjs.options import SockJSOptions
from wsgateway.sockjs.router import Router
from wsgateway.wire import close_codes

SMALL = 4096
HEARTBEAT_S = 0.4

#: by name: options, limits, whether the service closes every session at once
ENDPOINTS: dict[str, tuple[SockJSOptions, Limits, bool]] = {
    "echo": (SockJSOptions(response_bytes=SMALL), Limits(), False),
    "close": (SockJSOptions(), Limits(), True),
    "no-websocket": (SockJSOptions(websocket=False), Limits(), False),
    "cookie": (SockJSOptions(cookie=True), Limits(), False),
    "impatient": (SockJSOptions(disconnect_s=0.3), Limits(heartbeat_s=HEARTBEAT_S), False),
    "patient": (SockJSOptions(response_bytes=1 << 30), Limits(queue_bytes=1 << 24, chatter_bytes=1 << 24), False),
    "small": (
        SockJSOptions(disconnect_s=0.5),
        Limits(http_sessions=4, queue_bytes=20_000, chatter_bytes=10_000, heartbeat_s=HEARTBEAT_S, linger_s=0.3),
        False,
    ),
}


class Echo:
    """Stands where wsgateway/clients/reception.py stands in the product."""

    def __init__(self, limits: Limits, *, closing: bool) -> None:
        self.limits, self.closing = limits, closing
        self.connections: dict[Connection, None] = {}
        self.router: Router | None = None
        self._numbers = 0
        self._beats: Wheel[Connection] = Wheel(limits.heartbeat_s, lambda connection: connection.beat(), again=True)
        self._lingering: Wheel[Connection] = Wheel(limits.linger_s, lambda connection: connection.abort())
        self._beats.start()
        self._lingering.start()

    def admits(self, address: str) -> bool:
        """As the reception does."""
        return sum(1 for one in self.connections if one.address == address) < self.limits.sockets_per_address

    def refused(self, reason: str) -> None:
        """The reception counts them."""

    def allows_frame(self, connection: Connection) -> bool:
        """No limit here."""
        return True

    def dropped(self, reason: str) -> None:
        """The reception counts them."""

    def rewired(self) -> None:
        """There is no hub here."""

    def next_number(self) -> int:
        """As the reception does."""
        self._numbers += 1
        return self._numbers

    def opened(self, connection: Connection) -> None:
        """As the reception does."""
        self.connections[connection] = None
        connection.beat_slot = self._beats.put(connection)
        if self.closing:
            asyncio.get_running_loop().call_soon(connection.close, 3000, "Go away!")

    def closed(self, connection: Connection, code: int, reason: str) -> None:
        """As the reception does."""
        self.connections.pop(connection, None)
        self._beats.take(connection, connection.beat_slot)
        self._lingering.put(connection)

    def received(self, connection: Connection, text: bytes) -> None:
        """Echo; `flood:N` brings N times 1,000 bytes, `bye` the end, `count` how many HTTP sessions are kept."""
        if text == b"bye":
            connection.close(close_codes.LOGGED_OUT, "logged out")
        elif text.startswith(b"flood:"):
            for _ in range(int(text[6:])):
                connection.send(b"x" * 1000)
        elif text == b"count":
            assert self.router is not None
            connection.send(b"%d" % len(self.router._sessions._items))
        else:
            connection.send(text)


async def main(name: str, where: str) -> None:
    """Serve until killed."""
    options, limits, closing = ENDPOINTS[name]
    echo, poller = Echo(limits, closing=closing), Poller(asyncio.get_running_loop())
    origins = Origins("https://play.example,http://board.example")
    router = echo.router = Router(echo, origins, poller, options)  # type: ignore[arg-type]
    application = Application(router.urls, log_function=lambda handler: None)
    front = Front(application, router)
    server = HTTPServer(front, xheaders=True, max_header_size=limits.header_bytes, max_body_size=limits.body_bytes)
    server.add_sockets(bind(where))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
