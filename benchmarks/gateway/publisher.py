"""Publishes from outside the server, as Django would: every payload crosses Redis in the peer's own wire format.

One process, one plain socket to Redis, commands pipelined and built before the first is sent; only the time is put in
on the way out. So the publisher, which shares the client's core, is nobody's bottleneck.

    publisher.py WIRE PHASE --redis PORT [--n N] [--events E] [--rate R] [--size B] [--room K]

Phases: bcast (E events to all), user (E events, each to one random user), room (E events to the K members of one
room). Rate: events per second, evenly spaced; 0 is as fast as possible. Run by the benchmark's own venv.
"""

import argparse
import json
import random
import select
import socket
import sys
import threading
import time
from collections.abc import Callable

import msgpack


def resp(channel: str, payload: str | bytes) -> bytes:
    """A PUBLISH command in RESP."""
    body = payload.encode() if isinstance(payload, str) else payload
    return b"*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%b\r\n$%d\r\n%b\r\n" % (len(channel), channel.encode(), len(body), body)


def as_text(ns: int) -> bytes:
    """A time as it stands in JSON."""
    return b"%d" % ns


class Plain:
    """A channel per user; no rooms, so one publish a member."""

    #: how the time looks inside a command; as long for every time of one run
    stamp: Callable[[int], bytes] = staticmethod(as_text)

    def user(self, user: int, event: dict) -> list[bytes]:
        return [resp(str(user), json.dumps(event))]

    def bcast(self, event: dict) -> list[bytes]:
        return [resp("all", json.dumps(event))]

    def room(self, members: int, event: dict) -> list[bytes]:
        payload = json.dumps(event)
        return [b"".join(resp(str(i), payload) for i in range(members))]


class Rooms(Plain):
    """Peers that keep room membership themselves: one publish on the room."""

    def room(self, members: int, event: dict) -> list[bytes]:
        return [resp("room1", json.dumps(event))]


class Ours(Plain):
    """Gamehub: users are numbered from 1; a room is one publish that lists its members on the first line."""

    def user(self, user: int, event: dict) -> list[bytes]:
        return super().user(user + 1, event)

    def room(self, members: int, event: dict) -> list[bytes]:
        return [resp("many", ",".join(str(i + 1) for i in range(members)) + "\n" + json.dumps(event))]


class Channels(Plain):
    """channels_redis.pubsub `group_send`."""

    stamp = staticmethod(msgpack.packb)

    def _group(self, group: str, event: dict) -> list[bytes]:
        from channels_redis.serializers import registry

        return [
            resp(
                "asgi__group__" + group,
                registry.get_serializer("msgpack").serialize({"type": "deliver", "data": event}),
            )
        ]

    def user(self, user: int, event: dict) -> list[bytes]:
        return self._group(f"user_{user}", event)

    def bcast(self, event: dict) -> list[bytes]:
        return self._group("all", event)

    def room(self, members: int, event: dict) -> list[bytes]:
        return self._group("room1", event)


class PythonSocketIO(Channels):
    """socketio.RedisManager(write_only=True).emit"""

    stamp = staticmethod(as_text)

    def _group(self, group: str | None, event: dict) -> list[bytes]:
        message = {"method": "emit", "event": "event", "data": [event], "binary": False, "namespace": "/"}
        message |= {"room": group, "skip_sid": None, "callback": None, "host_id": "pub"}
        return [resp("socketio", json.dumps(message))]

    def user(self, user: int, event: dict) -> list[bytes]:
        return self._group(f"u{user}", event)

    def bcast(self, event: dict) -> list[bytes]:
        return self._group(None, event)


class SocketIO(PythonSocketIO):
    """@socket.io/redis-emitter"""

    stamp = staticmethod(msgpack.packb)

    def _group(self, group: str | None, event: dict) -> list[bytes]:
        packet = {"type": 2, "data": ["event", event], "nsp": "/"}
        options = {"rooms": [group] if group else [], "flags": {}, "except": []}
        return [resp("socket.io#/#" + (f"{group}#" if group else ""), msgpack.packb(["emitter", packet, options]))]


