"""WebSocket upgrades, taken off Tornado's HTTP server before any request handler is made.

The handshake of RFC 6455 is a dozen lines; Tornado's and sockjs-tornado's way to it (application, routing, handler,
session, two coroutines) is what a connect costs most. Everything that is no valid upgrade goes on to the application.
"""

import base64
import hashlib
import re
from typing import Any

from tornado import httputil
from tornado.http1connection import HTTP1Connection

from wsgateway.sockets.websocket import WebSocket
from wsgateway.sockjs.handler import allowed
from wsgateway.sockjs.router import Router
from wsgateway.sockjs.sockets import take_socket
from wsgateway.sockjs.websocket import SockJSWebSocket

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
RAW_PATH = "/ws/websocket"
SOCKJS_PATH = re.compile(r"/ws/[^/.]+/[^/.]+/websocket")

#: RFC 6455, and the drafts whose frames are the same (Firefox 6 to 10, Chrome 14 and 15)
VERSIONS = ("13", "8", "7")

REFUSALS = {
    403: b"HTTP/1.1 403 Forbidden\r\n",
    503: b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n",
}


def accept_value(key: str) -> str:
    """`Sec-WebSocket-Accept` for a `Sec-WebSocket-Key`."""
    return base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()  # noqa: S324 - RFC 6455 wants SHA-1


def is_upgrade(start_line: httputil.RequestStartLine, headers: httputil.HTTPHeaders) -> bool:
    """Whether this is a WebSocket handshake as RFC 6455, 4.2.1 has it."""
    return (
        start_line.method == "GET"
        and headers.get("Upgrade", "").lower() == "websocket"
        and "upgrade" in [part.strip().lower() for part in headers.get("Connection", "").split(",")]
        and headers.get("Sec-WebSocket-Version") in VERSIONS
        and is_key(headers.get("Sec-WebSocket-Key", ""))
        and bool(headers.get("Host"))
    )


def is_key(key: str) -> bool:
    """A key is 16 bytes in base64."""
    try:
        return len(base64.b64decode(key, validate=True)) == 16
    except ValueError:
        return False


class Front(httputil.HTTPServerConnectionDelegate):
    """Stands before the application in Tornado's HTTP server."""

    def __init__(self, application: httputil.HTTPServerConnectionDelegate, router: Router) -> None:
        self.application, self.router = application, router
        self.reception = router.reception

    def start_request(self, server_conn: object, request_conn: httputil.HTTPConnection) -> httputil.HTTPMessageDelegate:
        """Tornado's call."""
        assert isinstance(request_conn, HTTP1Connection)
        return FrontRequest(self, server_conn, request_conn)

    def on_close(self, server_conn: object) -> None:
        """Tornado's call."""
        self.application.on_close(server_conn)


class FrontRequest(httputil.HTTPMessageDelegate):
    """One request: an upgrade is carried out at the headers, anything else is passed on."""

    def __init__(self, front: Front, server_conn: object, connection: HTTP1Connection) -> None:
        self._front, self._server_conn, self._connection = front, server_conn, connection
        self._next: httputil.HTTPMessageDelegate | None = None

    def headers_received(self, start_line: Any, headers: httputil.HTTPHeaders) -> Any:
        """Tornado's call."""
        path = start_line.path.partition("?")[0]
        kind = socket_kind(path) if self._front.router.options.websocket else None
        if kind is not None and is_upgrade(start_line, headers):
            if self._welcome(headers):
                self._upgrade(kind, headers)
            return None
        self._next = self._front.application.start_request(self._server_conn, self._connection)
        return self._next.headers_received(start_line, headers)

    def _refuse(self, status: int) -> None:
        stream = self._connection.detach()
        if not stream.closed():
            stream.write(REFUSALS[status] + b"Content-Length: 0\r\nConnection: close\r\n\r\n")
            stream.close()

    def _welcome(self, headers: httputil.HTTPHeaders) -> bool:
        """Whether this page, and one more from there, may have a socket; it is told when not."""
        if not allowed(self._front.router.origins, headers):
            self._front.reception.refused("origin")
            self._refuse(403)
        elif not self._front.reception.admits(client_address(self._connection)):
            self._refuse(503)
        else:
            return True
        return False

    def _upgrade(self, kind: type[WebSocket], headers: httputil.HTTPHeaders) -> None:
        reception, address = self._front.reception, client_address(self._connection)
        if (taken := take_socket(self._connection.detach())) is None:
            return
        sock, received = taken
        connection = kind(reception, reception.next_number(), address, sock, self._front.router.poller)
        reception.opened(connection)
        connection.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept_value(headers["Sec-WebSocket-Key"]).encode()
            + b"\r\n\r\n"
        )
        connection.begin(received)

    def data_received(self, chunk: bytes) -> Any:
        """Tornado's call."""
        return self._next.data_received(chunk) if self._next is not None else None

    def finish(self) -> None:
        """Tornado's call."""
        if self._next is not None:
            self._next.finish()

    def on_connection_close(self) -> None:
        """Tornado's call."""
        if self._next is not None:
            self._next.on_connection_close()


def socket_kind(path: str) -> type[WebSocket] | None:
    """Which WebSocket a path asks for; None: none."""
    if path == RAW_PATH:
        return WebSocket
    return SockJSWebSocket if SOCKJS_PATH.fullmatch(path) else None


def client_address(connection: HTTP1Connection) -> str:
    """The client's IP as nginx says it (X-Forwarded-For); "" when nobody says it on a unix socket."""
    address: str = connection.context.remote_ip  # type: ignore[attr-defined]
    return "" if address == "0.0.0.0" else address  # noqa: S104
