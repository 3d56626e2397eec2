"""The slim WebSocket: RFC 6455 on a bare socket, after the handshake (see wsgateway/sockjs/handshake.py).

Nothing of Tornado is kept: no handler, request, stream or coroutine, which is three quarters of the memory of a
connection (20.8 -> 4.9 KiB). Clients send short messages, so frames longer than 64 KiB are refused by their length
field alone, and a message, in however many fragments, may have `Limits.frame_bytes`. permessage-deflate is never
agreed to: with it a connection takes 169 KiB instead of 20 (sockjs-tornado, measured).
"""

import socket
from collections import deque
from select import EPOLLIN, EPOLLOUT
from typing import ClassVar

from tornado.util import _websocket_mask as unmask

from wsgateway.sockets.connection import ABNORMAL, Connection, Door, refuse_for_now, swallow
from wsgateway.sockets.frames import RAW, Batch, close_frame
from wsgateway.sockets.poller import READ, WRITE, Poller
from wsgateway.sockets.rfc6455 import (
    CLOSE,
    INVALID_PAYLOAD,
    PING,
    PONG,
    PROTOCOL_ERROR,
    TOO_BIG,
    Fragments,
    ProtocolError,
    check_close,
    check_head,
)
from wsgateway.wire import client_out, close_codes

PING_FRAME = b"\x89\x00"
RECV_BYTES = 65_536


