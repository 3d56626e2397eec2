"""Bytes of WebSocket frames and of SockJS messages, built once per event and shared by every socket that gets it."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

# What a connection wants its messages wrapped in.
SOCKJS: Final = 0  #: one WebSocket text frame `a["...","..."]`
RAW: Final = 1  #: a WebSocket text frame of its own for each message
ARRAY: Final = 2  #: the bare `a["...","..."]`, which an HTTP transport wraps itself

#: Characters a SockJS server escapes, because some browsers or proxies mangle them (SockJS protocol, "unicode").
MANGLED = re.compile(
    "[\u0300-\u0333\u033d-\u0346\u034a-\u034c\u0350-\u0352\u0357\u0358\u035c-\u0362\u0374\u037e\u0387\u0591-\u05af"
    "\u05c4\u0610-\u0617\u0653-\u0654\u0657-\u065b\u065d\u065e\u06df-\u06e2\u06eb\u06ec\u0730\u0732\u0733\u0735"
    "\u0736\u073a\u073d\u073f-\u0741\u0743\u0745\u0747\u07eb-\u07f1\u0951\u0958-\u095f\u09dc\u09dd\u09df\u0a33"
    "\u0a36\u0a59-\u0a5b\u0a5e\u0b5c\u0b5d\u0e38\u0e39\u0f43\u0f4d\u0f52\u0f57\u0f5c\u0f69\u0f72-\u0f76\u0f78"
    "\u0f80-\u0f83\u0f93\u0f9d\u0fa2\u0fa7\u0fac\u0fb9\u1939-\u193a\u1a17\u1b6b\u1cda\u1cdb\u1dc0-\u1dcf\u1dfc"
    "\u1dfe\u1f71\u1f73\u1f75\u1f77\u1f79\u1f7b\u1f7d\u1fbb\u1fbe\u1fc9\u1fcb\u1fd3\u1fdb\u1fe3\u1feb\u1fee\u1fef"
    "\u1ff9\u1ffb\u1ffd\u2000\u2001\u200b-\u200f\u2010\u2011\u2028-\u202f\u2060-\u206f\u20d0\u20d1\u20d4-\u20d7"
    "\u20e7-\u20e9\u2126\u212a\u212b\u2329\u232a\u2adc\u302b-\u302c\uaab2\uaab3\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e"
    "\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufa2d\ufa30-\ufa6d\ufa70-\ufad9\ufb1d\ufb1f\ufb2a-\ufb36\ufb38-\ufb3c\ufb3e"
    "\ufb40\ufb41\ufb43\ufb44\ufb46-\ufb4e\ufff0-\uffff]"
)


def text_frame(payload: bytes) -> bytes:
    """A final, unmasked WebSocket text frame."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes((size,)) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def close_frame(code: int, reason: str) -> bytes:
    """A WebSocket close frame; the reason is cut to the 123 bytes a control frame has room for."""
    payload = code.to_bytes(2, "big") + reason.encode()[:123].decode("utf-8", "ignore").encode()
    return b"\x88" + bytes((len(payload),)) + payload


def sockjs_close(code: int, reason: str) -> bytes:
    """SockJS's own close message: `c[3000,"Go away!"]`."""
    return b"c" + msgspec.json.encode([code, reason])


def quote(message: bytes) -> bytes:
    """A message as the JSON string that stands in SockJS's array. Raises `UnicodeDecodeError`."""
    text = message.decode()
    quoted = msgspec.json.encode(text)
    if text.isascii() or not MANGLED.search(text):
        return quoted
    return MANGLED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted.decode()).encode()


class Parcel:
    """Messages that travel together to the same sockets; each wrapping is made at most once.

    `chatter` says that a client too slow for everything can do without (presence, other people's tries).
    """

    __slots__ = ("_quoted", "_texts", "chatter", "messages")

    def __init__(self, messages: Sequence[bytes], *, chatter: bool = False, quoted: bytes | None = None) -> None:
        self.messages, self.chatter = messages, chatter
        self._quoted = quoted  #: may be given by a caller who has it from other parcels
        self._texts: bytes | None = None

    def quoted(self) -> bytes:
        """The messages as JSON strings with commas between them."""
        if self._quoted is None:
            messages = self.messages
            self._quoted = quote(messages[0]) if len(messages) == 1 else b",".join(map(quote, messages))
        return self._quoted

    def texts(self) -> bytes:
        """The messages as WebSocket text frames, one behind the other."""
        if self._texts is None:
            self._texts = b"".join(map(text_frame, self.messages))
        return self._texts


class Batch:
    """The parcels that leave for the same sockets at the same moment, as bytes by kind of connection."""

    __slots__ = ("_frames", "parcels")

    def __init__(self, parcels: Sequence[Parcel]) -> None:
        self.parcels = parcels
        self._frames: list[bytes | None] = [None, None, None]

    def frame(self, kind: int) -> bytes:
        """What to send to a connection of that kind (`SOCKJS`, `RAW`, `ARRAY`)."""
        frame = self._frames[kind]
        if frame is None:
            frame = self._frames[kind] = self._build(kind)
        return frame

    def _build(self, kind: int) -> bytes:
        parcels = self.parcels
        if kind == RAW:
            return b"".join([parcel.texts() for parcel in parcels])
        quoted = parcels[0].quoted() if len(parcels) == 1 else b",".join([parcel.quoted() for parcel in parcels])
        array = b"a[%b]" % quoted
        return array if kind == ARRAY else text_frame(array)

    def without_chatter(self) -> "Batch | None":
        """The batch a slow client still gets: itself, a shorter one, or None when it was chatter alone."""
        kept = [parcel for parcel in self.parcels if not parcel.chatter]
        if len(kept) == len(self.parcels):
            return self
        return Batch(kept) if kept else None

    def count(self) -> int:
        """Messages in the batch."""
        parcels = self.parcels
        return len(parcels[0].messages) if len(parcels) == 1 else sum([len(parcel.messages) for parcel in parcels])
