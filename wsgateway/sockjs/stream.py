"""A streaming response (xhr_streaming, eventsource, htmlfile) on a bare socket, taken off Tornado after the request.

A frame is wrapped once for all streams of its transport, and goes straight to `socket.send` while nothing waits:
no handler, no future and no task for a delivery.
"""

import json
import socket
from collections.abc import Callable
from select import EPOLLIN, EPOLLOUT
from typing import Any

from wsgateway.sockets.poller import READ, WRITE, Poller
from wsgateway.sockets.wheel import Wheel

RECV_BYTES = 4_096


class Framing:
    """How a transport wraps a frame, within HTTP/1.1's chunks or bare for HTTP/1.0. Shared by all its streams.

    The hub sends the same bytes object to one stream after the other, so that the last one is all that need be kept.
    """

    def __init__(self, wrap: Callable[[bytes], bytes], *, chunked: bool) -> None:
        self._wrap, self.chunked = wrap, chunked
        self._frame = b""
        self._wrapped = b""
        self.size = 0  #: of the last frame wrapped, as the response limit counts it

    def wrap(self, frame: bytes) -> bytes:
        """The bytes to send."""
        if frame is not self._frame:
            payload = self._wrap(frame)
            self._frame, self.size, self._wrapped = frame, len(payload), self.chunk(payload)
        return self._wrapped

    def chunk(self, payload: bytes) -> bytes:
        """One chunk of HTTP/1.1."""
        return b"%x\r\n%b\r\n" % (len(payload), payload) if self.chunked else payload

    @property
    def last(self) -> bytes:
        """What ends the response."""
        return b"0\r\n\r\n" if self.chunked else b""


class Stream:
    """One response; the session's receiver until it is complete. Its end is a closed socket."""

    __slots__ = ("conn_info", "ending", "fd", "framing", "left", "name", "poller", "rest", "session", "sock", "wheel")

    once = False

    def __init__(
        self, sock: socket.socket, *, name: str, conn_info: Any, framing: Framing, limit: int, poller: Poller,
        wheel: "Wheel[Stream]",
    ) -> None:  # fmt: skip
        self.sock: socket.socket | None = sock
        self.fd, self.name, self.conn_info, self.framing, self.poller = sock.fileno(), name, conn_info, framing, poller
        self.left = limit  #: bytes until the response is complete
        self.wheel = wheel  #: where responses wait for slow clients to take their last bytes
        self.rest = b""
        self.ending = False
        self.session: Any = None

    def begin(self, head: bytes, prelude: bytes) -> None:
        """Response line, headers and what the transport begins with."""
        self.poller.watch(self.fd, self)
        self._write(head + self.framing.chunk(prelude))

    def get_conn_info(self) -> Any:
        """The package's name for who asks."""
        return self.conn_info

    # ------------------------------------------------------------------------------------------------ sending

    @property
    def ready(self) -> bool:
        """Nothing waits, and there is room for more."""
        return not self.rest and not self.ending and self.sock is not None and self.left > 0

    @property
    def waiting_bytes(self) -> int:
        """What the client has not read yet."""
        return len(self.rest)

    def send(self, frame: bytes) -> None:
        """One frame, outside the hub's loop."""
        try:
            self.transmit(frame)
        except OSError:
            self._lost()

    def transmit(self, frame: bytes) -> int:
        """The fast path: what the hub calls. Raises `OSError` when the peer is gone."""
        framing = self.framing
        wrapped = framing.wrap(frame)
        if self.rest or self.sock is None:
            self.rest += wrapped if self.sock is not None else b""
            return len(frame)
        self.left -= framing.size
        try:
            sent = self.sock.send(wrapped)
        except BlockingIOError:
            sent = 0
        if sent != len(wrapped):
            self._keep(wrapped[sent:])
        elif self.left <= 0:
            self._complete()
        return len(frame)

    def _write(self, data: bytes) -> None:
        if self.rest:
            self.rest += data
            return
        try:
            sent = self.sock.send(data) if self.sock is not None else len(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._lost()
            return
        if sent != len(data):
            self._keep(data[sent:])

    def _keep(self, rest: bytes) -> None:
        self.rest = rest
        self.poller.want(self.fd, READ | WRITE)
        if self.session is not None and self.session.handler is self and self.session.connection is not None:
            self.session.connection.receive_no_more()

    def on_events(self, events: int) -> None:
        """The poller's call."""
        if events & EPOLLOUT and self.sock is not None:
            self._write_rest(self.sock)
        if events & ~EPOLLOUT and self.sock is not None:
            self._read(self.sock, hung_up=not events & EPOLLIN)

    def _write_rest(self, sock: socket.socket) -> None:
        try:
            sent = sock.send(self.rest)
        except BlockingIOError:
            return
        except OSError:
            self._lost()
            return
        self.rest = self.rest[sent:]
        if not self.rest:
            self.poller.want(self.fd, READ)
            self._is_empty()

    def _is_empty(self) -> None:
        if self.ending:
            self.drop()
        elif self.left <= 0:
            self._complete()
        elif self.session.connection is not None:
            self.session.connection.receive_by(self)

    def _read(self, sock: socket.socket, *, hung_up: bool) -> None:
        """The client has nothing to say here; all that can come is its end."""
        try:
            received = b"" if hung_up else sock.recv(RECV_BYTES)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if not received:
            self._lost()

    # ------------------------------------------------------------------------------------------------ the end

    def _complete(self) -> None:
        """The response limit is reached."""
        if self.session is not None:
            self.session.detach(self)
        self.end()

    def end(self) -> None:
        """The last chunk; the socket closes when it is out, or when the client took too long."""
        if self.ending or self.sock is None:
            return
        self.ending = True
        self._write(self.framing.last)
        if self.rest:
            self.wheel.put(self)
        else:
            self.drop()

    def _lost(self) -> None:
        self.drop()
        if self.session is not None:
            self.session.interrupted(self)

    def too_late(self) -> None:
        """Time is over for a client to take the rest of a response that has ended."""
        if self.ending:
            self.drop()

    def drop(self) -> None:
        """Let go of the socket."""
        sock, self.sock, self.rest = self.sock, None, b""
        if sock is not None:
            self.poller.forget(self.fd)
            sock.close()


def script_string(frame: bytes) -> bytes:
    """A frame as a JavaScript string, of ASCII, that neither ends a `<script>` nor opens a comment in one."""
    quoted = json.dumps(frame.decode())
    return quoted.replace("<", "\\u003c").replace(">", "\\u003e").replace("/", "\\/").encode()