class Centrifuge(Channels):
    """centrifuge's Redis broker: protobuf Publication with field 4, data."""

    stamp = staticmethod(as_text)

    def _group(self, group: str, event: dict) -> list[bytes]:
        payload, length = json.dumps(event).encode(), b""
        rest = len(payload)
        while True:
            low, rest = rest & 127, rest >> 7
            length += bytes([low | (128 if rest else 0)])
            if not rest:
                return [resp("centrifuge.client." + group, b"\x22" + length + payload)]

    def user(self, user: int, event: dict) -> list[bytes]:
        return self._group(f"u{user}", event)


WIRES = {"plain": Plain, "rooms": Rooms, "ours": Ours, "channels": Channels, "pysio": PythonSocketIO,
         "node_sio": SocketIO, "centrifuge": Centrifuge}  # fmt: skip


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("wire", choices=WIRES)
    parser.add_argument("phase", choices=["bcast", "user", "room"])
    for name, kind, default in (
        ("redis", int, 6379),
        ("n", int, 100),
        ("events", int, 10),
        ("rate", float, 0.0),
        ("size", int, 240),
        ("room", int, 1000),
    ):
        parser.add_argument(f"--{name}", type=kind, default=default)
    return parser.parse_args()


def make_event(size: int, ts: int) -> dict:
    """A chat-like event of about `size` bytes; `ts` is the monotonic clock in ns, `m` what the client counts."""
    event = {
        "m": "@EVT@",
        "ts": ts,
        "type": "new_message",
        "room": "r1",
        "sender": {"id": 17, "username": "alice"},
    }
    return {**event, "content": "x" * max(0, size - 125)}


def build(args: argparse.Namespace, wire: Plain, ts: int) -> list[list[bytes]]:
    """The commands of every event."""
    choose, event = random.Random(1), make_event(args.size, ts)
    if args.phase == "bcast":
        return [wire.bcast(event)] * args.events
    if args.phase == "room":
        return [wire.room(args.room, event)] * args.events
    return [wire.user(choose.randrange(args.n), event) for _ in range(args.events)]


class Drain(threading.Thread):
    """Reads Redis's replies so that it never blocks."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(daemon=True)
        self.connection, self.sent, self.replies, self.finished = connection, 0, 0, threading.Event()

    def run(self) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not (self.finished.is_set() and self.replies >= self.sent):
            if select.select([self.connection], [], [], 0.1)[0]:
                self.replies += self.connection.recv(1 << 16).count(b"\r\n")


def publish(connection: socket.socket, events: list[list[bytes]], placeholder: bytes, wire: Plain, rate: float) -> None:
    """Send every event at its time, with the time in it."""
    begin, pending, n_pending = time.monotonic_ns(), [], 0
    for k, commands in enumerate(events):
        if rate:  # the pace is what is asked for
            time.sleep(max(0.0, (begin + k * 1e9 / rate - time.monotonic_ns()) / 1e9))
        stamp = wire.stamp(time.monotonic_ns())
        pending += [command.replace(placeholder, stamp) for command in commands]
        n_pending += len(commands)
        if rate or n_pending >= 64:
            connection.sendall(b"".join(pending))
            pending, n_pending = [], 0
    connection.sendall(b"".join(pending))


def main() -> None:
    args = parse_arguments()
    wire = WIRES[args.wire]()
    then = time.monotonic_ns()
    events = build(args, wire, then)
    connection = socket.create_connection(("127.0.0.1", args.redis))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    drain = Drain(connection)
    drain.sent = sum(command.count(b"PUBLISH\r\n") for commands in events for command in commands)
    drain.start()
    begin = time.monotonic_ns()
    publish(connection, events, wire.stamp(then), wire, args.rate)
    took = (time.monotonic_ns() - begin) / 1e9
    drain.finished.set()
    drain.join(20)
    json.dump({"events": args.events, "commands": drain.sent, "replies": drain.replies, "publish_s": took}, sys.stdout)


if __name__ == "__main__":
    main()