class WebSocket(Connection):
    """A raw WebSocket: each message is a text frame of its own."""

    __slots__ = ("buffer", "closing", "fd", "fragments", "poller", "queue", "queued", "silent", "skipped", "sock")

    kind: ClassVar[int] = RAW
    transport: ClassVar[str] = "rawwebsocket"
    heartbeat: ClassVar[bytes] = PING_FRAME
    opening: ClassVar[bytes] = b""

    def __init__(self, door: Door, number: int, address: str, sock: socket.socket, poller: Poller) -> None:
        super().__init__(door, number, address)
        self.sock: socket.socket | None = sock
        self.fd, self.poller = sock.fileno(), poller
        self.transmit = sock.send
        self.buffer = b""
        self.fragments: Fragments | None = None
        self.queue: deque[bytes] | None = None
        self.queued = 0
        self.skipped = self.closing = False
        self.silent = 0

    def begin(self, received: bytes) -> None:
        """Greet and listen; `received` came in the same packet as the handshake."""
        if self.sock is None:  # gone before it could read our answer; the number of its file may be another's next
            return
        self.poller.watch(self.fd, self)
        if self.opening:
            self.write(self.opening)
        if received:
            self._take(received)

    # ------------------------------------------------------------------------------------------------ sending

    def write(self, frame: bytes) -> None:
        """A built frame, or several joined, past any batch; queued when it must be."""
        try:
            sent = self.transmit(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return
        if sent != len(frame):
            self._enqueue(frame[sent:])

    @property
    def waiting_bytes(self) -> int:
        """How much waits for this client to read."""
        return self.queued

    def hold(self, batch: Batch, sent: int) -> None:
        """Queue the rest. Far behind, chatter is left out and made good by `resync`; too far behind means 3008."""
        limits = self.door.limits
        if not sent and self.queued > limits.chatter_bytes:
            kept = batch.without_chatter()
            if kept is not batch:
                self.skipped = True
                self.door.dropped("chatter")
            if kept is None:
                return
            batch = kept
        self._enqueue(batch.frame(self.kind)[sent:])
        if self.queued > limits.queue_bytes:
            self.close(close_codes.SLOW_CONSUMER, "slow consumer")

    def _enqueue(self, rest: bytes) -> None:
        if self.queue is None:
            self.queue = deque()
            if not self.closing:
                self.send_by(refuse_for_now)
            self.poller.want(self.fd, READ | WRITE)
        self.queue.append(rest)
        self.queued += len(rest)

    def _write_queued(self) -> None:
        queue = self.queue
        while queue and self.sock is not None:
            try:
                sent = self.sock.send(queue[0])
            except BlockingIOError:
                return
            except OSError:
                self.abort()
                return
            self.queued -= sent
            if sent < len(queue[0]):
                queue[0] = queue[0][sent:]
                return
            queue.popleft()
        if self.sock is not None:
            self._queue_is_empty(self.sock)

    def _queue_is_empty(self, sock: socket.socket) -> None:
        self.queue = None
        self.poller.want(self.fd, READ)
        if self.closing:
            return
        self.send_by(sock.send)
        if self.skipped:
            self.skipped = False
            self.send(client_out.Resync(reason="slow"))

    def beat(self) -> None:
        """Heartbeat and ping in one; a peer that answered none of the last pings is taken for gone."""
        if self.silent >= self.door.limits.silent_beats:
            self.abort()
            return
        self.silent += 1
        if self.queue is None:
            self.write(self.heartbeat)

    # ------------------------------------------------------------------------------------------------ receiving

    def on_events(self, events: int) -> None:
        """The poller's call."""
        if events & EPOLLOUT and self.sock is not None:
            self._write_queued()
        if events & ~EPOLLOUT and self.sock is not None:
            self._read(self.sock, hung_up=not events & EPOLLIN)

    def _read(self, sock: socket.socket, *, hung_up: bool) -> None:
        try:
            received = b"" if hung_up else sock.recv(RECV_BYTES)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if received:
            self._take(received)
        else:
            self.abort()

    def _take(self, received: bytes) -> None:
        self.silent = 0
        buffer = self.buffer + received if self.buffer else received
        try:
            used = self._take_frames(buffer)
        except ProtocolError as error:
            self.buffer = b""
            self._part(error.code, error.reason)
            return
        self.buffer = buffer[used:] if used < len(buffer) else b""

    def _take_frames(self, buffer: bytes) -> int:
        """Handle every whole frame; returns how many bytes they were."""
        start, end, limit = 0, len(buffer), self.door.limits.frame_bytes
        while end - start >= 2 and self.sock is not None:
            first, second = buffer[start], buffer[start + 1]
            if not second & 0x80:
                raise ProtocolError(PROTOCOL_ERROR, "frame is not masked")
            size, head = second & 0x7F, 6
            if size == 126:
                if end - start < 4:
                    break
                size, head = int.from_bytes(buffer[start + 2 : start + 4], "big"), 8
            if size > limit or (size == 127 and head == 6):
                raise ProtocolError(TOO_BIG, "message too big")
            check_head(first, size, continued=self.fragments is not None)
            if end - start < head + size:
                break
            body = start + head
            payload = unmask(buffer[body - 4 : body], buffer[body : body + size])
            start = body + size
            if first == 0x81:  # a whole text message, as good as always
                self._take_text(payload)
            else:
                self._take_other(first, payload)
        return start

    def _take_text(self, payload: bytes) -> None:
        if not self.closing:
            self.take_message(payload)

    def _take_other(self, first: int, payload: bytes) -> None:
        """A control frame or a fragment. Raises `ProtocolError`."""
        opcode = first & 0x0F
        if opcode != CLOSE and not self.door.allows_frame(self):
            raise ProtocolError(close_codes.TOO_MANY_MESSAGES, "too many frames")
        if opcode == PING:
            if self.queued <= self.door.limits.chatter_bytes:
                self.write(b"\x8a" + bytes((len(payload),)) + payload)
        elif opcode == CLOSE:
            self._take_close(payload)
        elif opcode != PONG:
            self._take_piece(payload, last=bool(first & 0x80))

    def _take_piece(self, piece: bytes, *, last: bool) -> None:
        fragments = self.fragments or Fragments()
        fragments.add(piece, self.door.limits.frame_bytes, last=last)
        self.fragments = None if last else fragments
        if last:
            self._take_text(b"".join(fragments.parts))

    def take_message(self, payload: bytes) -> None:
        """One WebSocket message. Raises `ProtocolError`."""
        if not payload.isascii():
            try:
                payload.decode()
            except UnicodeDecodeError:
                raise ProtocolError(INVALID_PAYLOAD, "not UTF-8") from None
        self.door.received(self, payload)

    # ------------------------------------------------------------------------------------------------ parting

    def _take_close(self, payload: bytes) -> None:
        """The peer says goodbye, or answers ours: answer once, then let go of the socket."""
        if not self.closing:
            code = check_close(payload)
            self._say_goodbye(close_frame(code, "") if payload else b"\x88\x00", code, "client left")
        self._drop()

    def close(self, code: int, reason: str) -> None:
        """Close frame out, then wait `linger_s` for the peer's."""
        if not self.closing:
            self._say_goodbye(self.farewell(code, reason), code, reason)

    def farewell(self, code: int, reason: str) -> bytes:
        """The last bytes to the client."""
        return close_frame(code, reason)

    def _part(self, code: int, reason: str) -> None:
        """The peer broke the protocol: a plain close frame, whatever the transport."""
        if not self.closing:
            self._say_goodbye(close_frame(code, reason), code, reason)

    def _say_goodbye(self, farewell: bytes, code: int, reason: str) -> None:
        self.closing = True
        self.fragments = None
        if self.queue is not None and self.queued > self.door.limits.chatter_bytes:
            self._forget_queued()
        if self.queue is not None:
            self._enqueue(farewell)
        else:
            self.write(farewell)
        self.send_by(swallow)
        self.door.closed(self, code, reason)

    def _forget_queued(self) -> None:
        """A client that is cut for being slow gets the rest of the frame it is in, and the farewell."""
        assert self.queue is not None
        under_way = self.queue.popleft()
        self.queue.clear()
        self.queue.append(under_way)
        self.queued = len(under_way)

    def abort(self) -> None:
        """Let go of the socket without a word."""
        told = self.closing
        self.closing = True
        self._drop()
        if not told:
            self.send_by(swallow)
            self.door.closed(self, ABNORMAL, "socket ended")

    @property
    def lingers(self) -> bool:
        """Told to go, and its answer not yet here."""
        return self.sock is not None

    def _drop(self) -> None:
        sock, self.sock = self.sock, None
        if sock is not None:
            self.poller.forget(self.fd)
            sock.close()
        self.queue, self.queued, self.fragments, self.buffer = None, 0, None, b""
