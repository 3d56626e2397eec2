"""The hub alone: whatever a tick brings, each connection gets its own messages, in order, once."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wsgateway.hub import Hub, as_parcel
from wsgateway.limits import Limits
from wsgateway.metrics import Counters
from wsgateway.sockets.connection import Connection, refuse_for_now
from wsgateway.sockets.frames import ARRAY, RAW, SOCKJS, Batch, Parcel


class Desk:
    """The door of connections that no network is behind: only the hub is looked at here."""

    limits = Limits()

    def __init__(self, hub: Hub | None = None) -> None:
        self.hub = hub

    def received(self, connection: Connection, text: bytes) -> None: ...

    def allows_frame(self, connection: Connection) -> bool:
        return True

    def dropped(self, reason: str) -> None: ...

    def rewired(self) -> None:
        if self.hub is not None:
            self.hub.rewired()

    def closed(self, connection: Connection, code: int, reason: str) -> None: ...


class Recorder(Connection):
    """Writes down the frames it is given; the real transports are tested over real sockets."""

    __slots__ = ("frames", "held", "lost")

    kind = ARRAY
    transport = "recorder"

    def __init__(self, user: int, hub: Hub | None = None) -> None:
        super().__init__(Desk(hub), 0, "")
        self.user = user
        self.frames: list[bytes] = []
        self.held: list[tuple[Batch, int]] = []
        self.lost = False
        self.transmit: Any = self.record

    def record(self, frame: bytes) -> int:
        self.frames.append(frame)
        return len(frame)

    def hold(self, batch: Batch, sent: int) -> None:
        self.held.append((batch, sent))

    def abort(self) -> None:
        self.lost = True

    def heard(self) -> list[int]:
        return [json.loads(message) for frame in self.frames for message in json.loads(frame[1:])]


TARGET = (
    st.just("all")
    | st.integers(0, 5)
    | st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True)
    | st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True).map(tuple)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=8), st.lists(TARGET, max_size=30), st.sets(st.integers(0, 29)))
def test_everybody_gets_their_own_in_order(users: list[int], events: list[Any], flushes: set[int]):
    """Events to all, to a user, to several (list), to all but some (tuple), flushed wherever."""
    hub = Hub(Counters())
    connections = [Recorder(user) for user in users]
    for connection in connections:
        hub.add(connection)
    expected: dict[int, list[int]] = {user: [] for user in users}
    for number, target in enumerate(events):
        parcel = as_parcel(b"%d" % number)
        if target == "all":
            hub.to_all(parcel)
            hearers = set(users)
        elif isinstance(target, int):
            hub.to_user(b"%d" % target, parcel)
            hearers = {target}
        elif isinstance(target, list):
            hub.to_many(b",".join(b"%d" % user for user in target), parcel)
            hearers = set(target)
        else:
            hub.to_all_but(target, parcel)
            hearers = set(users) - set(target)
        for user in hearers & set(users):
            expected[user].append(number)
        if number in flushes:
            hub.flush()
    hub.flush()
    assert {connection.user: connection.heard() for connection in connections} == expected
    for connection in connections:
        assert connection.heard() == expected[connection.user]
        assert len(connection.frames) <= len(flushes) + 1


def test_one_batch_for_a_burst_to_one_audience():
    hub = Hub(Counters())
    connections = [Recorder(user) for user in range(3)]
    for connection in connections:
        hub.add(connection)
    for number in range(4):
        hub.to_many(b"0,2", as_parcel(b"%d" % number))
    hub.flush()
    assert [connection.frames for connection in connections] == [[b'a["0","1","2","3"]'], [], [b'a["0","1","2","3"]']]
    assert connections[0].frames[0] is connections[2].frames[0]


def test_behind_and_dead_do_not_stop_the_others():
    hub = Hub(Counters())
    behind, dead, partly, last = (Recorder(user) for user in range(4))
    behind.transmit = refuse_for_now
    dead.transmit = lambda frame: (_ for _ in ()).throw(BrokenPipeError())
    partly.transmit = lambda frame: 2
    for connection in (behind, dead, partly, last):
        hub.add(connection)
    hub.to_all(as_parcel(b"1"))
    hub.flush()
    assert last.frames == [b'a["1"]']
    assert [(batch.frame(ARRAY), sent) for batch, sent in behind.held + partly.held] == [(b'a["1"]', 0), (b'a["1"]', 2)]
    assert dead.lost


@pytest.mark.parametrize("send", [Hub.to_all, lambda hub, parcel: hub.to_many(b"0,1", parcel)])
def test_who_got_a_queue_is_never_sent_past_it(send: Callable[[Hub, Parcel], None]):
    """Rows of `transmit`s are kept from one event to the next; a change must reach them at once, and the way back."""
    hub = Hub(Counters())
    slow, other = Recorder(0, hub), Recorder(1, hub)
    for connection in (slow, other):
        hub.add(connection)
    for transmit in (slow.record, refuse_for_now, slow.record):
        slow.send_by(transmit)
        send(hub, as_parcel(b"1"))
        hub.flush()
    assert (slow.frames, len(slow.held)) == ([b'a["1"]'] * 2, 1)
    assert other.frames == [b'a["1"]'] * 3


def test_user_named_twice_gets_it_once():
    hub, connection = Hub(Counters()), Recorder(1)
    hub.add(connection)
    hub.to_many(b"1,1", as_parcel(b"1"))
    hub.flush()
    assert connection.frames == [b'a["1"]']


def test_message_to_nobody_reaches_nobody():
    hub, connection = Hub(Counters()), Recorder(1)
    hub.add(connection)
    hub.to_all(as_parcel(b"1"))
    hub.to_many(b"", as_parcel(b"2"))
    hub.flush()
    assert connection.frames == [b'a["1"]']


def test_first_and_last_of_a_user():
    hub = Hub(Counters())
    first, second = Recorder(7), Recorder(7)
    assert [hub.add(first), hub.add(second)] == [True, False]
    assert [hub.remove(first), hub.remove(first), hub.remove(second)] == [False, False, True]
    assert (hub.users, hub.everyone) == ({}, {})


def test_list_of_members_follows_who_comes_and_goes():
    hub = Hub(Counters())
    first, second = Recorder(1), Recorder(1)
    hub.add(first)
    for connection, change in ((second, hub.add), (first, hub.remove)):
        hub.to_many(b"1", as_parcel(b"0"))
        hub.flush()
        change(connection)
    hub.to_many(b"1", as_parcel(b"1"))
    hub.flush()
    assert (first.heard(), second.heard()) == ([0, 0], [0, 1])


def test_counts_messages_not_frames():
    counters = Counters()
    hub = Hub(counters)
    for user in range(3):
        hub.add(Recorder(user))
    hub.to_all(as_parcel(b"1"))
    hub.to_all(as_parcel(b"2"))
    hub.flush()
    assert (counters.deliveries, counters.frames, counters.events) == (6, 3, 2)


@pytest.mark.parametrize(
    ("kind", "frame"),
    [
        (ARRAY, b'a["{\\"x\\":1}","\\"\xd1\x91\\""]'),
        (SOCKJS, b'\x81\x17a["{\\"x\\":1}","\\"\xd1\x91\\""]'),
        (RAW, b'\x81\x07{"x":1}\x81\x04"\xd1\x91"'),
    ],
)
def test_frames_by_kind(kind: int, frame: bytes):
    assert Batch([as_parcel(b'{"x":1}'), as_parcel('"ё"'.encode())]).frame(kind) == frame


def test_chatter_left_out():
    talk, result = as_parcel(b'{"action":"new_answer","v":1}', chatter=True), as_parcel(b'{"action":"close_room"}')
    both = Batch([talk, result])
    left = both.without_chatter()
    assert left is not None
    assert left.parcels == [result]
    assert Batch([talk]).without_chatter() is None
    assert left.without_chatter() is left
    assert Batch([Parcel((b"1",), chatter=True)]).without_chatter() is None
