"""A SockJS session over HTTP (xhr, xhr-streaming, eventsource, htmlfile, jsonp) as a connection of the hub."""

import asyncio
from typing import Any, ClassVar

from wsgateway import protocol
from wsgateway.connection import ABNORMAL, Connection, Door, refuse_for_now, swallow
from wsgateway.frames import ARRAY, Batch, Parcel
from wsgateway.sockjs.package import SockJSConnection


class HttpConnection(Connection):
    """Wraps sockjs-tornado's session, which keeps what cannot be sent until the next poll."""

    __slots__ = ("session", "skipped")

    kind: ClassVar[int] = ARRAY
    transport: ClassVar[str] = "http"

    def __init__(self, door: Door, number: int, address: str, session: Any) -> None:
        super().__init__(door, number, address)
        self.session = session
        self.transmit = refuse_for_now  # `hold` knows the batch, so that chatter can be left out
        self.skipped = False

    @property
    def waiting_bytes(self) -> int:
        """What waits for the next request."""
        return len(self.session.send_queue)

    def hold(self, batch: Batch, sent: int) -> None:
        """Send now when a request is open, else keep for the next one; bounded like a socket's queue."""
        limits, queued = self.door.limits, self.waiting_bytes
        if self.skipped and queued <= limits.chatter_bytes:
            self.skipped = False
            batch = Batch([*batch.parcels, _resync()])
        elif queued > limits.chatter_bytes:
            kept = batch.without_chatter()
            self.skipped = self.skipped or kept is not batch
            if kept is None:
                return
            batch = kept
        self.session.send_jsonified(batch.frame(ARRAY)[2:-1].decode(), False)
        if self.waiting_bytes > limits.queue_bytes:
            self.close(protocol.SLOW_CONSUMER, "slow consumer")

    def close(self, code: int, reason: str) -> None:
        """The open request, or the next one, gets `c[code,"reason"]`."""
        self._part(code, reason)
        self.session.close(code, reason)

    def abort(self) -> None:
        """Part; the session is closed by whoever found it dead."""
        self._part(ABNORMAL, "session ended")

    def _part(self, code: int, reason: str) -> None:
        if self.transmit is not swallow:
            self.transmit = swallow
            self.door.closed(self, code, reason)

    def beat(self) -> None:
        """sockjs-tornado's session sends its own heartbeats."""


def _resync() -> Parcel:
    return Parcel((protocol.encode(protocol.Resync(reason="slow")).encode(),))


class SessionDoor(SockJSConnection):
    """sockjs-tornado's idea of a connection; made by its session, one each."""

    reception: ClassVar[Any]

    def on_open(self, request: Any) -> bool | None:
        """The session's first request."""
        address = "" if request.ip == "0.0.0.0" else request.ip  # noqa: S104
        if not self.reception.admits(address):
            self.connection = None
            asyncio.get_running_loop().call_soon(self.session.close, protocol.GOING_AWAY, "try again later")
            return None
        self.connection = HttpConnection(self.reception, self.reception.next_number(), address, self.session)
        self.reception.opened(self.connection)
        return None

    def on_message(self, message: Any) -> None:
        """One message of xhr_send or jsonp_send."""
        if self.connection is not None:
            text = message if isinstance(message, str) else ""
            self.reception.received(self.connection, text.encode("utf-8", "replace"))

    def on_close(self) -> None:
        """The session ended, for whatever reason."""
        if self.connection is not None:
            self.connection.abort()
