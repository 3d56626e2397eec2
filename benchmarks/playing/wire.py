"""The bots' end of a raw WebSocket, as cheap as Python allows: bytes are scanned, not decoded, and what a whole room
receives in the same bytes is read once."""

import json
from collections.abc import Callable

UPGRADE = (
    b"GET /ws/websocket HTTP/1.1\r\nHost: %b\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TEXT, PING, PONG, CLOSE = 1, 9, 10, 8


def masked(payload: bytes, opcode: int = TEXT) -> bytes:
    """A client's frame. The mask is zero: a mask protects against proxies, and there is none to protect."""
    size = len(payload)
    head = bytes((0x80 | opcode,)) + (bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big"))
    return head + b"\0\0\0\0" + payload


class Reading:
    """What some whole frames came to; shared by all bots that got the same bytes. Times by `time.perf_counter`."""

    __slots__ = (
        "connected", "errors", "first", "gaps", "got", "last", "left", "members", "messages", "own", "pings", "question",
        "room", "rooms", "since", "tries",
    )  # fmt: skip

    def __init__(self) -> None:
        self.messages = 0
        #: version of the first recorded event when no `room` came before it, and of the last event or `room`
        self.first = self.last = 0
        self.gaps = 0
        #: (stamp or user id of the author, whether right) of the recorded tries, and stamps of those told to one alone
        self.tries: list[tuple[int, bool]] = []
        self.own: list[int] = []
        #: question id now open; -1: none any more
        self.question = 0
        self.connected = self.room = self.left = False
        self.rooms: list[int] = []
        self.errors: list[str] = []
        self.pings: list[bytes] = []
        #: how many bots got it, first and last when
        self.members, self.since, self.got = 0, 0.0, 0.0


def read_frames(data: bytes, into: Reading) -> int:
    """Read whole frames; returns how many bytes they took. Raises `ConnectionError` when the server closes."""
    at, end = 0, len(data)
    while end - at >= 2:
        opcode, size, head = data[at] & 15, data[at + 1], 2
        if size == 126:
            size, head = int.from_bytes(data[at + 2 : at + 4], "big"), 4
        elif size == 127:
            size, head = int.from_bytes(data[at + 2 : at + 10], "big"), 10
        if end - at < head + size:
            break
        payload = data[at + head : at + head + size]
        at += head + size
        if opcode == TEXT:
            into.messages += 1
            # the view of a room begins with its game's fields, everything else with its action
            action = payload[11 : payload.find(b'"', 11)] if payload.startswith(b'{"action":"') else b"room"
            _READERS.get(action, _room_event)(payload, into)
        elif opcode == PING:
            into.pings.append(payload)
        elif opcode == CLOSE:
            raise ConnectionError(f"closed by the server: {int.from_bytes(payload[:2], 'big')} {payload[2:]!r}")
    return at


def number_after(payload: bytes, label: bytes, start: int = 0) -> int:
    """The whole number behind a label; 0 when there is none."""
    at = payload.find(label, start)
    if at < 0:
        return 0
    begin = end = at + len(label)
    while payload[end : end + 1].isdigit():
        end += 1
    return int(payload[begin:end] or 0)


def _room_event(payload: bytes, into: Reading) -> None:
    """A recorded event ends in `"v":41}`; one off the record has `since` behind it and does not count."""
    at = payload.rfind(b'"v":')
    v = payload[at + 4 : -1]
    if at < 0 or not v.isdigit():
        return
    number = int(v)
    if into.last:
        into.gaps += number - into.last - 1
    else:
        into.first = number
    into.last = number


def _new_answer(payload: bytes, into: Reading) -> None:
    stamp = number_after(payload, b'"answer":"w')
    if b'"since":' in payload[-60:]:
        into.own.append(stamp)
        return
    right = b'"is_true":true' in payload
    into.tries.append((number_after(payload, b'"id":') if right else stamp, right))
    _room_event(payload, into)


def _next_question(payload: bytes, into: Reading) -> None:
    into.question = number_after(payload, b'"question":{"id":') or -1
    _room_event(payload, into)


def _room(payload: bytes, into: Reading) -> None:
    into.room = True
    into.rooms.append(number_after(payload, b'"room_id":'))
    into.question = number_after(payload, b'"question":{"id":')
    into.last = number_after(payload, b'"v":', payload.find(b'"room_id":'))


def _close_room(payload: bytes, into: Reading) -> None:
    into.left = True
    _room_event(payload, into)


def _error(payload: bytes, into: Reading) -> None:
    into.errors.append(str(json.loads(payload)["code"]))


def _connected(payload: bytes, into: Reading) -> None:
    into.connected = True


def _presence(payload: bytes, into: Reading) -> None:
    """Somebody came or went: delivered, and of no interest here."""


_READERS: dict[bytes, Callable[[bytes, Reading], None]] = {
    b"new_answer": _new_answer,
    b"next_question": _next_question,
    b"room": _room,
    b"close_room": _close_room,
    b"error": _error,
    b"connected": _connected,
    b"someone_connected": _presence,
    b"someone_disconnected": _presence,
}
