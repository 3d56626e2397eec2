"""A SockJS session over HTTP (xhr, xhr-streaming, eventsource, htmlfile, jsonp) as a connection of the hub."""

from typing import Any, ClassVar

from wsgateway.sockets.connection import Connection, Door, refuse_for_now, swallow
from wsgateway.sockets.frames import ARRAY, Batch, Parcel
from wsgateway.sockjs.package import SockJSConnection
from wsgateway.wire import client_out, close_codes

HEARTBEAT = b"h"
INTERRUPTED = (1002, "Connection interrupted")


class HttpConnection(Connection):
    """Keeps what cannot be sent until the next request, bounded as a socket's queue is."""

    __slots__ = ("queue", "queued", "receiver", "session", "silent", "skipped", "transport")

    kind: ClassVar[int] = ARRAY

    def __init__(self, door: Door, number: int, address: str, session: Any) -> None:
        super().__init__(door, number, address)
        self.session = session
        self.transport: str = session.transport_name  # type: ignore[misc]
        self.receiver: Any = None
        self.transmit = refuse_for_now
        self.queue: list[bytes] = []  #: messages as JSON strings, joined by commas
        self.queued = self.silent = 0
        self.skipped = False

    @property
    def waiting_bytes(self) -> int:
        """What waits for the next request, and for the client to read."""
        return self.queued + (self.receiver.waiting_bytes if self.receiver is not None else 0)

    # ------------------------------------------------------------------------------------------------ receivers

    def receive_by(self, receiver: Any) -> None:
        """A request is ready for frames: first what waits, then straight from the hub."""
        self.receiver, self.silent = receiver, 0
        if self.transmit is swallow:
            return
        if self.queue:
            receiver.send(self.take_queue())
        if receiver.ready and not receiver.once and self.receiver is receiver and self.transmit is not swallow:
            self.send_by(receiver.transmit)

    def receive_no_more(self) -> None:
        """The request is complete, or its socket full."""
        if self.transmit is not swallow and self.transmit is not refuse_for_now:
            self.send_by(refuse_for_now)

    def take_queue(self) -> bytes:
        """All that waits as one frame."""
        if self.skipped:
            self.skipped = False
            self.queue.append(Parcel((client_out.encode(client_out.Resync(reason="slow")).encode(),)).quoted())
        frame = b"a[" + b",".join(self.queue) + b"]"
        self.queue, self.queued = [], 0
        return frame

    # ------------------------------------------------------------------------------------------------ sending

    def hold(self, batch: Batch, sent: int) -> None:
        """Keep for the next request. Far behind, chatter is left out; too far behind means 3008."""
        limits = self.door.limits
        if self.waiting_bytes > limits.chatter_bytes:
            kept = batch.without_chatter()
            if kept is not batch:
                self.skipped = True
                self.door.dropped("chatter")
            if kept is None:
                return
            batch = kept
        self._keep(batch)
        if self.receiver is not None and self.receiver.ready:
            self._answer_poll(batch)
        elif self.waiting_bytes > limits.queue_bytes:
            self.queue, self.queued = [], 0
            self.close(close_codes.SLOW_CONSUMER, "slow consumer")

    def _answer_poll(self, batch: Batch) -> None:
        """At once; chatter alone waits a little for company, because every answer costs the client a request."""
        if any(not parcel.chatter for parcel in batch.parcels):
            self.flush()
        else:
            self.session.server.flush_later(self)

    def flush(self) -> None:
        """What waits, to the poll that waits for it."""
        if self.queue and self.receiver is not None and self.receiver.ready:
            self.receiver.send(self.take_queue())

    def _keep(self, batch: Batch) -> None:
        quoted = batch.frame(ARRAY)[2:-1]
        self.queue.append(quoted)
        self.queued += len(quoted)

    def beat(self) -> None:
        """A heartbeat to an open request; one whose socket stays full for too long is taken for dead."""
        receiver = self.session.handler
        if receiver is None:
            return
        if receiver.ready:
            self.silent = 0
            receiver.send(HEARTBEAT)
            return
        self.silent += 1
        if self.silent > self.door.limits.silent_beats:
            self.session.interrupted(receiver)
            receiver.drop()

    # ------------------------------------------------------------------------------------------------ parting

    @property
    def lingers(self) -> bool:
        """Told to go, and not all of it is out."""
        return self.receiver is not None and self.receiver.waiting_bytes > 0

    def close(self, code: int, reason: str) -> None:
        """The open request, or the next one, gets `c[code,"reason"]`."""
        self.session.close(code, reason)

    def abort(self) -> None:
        """The hub found the request's socket dead."""
        self.session.close(*INTERRUPTED)

    def parted(self, code: int, reason: str) -> None:
        """The session is closed, whoever closed it."""
        self.send_by(swallow)
        self.door.closed(self, code, reason)


class SessionDoor(SockJSConnection):
    """sockjs-tornado's idea of a connection, one for each session; the hub's is made when the session opens."""

    reception: ClassVar[Any]

    def on_open(self, request: Any) -> None:
        """The session's first request."""
        session = self.session
        address = "" if request.ip == "0.0.0.0" else request.ip  # noqa: S104
        session.connection = HttpConnection(self.reception, self.reception.next_number(), address, session)
        self.reception.opened(session.connection)

    def on_message(self, message: str) -> None:
        """One message of xhr_send or jsonp_send."""
        self.reception.received(self.session.connection, message.encode("utf-8", "surrogatepass"))

    def on_close(self) -> None:
        """The session ended, for whatever reason."""
        if self.session.connection is not None:
            self.session.connection.parted(*self.session.close_reason)
