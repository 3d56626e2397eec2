"""What our own processes tell each other: JSON on the `control` channel, built from these structs and nothing else.

The presence scripts write `announce` in Lua; `tests/wsgateway/wire/test_control.py` reads theirs with these structs.
"""

import msgspec

Pair = tuple[int, str]


class RunRoom(msgspec.Struct, tag_field="do", tag="run"):
    """There is a command in the inbox of room `room`: whoever can, run it."""

    room: int


class CloseSockets(msgspec.Struct, tag_field="do", tag="close", omit_defaults=True):
    """Close the sockets of a user, with a code of `close_codes`: those of one token (by its digest), or all."""

    user: int
    code: int
    reason: str = ""
    digest: str | None = None


class Announce(msgspec.Struct, tag_field="do", tag="announce"):
    """Who came online and who went, (id, name) each."""

    come: list[Pair] = []
    gone: list[Pair] = []


class Probe(msgspec.Struct, tag_field="do", tag="probe"):
    """A process's message to itself, to see how long publishing takes. `at` is its monotonic clock, seconds."""

    node: str
    at: float


Order = RunRoom | CloseSockets | Announce | Probe

_decoder = msgspec.json.Decoder(Order)


def encode_order(order: Order) -> bytes:
    """An order as it is published on `control`."""
    return msgspec.json.encode(order)


def decode_order(payload: bytes) -> Order:
    """The order of a published message. Raises `msgspec.DecodeError`."""
    return _decoder.decode(payload)
