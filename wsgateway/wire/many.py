"""The payload of the `many` channel: one message, or several, for the same users.

The first line holds the ids, `1,2,3`; what stands behind it is one message, or one JSON object a line. A line that
begins with `~` is chatter: a client that is too slow for everything can do without it, and a poll waits for company.
"""

from collections.abc import Iterable, Iterator

CHATTER = b"~"


def encode_many(users: Iterable[int], lines: Iterable[bytes]) -> bytes:
    """The payload for these users. A line is a message as JSON without line ends, chatter with its mark."""
    return b"\n".join([",".join(map(str, users)).encode(), *lines])


def as_chatter(message: bytes) -> bytes:
    """The message's line when a slow client can do without it."""
    return CHATTER + message


def decode_many(payload: bytes) -> tuple[bytes, Iterator[tuple[bytes, bool]]]:
    """The ids as they stand there, and (message, whether it is chatter) for each message."""
    users, _, rest = payload.partition(b"\n")
    return users, _messages(rest)


def _messages(rest: bytes) -> Iterator[tuple[bytes, bool]]:
    lines = rest.split(b"\n")
    if all(line[-1:] == b"}" and line[:1] in (b"{", CHATTER) for line in lines):
        yield from ((line[1:], True) if line[:1] == CHATTER else (line, False) for line in lines)
    else:  # somebody's own message, in whatever lines it likes
        yield rest, False
