"""From a turn's events to what is published and what stands in the log."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from zlib import crc32

import msgspec

from wsgateway.wire.channels import Channels
from wsgateway.wire.many import as_chatter, encode_many


class Sent(msgspec.Struct):
    """One event as it leaves: `body` the message as clients get it, `to` the ids it goes to now.

    `entry` is its line in the log, empty when the event is off the record.
    """

    to: tuple[int, ...]
    body: bytes
    entry: bytes = b""
    chatter: bool = False

    @property
    def line(self) -> bytes:
        """Its line in `many`."""
        return as_chatter(self.body) if self.chatter else self.body


def marked(body: bytes, was: int) -> tuple[bytes, int]:
    """A recorded event with its `mark`, and the mark: a check sum of the event and of all before it in the room.

    Two histories of one room (Redis came back as it was a while ago, and the room went on from there) may give other
    events the same version, but not the same mark. CRC-32: nobody has to be kept from forging it, a client that sends
    a false mark only gets the whole room.
    """
    mark = crc32(body, was)
    return b'%b,"mark":%d}' % (body[:-1], mark), mark


def log_line(v: int, to: tuple[int, ...] | None, was: int, body: bytes) -> bytes:
    """A `LogEntry` as JSON; `body` is JSON already and is not encoded again."""
    return b'{"v":%d,"to":%b,"was":%d,"body":%b}' % (v, msgspec.json.encode(to), was, body)


def publishes(sent: Iterable[Sent], channels: Channels) -> Iterator[tuple[str, bytes]]:
    """(channel, message) in order. One recipient is published on the user's channel; several, and chatter, on `many`:
    consecutive events that go to the same ids together."""
    for to, events in groupby(sent, key=lambda event: event.to):
        told = list(events)
        if len(to) == 1 and not any(event.chatter for event in told):
            yield from ((channels.user(to[0]), event.body) for event in told)
        elif to:
            yield channels.many, encode_many(to, (event.line for event in told))
