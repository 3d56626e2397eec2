"""What RFC 6455 says of frames, apart from any socket: which may come, when, and with which code one parts."""

import codecs

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10

# Close codes of RFC 6455, 7.4.1.
NORMAL, PROTOCOL_ERROR, UNSUPPORTED, INVALID_PAYLOAD, TOO_BIG = 1000, 1002, 1003, 1007, 1009


class ProtocolError(Exception):
    """The peer broke RFC 6455 (or SockJS's framing); it is told `code` and parted with."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Fragments:
    """A message that comes in pieces; its UTF-8 is checked as they come."""

    __slots__ = ("decode", "parts", "size")

    def __init__(self) -> None:
        self.decode = codecs.getincrementaldecoder("utf-8")().decode
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, piece: bytes, limit: int, *, last: bool) -> None:
        """Raises `ProtocolError` when the message grows too long or cannot be UTF-8 any more."""
        self.size += len(piece)
        if self.size > limit:
            raise ProtocolError(TOO_BIG, "message too big")
        try:
            self.decode(piece, last)
        except UnicodeDecodeError:
            raise ProtocolError(INVALID_PAYLOAD, "not UTF-8") from None
        if piece:
            self.parts.append(piece)


def check_head(first: int, size: int, *, continued: bool) -> None:
    """Refuse by the head alone what no frame may be; `continued`: a message in pieces is under way.

    Raises `ProtocolError`.
    """
    opcode = first & 0x0F
    if first & 0x70:
        raise ProtocolError(PROTOCOL_ERROR, "reserved bits are set")
    if opcode >= CLOSE:
        if opcode > PONG or not first & 0x80 or size > 125:
            raise ProtocolError(PROTOCOL_ERROR, "bad control frame")
    elif opcode > BINARY or (opcode == CONTINUATION) != continued:
        raise ProtocolError(PROTOCOL_ERROR, "unexpected opcode")
    elif opcode == BINARY:
        raise ProtocolError(UNSUPPORTED, "text only")


def check_close(payload: bytes) -> int:
    """The code a close frame carries (1000 when it is empty). Raises `ProtocolError` for what RFC 6455 forbids."""
    if not payload:
        return NORMAL
    code = int.from_bytes(payload[:2], "big")
    allowed = code in (1000, 1001, 1002, 1003) or 1007 <= code <= 1011 or 3000 <= code <= 4999
    if len(payload) == 1 or not allowed:
        raise ProtocolError(PROTOCOL_ERROR, "bad close frame")
    try:
        payload[2:].decode()
    except UnicodeDecodeError:
        raise ProtocolError(INVALID_PAYLOAD, "not UTF-8") from None
    return code
