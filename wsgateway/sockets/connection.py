"""One client at this gateway: who it is, what it may still send, and what the hub asks of any transport."""

import time
from collections.abc import Callable
from typing import Any, ClassVar, Protocol

import msgspec

from wsgateway.limits import Limits
from wsgateway.sockets.frames import Batch, Parcel
from wsgateway.wire import client_out

#: the close code of a socket that ended without one
ABNORMAL = 1006

# Phases of a connection.
NEW, IDENTIFYING, IDENTIFIED, GONE = range(4)


class Door(Protocol):
    """What a transport tells of its client (wsgateway/clients/reception.py)."""

    limits: Limits

    def received(self, connection: "Connection", text: bytes) -> None:
        """One message came."""

    def allows_frame(self, connection: "Connection") -> bool:
        """Whether the client may send one more frame that is no message."""

    def dropped(self, reason: str) -> None:
        """Something meant for the client was thrown away."""

    def rewired(self) -> None:
        """A connection's `transmit` has changed; whoever keeps it must ask again."""

    def closed(self, connection: "Connection", code: int, reason: str) -> None:
        """The client is gone, or has been told to go; called once. `code` is what either side said; 1006: nothing."""


class Connection:
    """Base of every transport's connection. One object for transport and identity, because there are thousands."""

    __slots__ = (
        "address", "allowance", "answers", "bad", "beat_slot", "deadline_slot", "digest", "door", "expires",
        "in_minute", "name", "number", "other_frames", "phase", "refilled_at", "token", "transmit", "user", "waiting",
    )  # fmt: skip

    kind: ClassVar[int]
    transport: ClassVar[str]

    #: Sends one built frame at once and returns how many bytes were taken. Raises `BlockingIOError` when the hub
    #: shall call `hold` instead, any other `OSError` when the peer is gone. Changed by `send_by` alone.
    transmit: Any

    def __init__(self, door: Door, number: int, address: str) -> None:
        self.door, self.number, self.address = door, number, address
        self.phase = NEW
        self.user = 0
        self.name = ""
        self.token = ""
        self.digest = ""
        #: when the token ends, ms since the epoch; None: not known, or never
        self.expires: int | None = None
        self.waiting: list[bytes] | None = None
        self.bad: list[float] | None = None
        self.allowance = float(door.limits.messages_burst)
        self.answers = float(door.limits.answers_burst)
        self.other_frames = float(door.limits.frames_burst)
        self.in_minute = float(door.limits.messages_per_minute)
        self.refilled_at = time.monotonic()
        self.beat_slot = self.deadline_slot = 0

    def send_by(self, transmit: Callable[[bytes], int]) -> None:
        """Change `transmit`, and say so."""
        self.transmit = transmit
        self.door.rewired()

    @property
    def waiting_bytes(self) -> int:
        """How much waits for this client to read."""
        raise NotImplementedError

    def hold(self, batch: Batch, sent: int) -> None:
        """Keep what could not be sent at once; `sent` bytes of the frame are out already."""
        raise NotImplementedError

    def close(self, code: int, reason: str) -> None:
        """Tell the client why and part; nothing is sent to it afterwards. A second call does nothing."""
        raise NotImplementedError

    def abort(self) -> None:
        """Part without a word: the peer is gone."""
        raise NotImplementedError

    @property
    def lingers(self) -> bool:
        """Whether bytes are still under way to or from a client that was told to go."""
        return False

    def beat(self) -> None:
        """A heartbeat is due."""
        raise NotImplementedError

    def send(self, message: msgspec.Struct | bytes) -> None:
        """One message to this client alone."""
        encoded = message if isinstance(message, bytes) else client_out.encode(message).encode()
        self.send_batch(Batch((Parcel((encoded,)),)))

    def send_batch(self, batch: Batch) -> bool:
        """Send or hold; a peer found dead is parted with. False when it was held."""
        frame = batch.frame(self.kind)
        try:
            sent = self.transmit(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return True
        if sent == len(frame):
            return True
        self.hold(batch, sent)
        return False


def refuse_for_now(frame: bytes) -> int:
    """The `transmit` of a connection with a queue: whatever comes must go through `hold`."""
    raise BlockingIOError


def swallow(frame: bytes) -> int:
    """The `transmit` of a connection that is closing: nothing more is sent."""
    return len(frame)
