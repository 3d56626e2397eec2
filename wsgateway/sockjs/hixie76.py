"""The WebSocket of before RFC 6455 (hixie-76, hybi-00): of the protocol's test suite, and of no browser since 2011.

Its answer comes in two parts, because HAProxy passes on the client's 8 bytes only when it has seen the 101. A text is
`\\x00...\\xff` on the wire, which makes the socket a stream of frames like the HTTP ones that can also be read from.
"""

import hashlib
import socket
import struct
from typing import Any

import msgspec
from tornado.httputil import HTTPHeaders, RequestStartLine

from wsgateway.sockjs.stream import Framing, Stream

NONCE_BYTES = 8
CLOSE = b"\xff\x00"
RECV_BYTES = 65_536

_messages = msgspec.json.Decoder(str | list[str])


class Hixie76Framing(Framing):
    """Frames end the way these sockets do."""

    def __init__(self) -> None:
        super().__init__(lambda frame: b"\x00" + frame + b"\xff", chunked=False)

    @property
    def last(self) -> bytes:
        """The closing handshake."""
        return CLOSE


FRAMING = Hixie76Framing()


def key_number(key: str) -> int | None:
    """The number hidden in a `Sec-WebSocket-Key1` or `2`: its digits, divided by how many spaces it has."""
    digits, spaces = "".join(filter(str.isdecimal, key)), key.count(" ")
    if not digits.isascii() or not digits or not spaces or int(digits) % spaces:
        return None
    number = int(digits) // spaces
    return number if number < 1 << 32 else None


def is_hixie76(start_line: RequestStartLine, headers: HTTPHeaders) -> bool:
    """Whether this is a handshake of that time."""
    return (
        start_line.method == "GET"
        and headers.get("Upgrade", "").lower() == "websocket"
        and headers.get("Connection", "").lower() == "upgrade"
        and all(key_number(headers.get(name, "")) is not None for name in ("Sec-WebSocket-Key1", "Sec-WebSocket-Key2"))
        and bool(headers.get("Host") and headers.get("Origin"))
    )


def response_head(headers: HTTPHeaders, path: str, *, secure: bool) -> bytes:
    """The first part of the answer."""
    location = f"{'wss' if secure else 'ws'}://{headers['Host']}{path}"
    return (
        "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Origin: {headers['Origin']}\r\nSec-WebSocket-Location: {location}\r\n\r\n"
    ).encode("latin-1")


def challenge(headers: HTTPHeaders) -> bytes:
    """What is hashed with the client's 8 bytes for the second part."""
    numbers = (key_number(headers[name]) for name in ("Sec-WebSocket-Key1", "Sec-WebSocket-Key2"))
    return struct.pack(">II", *numbers)


class Hixie76(Stream):
    """The socket; `session` is its own and nobody else's."""

    __slots__ = ("buffer", "challenge", "frame_bytes")

    def __init__(self, sock: socket.socket, *, challenge: bytes, frame_bytes: int, **stream: Any) -> None:
        super().__init__(sock, name="websocket", framing=FRAMING, limit=1 << 62, **stream)
        self.challenge, self.frame_bytes, self.buffer = challenge, frame_bytes, b""

    def start(self, head: bytes, received: bytes, session: Any) -> None:
        """Answer; the session begins when the client's 8 bytes are here."""
        self.session = session
        self.begin(head, b"")
        self._take(received)

    def too_late(self) -> None:
        """Also for the handshake."""
        if self.challenge:
            self.drop()
        super().too_late()

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
            self._lost()

    def _take(self, received: bytes) -> None:
        buffer = self.buffer + received
        if self.challenge:
            if len(buffer) < NONCE_BYTES:
                self.buffer = buffer
                return
            proof = hashlib.md5(self.challenge + buffer[:NONCE_BYTES], usedforsecurity=False).digest()
            self.challenge, buffer = b"", buffer[NONCE_BYTES:]
            self._write(proof)
            self.session.attach(self)
        while self.sock is not None and b"\xff" in buffer:
            text, _, buffer = buffer.partition(b"\xff")
            self._take_frame(text)
        self.buffer = buffer
        if len(buffer) > self.frame_bytes:
            self._lost()

    def _take_frame(self, text: bytes) -> None:
        """One text, or the client's goodbye; anything else ends the socket at once, as the protocol has it."""
        if text[:1] != b"\x00":
            self._lost()
        elif len(text) > 1:
            try:
                messages = _messages.decode(text[1:])
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                self._lost()
            else:
                self.session.on_messages([messages] if isinstance(messages, str) else messages)
