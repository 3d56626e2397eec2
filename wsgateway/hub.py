"""The fast path: what Redis brings goes out to the sockets of its users, in pure Python at about the price of `send()`.

An event is bytes from end to end; nobody looks into it, its mark in `many` apart. The tricks, with what each brings
(`benchmarks/tricks` takes them back one at a time and leaves benchmarks/TRICKS.md; N = 2,000 sockets, 240-byte events):

1. Frame bytes are built once per event and kind of transport, not per socket: 7.5 -> 4.8 us of CPU per delivery.
2. The bytes go straight to `socket.send` while nothing is queued for that socket: 10.2 -> 4.8 us. A socket with a queue
   has a `transmit` that raises `BlockingIOError`, so that the loop has no test for it.
3. For a room or for all the loop walks a kept list of these `transmit`s and touches nothing else of a connection, which
   after 2,000 sends is out of every cache: 5.5 -> 4.8 us. A connection that gets another `transmit` says so
   (`rewired`).
4. Our own reader on hiredis with batched SUBSCRIBE (wsgateway/redis/resp.py): messages to single users x 3.2
   (x 1.4 of it is 6: redis-py hands over one at a time), a connect 293 -> 257 us.
5. After the handshake a slim socket takes the place of Tornado's handler, request and stream
   (wsgateway/sockets/websocket.py): 20 -> 2 KiB a connection.
6. Everything that one read from Redis brought leaves as ONE `a[...]` frame per socket: x 17 in bursts to all, x 1.4 to
   single users, nothing when events are spaced.
7. Consecutive events for the same audience are kept as one run, so that a burst to a room or to all never touches a
   table per socket: x 1.8 in bursts to all.
8. Joins and leaves of 75 ms leave as one frame (wsgateway/presence/presence.py): 2,000 joins two at a time are
   18,000 frames instead of 1,011,000.

Tried without gain, so not here: uvloop. A loop over the sockets in C brought 7 to 14 % and a compiler: not here either.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import length_hint

from wsgateway.metrics import Counters
from wsgateway.sockets.connection import Connection
from wsgateway.sockets.frames import Batch, Parcel

#: lists of room members kept from one event to the next; they live until somebody comes or goes
AUDIENCES = 256

Run = list[Parcel]
#: connections of one kind and, at the same places, what each sends by
Row = tuple[int, list[Callable[[bytes], int]], list[Connection]]


class Audience(list[Connection]):
    """Connections that get the same again and again: a room's, or all. `rows` are good while `version` is the hub's."""

    __slots__ = ("rows", "version")
    rows: list[Row]
    version: int


class Hub:
    """User id -> connections. `event` takes in, `flush` sends out; both are called within one read from Redis."""

    def __init__(self, counters: Counters) -> None:
        self.users: dict[bytes, list[Connection]] = {}
        self.everyone: dict[Connection, None] = {}
        self._counters = counters
        self._audiences: dict[bytes, Audience] = {}
        self._all: Audience | None = None
        self._version = 0
        self._audience: Sequence[Connection] | None = None
        self._run: Run = []
        self._runs: dict[Connection, Run] = {}
        self._joined: dict[tuple[int, int], tuple[Run, Run, Run]] = {}

    # ---------------------------------------------------------------------------------------------- who is here

    def add(self, connection: Connection) -> bool:
        """An identified connection; True when it is its user's first here."""
        key = b"%d" % connection.user
        self.everyone[connection] = None
        self._forget_audiences()
        connections = self.users.get(key)
        if connections is None:
            self.users[key] = [connection]
            return True
        connections.append(connection)
        return False

    def remove(self, connection: Connection) -> bool:
        """True when it was its user's last one here. Unknown connections are ignored."""
        if connection not in self.everyone:
            return False
        del self.everyone[connection]
        self._forget_audiences()
        key = b"%d" % connection.user
        rest = [other for other in self.users[key] if other is not connection]
        if rest:
            self.users[key] = rest
        else:
            del self.users[key]
        return not rest

    def _forget_audiences(self) -> None:
        self._audiences.clear()
        self._all = None

    def rewired(self) -> None:
        """A connection's `transmit` is another now, so that rows made before are good no more."""
        self._version += 1

    def of(self, user: int) -> Sequence[Connection]:
        """The user's connections here."""
        return self.users.get(b"%d" % user, ())

    # ---------------------------------------------------------------------------------------------- events in

    def to_all(self, parcel: Parcel) -> None:
        """To every user online."""
        if self._all is None:
            self._all = _audience(self.everyone)
        self._event(self._all, parcel)

    def to_user(self, key: bytes, parcel: Parcel) -> None:
        """To one user, by the id in decimal digits."""
        audience = self.users.get(key)
        if audience is not None:
            self._event(audience, parcel)

    def to_many(self, keys: bytes, parcel: Parcel) -> None:
        """To several users: `b"1,2,3"`. One alone needs no kept audience."""
        if b"," not in keys:
            self.to_user(keys, parcel)
            return
        audience = self._audiences.get(keys)
        if audience is None:
            users = self.users
            audience = _audience(c for key in dict.fromkeys(keys.split(b",")) for c in users.get(key, ()))
            if len(self._audiences) >= AUDIENCES:
                self._audiences.clear()
            self._audiences[keys] = audience
        if audience:
            self._event(audience, parcel)

    def to_all_but(self, users: Iterable[int], parcel: Parcel) -> None:
        """To every user online but these."""
        left_out = {connection for user in users for connection in self.of(user)}
        if not left_out:
            self.to_all(parcel)
        else:
            self._event([connection for connection in self.everyone if connection not in left_out], parcel)

    def _event(self, audience: Sequence[Connection], parcel: Parcel) -> None:
        if audience is self._audience:
            self._run.append(parcel)
            return
        if self._audience is not None:
            self._settle(self._audience, self._run)
        self._audience, self._run = audience, [parcel]

    def _settle(self, audience: Sequence[Connection], run: Run) -> None:
        """Put a finished run behind what its audience's connections have got in this tick; runs stay shared."""
        runs = self._runs
        for connection in audience:
            before = runs.get(connection)
            runs[connection] = run if before is None else self._join(before, run)

    def _join(self, before: Run, run: Run) -> Run:
        key = (id(before), id(run))
        known = self._joined.get(key)
        if known is None:  # both are kept beside the key, so that no other list gets their ids
            known = self._joined[key] = (before, run, before + run)
        return known[2]

    # ---------------------------------------------------------------------------------------------- frames out

    def flush(self) -> None:
        """Send what the events since the last flush came to."""
        audience, run = self._audience, self._run
        if audience is None:
            return
        self._audience, self._run = None, []
        if not self._runs and type(audience) is Audience:
            self._deliver(audience, Batch(run))
            return
        self._settle(audience, run)
        runs, self._runs, self._joined = self._runs, {}, {}
        self._deliver_each(runs)

    def _deliver(self, audience: Audience, batch: Batch) -> None:
        """One batch to many."""
        if audience.version != self._version:
            audience.rows, audience.version = _in_rows(audience), self._version
        behind: list[tuple[Connection, int]] = []
        dead: list[Connection] = []
        for kind, transmits, connections in audience.rows:
            _send(batch.frame(kind), transmits, connections, behind, dead)
        self._counters.delivered(len(audience) * batch.count(), len(audience), batch.count())
        if behind or dead:
            self._look_after(batch, behind, dead)

    def _deliver_each(self, runs: dict[Connection, Run]) -> None:
        """To everybody a run; those with the very same one share its bytes."""
        batches: dict[int, tuple[Batch, int]] = {}
        deliveries = held = 0
        for connection, run in runs.items():
            known = batches.get(id(run))
            if known is None:
                batch = Batch(run)
                known = batches[id(run)] = (batch, batch.count())
            deliveries += known[1]
            held += not connection.send_batch(known[0])
        self._counters.held += held
        self._counters.delivered(deliveries, len(runs), sum(count for _, count in batches.values()))

    def _look_after(self, batch: Batch, behind: list[tuple[Connection, int]], dead: list[Connection]) -> None:
        """The few that could not take it; after the loop, because they may leave the hub."""
        self._counters.held += len(behind)
        for connection, sent in behind:
            connection.hold(batch, sent)
        for connection in dead:
            connection.abort()


