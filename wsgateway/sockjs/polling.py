"""The transports that poll: xhr and jsonp. A request gets one frame, at once or when there is one."""

from typing import Any

from tornado.http1connection import HTTP1Connection

from wsgateway.sockjs.handler import SockJSHandler, session_headers
from wsgateway.sockjs.stream import script_string
from wsgateway.sockjs.streaming import callback_of


class Polling(SockJSHandler):
    """The session's receiver until it has got its frame."""

    once = True

    def initialize(self, server: Any) -> None:
        """Tornado's constructor."""
        super().initialize(server)
        self.session: Any = None
        self.answered = False
        self.waiting_bytes = 0

    def poll(self, session_id: str) -> None:
        """Wait for a frame, or get the one that is there."""
        self._auto_finish = False
        session = self.server.session_for(session_id, self.request.remote_ip)
        if session is None:
            self.server.refuse(self)
        else:
            session_headers(self)
            session.attach(self)

    def wrap(self, frame: bytes) -> bytes:
        """The body."""
        raise NotImplementedError

    @property
    def ready(self) -> bool:
        """It has room for one frame."""
        return not self.answered

    def send(self, frame: bytes) -> None:
        """Answer; the session waits for the next request."""
        if self.answered:
            return
        self.answered = True
        if self.session is not None:
            self.session.detach(self)
        self.set_header("Content-Type", "application/javascript; charset=UTF-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        body = self.wrap(frame)
        if not answer_at_once(self, body):
            self.finish(body)

    def end(self) -> None:
        """The frame was the end."""

    def drop(self) -> None:
        """The poller's call on a dead receiver; Tornado sees to it here."""

    def on_connection_close(self) -> None:
        """Tornado's call: the client went away while it waited."""
        if self.session is not None and not self.answered:
            self.answered = True
            self.session.interrupted(self)


class Xhr(Polling):
    """A frame and a line end."""

    name = "xhr"

    def post(self, session_id: str) -> None:
        """The body is ignored."""
        self.poll(session_id)

    def wrap(self, frame: bytes) -> bytes:
        """The body."""
        return frame + b"\n"


class Jsonp(Polling):
    """A script that calls back with the frame; the comment in front keeps it from being read as Flash."""

    name = "jsonp"
    access_methods = "GET"

    def get(self, session_id: str) -> None:
        """`c` names the callback."""
        self._auto_finish = False
        callback = callback_of(self)
        if callback is not None:
            self.callback = callback
            self.poll(session_id)

    def wrap(self, frame: bytes) -> bytes:
        """The body."""
        return b"/**/" + self.callback.encode() + b"(" + script_string(frame) + b");\r\n"


def answer_at_once(handler: Polling, body: bytes) -> bool:
    """Write the whole answer to the socket in one go, if it is HTTP/1.1, kept alive, and nothing is under way.

    Tornado's own way makes two futures and formats the headers twice; this is what a poll costs most.
    """
    connection = handler.request.connection
    if not isinstance(connection, HTTP1Connection) or handler.request.version != "HTTP/1.1":
        return False
    stream = connection.stream
    if connection._disconnect_on_finish or stream is None or stream.closed() or stream.writing():
        return False
    lines = "".join([f"{name}: {value}\r\n" for name, value in handler._headers.get_all()])
    data = f"HTTP/1.1 200 OK\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body
    try:
        sent = stream.socket.send(data)
    except BlockingIOError:
        sent = 0
    except OSError:
        stream.close()
        return True
    if sent != len(data):
        stream.write(data[sent:])
    connection.set_close_callback(None)
    handler._finished = True
    connection.finish()
    return True
