"""The package's session, with one receiver at a time and its frames as bytes."""

from typing import Any, Protocol

from wsgateway.sockets.frames import sockjs_close
from wsgateway.sockjs import package
from wsgateway.sockjs.http_connection import INTERRUPTED, HttpConnection

OPEN = b"o"
ANOTHER_OPEN = sockjs_close(2010, "Another connection still open")


class Receiver(Protocol):
    """A request that frames can be sent on: a poll (one frame) or a stream."""

    name: str
    once: bool  #: over with its first frame: a poll

    def send(self, frame: bytes) -> None:
        """Send one frame. What cannot go out at once is kept; a poll is over with it."""

    @property
    def ready(self) -> bool:
        """Whether it takes another frame now."""

    @property
    def waiting_bytes(self) -> int:
        """What it has not got rid of."""

    def end(self) -> None:
        """Finish the response, once what waits is out. A second call does nothing."""


class HttpSession(package.session.Session):
    """Named by the client; outlives the requests it consists of by `disconnect_s`."""

    state: int
    handler: Receiver | None
    connection: HttpConnection | None = None
    close_frame = b""

    def attach(self, receiver: Any) -> None:
        """A request that wants to receive: it gets what is there, and is kept when the session goes on."""
        if self.handler is not None:
            receiver.send(ANOTHER_OPEN)
            receiver.end()
        elif self.is_closed:
            self.promote()
            self._tell_closed(receiver)
        else:
            self.handler = receiver
            receiver.session = self
            self.promote()
            self._begin(receiver)

    def _begin(self, receiver: Any) -> None:
        if self.state == package.session.CONNECTING:
            self.transport_name = receiver.name
            self.stats.on_sess_opened(receiver.name)
            self.state = package.session.OPEN
            receiver.send(OPEN)
            if not self.is_closed:
                self.conn.on_open(receiver.get_conn_info())
        if self.handler is receiver and self.connection is not None:
            self.connection.receive_by(receiver)

    def _tell_closed(self, receiver: Receiver) -> None:
        """What was said before the end, then the end; a poll that got the first comes back for the second."""
        if self.connection is not None and self.connection.queue:
            receiver.send(self.connection.take_queue())
        if receiver.ready or receiver.waiting_bytes:
            receiver.send(self.close_frame)
        receiver.end()

    def detach(self, receiver: Receiver) -> None:
        """The response is complete; the client will come with the next request, within `disconnect_s`."""
        if self.handler is receiver:
            self.handler = None
            self.promote()
            if self.connection is not None:
                self.connection.receive_no_more()

    def interrupted(self, receiver: Receiver) -> None:
        """The client left in the middle of a response: nobody knows what it got, so the session is over."""
        if self.handler is receiver:
            self.handler = None
            self.close(*INTERRUPTED)

    def close(self, code: int = 3000, message: str = "Go away!") -> None:
        """Tell the open request, or the ones to come while the session is remembered."""
        if self.state == package.session.CLOSED:
            return
        receiver, self.handler = self.handler, None
        self.close_frame, self.close_reason = sockjs_close(code, message), (code, message)
        if self.state == package.session.OPEN:
            package.session.BaseSession.close(self, code, message)
        self.state = package.session.CLOSED
        self.promote()
        if receiver is not None:
            self._tell_closed(receiver)

    def on_delete(self, forced: bool) -> None:
        """The container's call: time is over, unless a request is open."""
        if not forced and self.handler is not None and not self.is_closed:
            self.promote()
            return
        self.close(*INTERRUPTED)
        self.promoted = None

    def on_messages(self, messages: list[str]) -> None:
        """From xhr_send or jsonp_send."""
        for message in messages:
            if self.state == package.session.OPEN:
                self.conn.on_message(message)
