"""The gateway with one trick of its fast path taken back: `python -m benchmarks.gateway.without TRICK`.

Each function here puts what a gateway without the trick would do in its place; wsgateway/hub.py numbers them.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence
from typing import Any

import redis.asyncio
import redis.asyncio.client

from wsgateway import gateway as server
from wsgateway import hub
from wsgateway.__main__ import main
from wsgateway.redis import resp as redis_wire
from wsgateway.sockets.connection import Connection
from wsgateway.sockets.frames import Batch, Parcel


def shared_frames() -> None:
    """1: wrap and frame every event anew for each socket."""

    def deliver(self: hub.Hub, audience: Sequence[Connection], batch: Batch) -> None:
        for connection in audience:
            connection.send_batch(Batch([Parcel(parcel.messages) for parcel in batch.parcels]))
        self._counters.delivered(len(audience) * batch.count(), len(audience), batch.count())

    hub.Hub._deliver = deliver


def straight_to_the_socket() -> None:
    """2: queue everything and write when epoll says so."""

    def deliver(self: hub.Hub, audience: Sequence[Connection], batch: Batch) -> None:
        self._look_after(batch, [(connection, 0) for connection in audience], [])
        self._counters.delivered(len(audience) * batch.count(), len(audience), batch.count())

    hub.Hub._deliver = deliver
    Connection.send_batch = lambda self, batch: self.hold(batch, 0)


def kept_rows() -> None:
    """3: ask every connection for its kind and its `transmit`."""

    def deliver(self: hub.Hub, audience: Sequence[Connection], batch: Batch) -> None:
        behind, dead = [], []
        for connection in audience:
            frame = batch.frame(connection.kind)
            try:
                sent = connection.transmit(frame)
            except BlockingIOError:
                sent = 0
            except OSError:
                dead.append(connection)
                continue
            if sent != len(frame):
                behind.append((connection, sent))
        self._look_after(batch, behind, dead)
        self._counters.delivered(len(audience) * batch.count(), len(audience), batch.count())

    hub.Hub._deliver = deliver


class RedisPySubscriber:
    """redis.asyncio's pub/sub in the place of our reader: a SUBSCRIBE a channel, a coroutine step a message."""

    def __init__(
        self, address: Any, limits: Any, on_message: Callable[[bytes, bytes], None], on_read: Callable[[], None]
    ) -> None:
        self._address, self._on_message, self._on_read = address, on_message, on_read
        self.channels = 0
        self._waiting: list[str] = []
        self._acknowledged: dict[bytes, asyncio.Future[None]] = {}
        self._pubsub: redis.asyncio.client.PubSub | None = None

    async def connect(self) -> Any:
        client = redis.asyncio.Redis(host=self._address.host, port=self._address.port)
        self._pubsub = client.pubsub()
        await self._pubsub.subscribe(*self._waiting)
        self._reader = asyncio.create_task(self._read())
        self.closed = asyncio.get_running_loop().create_future()
        return self

    async def _read(self) -> None:
        async for message in self._pubsub.listen():
            if message["type"] == "message":
                self._on_message(message["channel"], message["data"])
                self._on_read()
            elif message["channel"] in self._acknowledged:
                self._acknowledged.pop(message["channel"]).set_result(None)

    def subscribe(self, channel: str) -> asyncio.Future[None]:
        self.channels += 1
        done = asyncio.get_running_loop().create_future()
        if self._pubsub is None:
            self._waiting.append(channel)
            done.set_result(None)
        else:
            self._acknowledged[channel.encode()] = done
            self._task = asyncio.create_task(self._pubsub.subscribe(channel))
        return done

    def unsubscribe(self, channel: str) -> None:
        self.channels -= 1
        self._task = asyncio.create_task(self._pubsub.unsubscribe(channel))

    def is_silent(self) -> bool:
        return False

    def lost(self) -> None: ...

    def cut(self) -> None: ...


def own_redis_reader() -> None:
    """4: redis-py."""
    server.Subscriber = RedisPySubscriber


def one_frame_per_read() -> None:
    """6: a frame for every event."""

    def buffer_updated(self: redis_wire.Wire, nbytes: int) -> None:
        self._reader.feed(self._read, 0, nbytes)
        self.heard_at = self._loop.time()
        while (reply := self._reader.gets()) is not False:
            if self._on_push is None:
                self._resolve(reply)
            else:
                self._on_push(reply)
            self._on_read()

    redis_wire.Wire.buffer_updated = buffer_updated


def runs() -> None:
    """7: put every event down for every connection it goes to, whoever got the one before."""

    def event(self: hub.Hub, audience: Sequence[Connection], parcel: Parcel) -> None:
        if self._audience is not None:
            self._settle(self._audience, self._run)
        self._audience, self._run = audience, [parcel]

    hub.Hub._event = event


#: those that are taken back here; the slim socket (5) and presence's batches (8) are measured without it
TRICKS = {
    trick.__name__: trick
    for trick in (shared_frames, straight_to_the_socket, kept_rows, own_redis_reader, one_frame_per_read, runs)
}

if __name__ == "__main__":
    TRICKS[sys.argv[1]]()
    asyncio.run(main())