def _send(
    frame: bytes,
    transmits: list[Callable[[bytes], int]],
    connections: list[Connection],
    behind: list[tuple[Connection, int]],
    dead: list[Connection],
) -> None:
    """The loop the whole gateway is about. Whose turn it is, is asked of the iterator, and only when something went
    wrong."""
    size = len(frame)
    row = iter(transmits)
    for transmit in row:
        try:
            sent = transmit(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            dead.append(connections[~length_hint(row)])
            continue
        if sent != size:
            behind.append((connections[~length_hint(row)], sent))


def _audience(connections: Iterable[Connection]) -> Audience:
    audience = Audience(connections)
    audience.version = -1
    return audience


def _in_rows(connections: Iterable[Connection]) -> list[Row]:
    rows: dict[int, Row] = {}
    for connection in connections:
        row = rows.get(connection.kind)
        if row is None:
            rows[connection.kind] = (connection.kind, [connection.transmit], [connection])
        else:
            row[1].append(connection.transmit)
            row[2].append(connection)
    return list(rows.values())


def as_parcel(payload: bytes, chatter: bool = False) -> Parcel:
    """One published message. Raises `UnicodeDecodeError`, because a text frame must be UTF-8."""
    if not payload.isascii():
        payload.decode()
    return Parcel((payload,), chatter=chatter)
