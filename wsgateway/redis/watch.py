"""Both Redis connections kept up; when one is away everybody is told: `error` degraded once, then `resync`."""

import asyncio
from collections.abc import Callable

import structlog

from wsgateway.limits import Limits
from wsgateway.metrics import Counters
from wsgateway.redis.link import RedisLink, Subscriber, keep_connected
from wsgateway.wire import client_out
from wsgateway.wire.errors import ERRORS

log = structlog.get_logger()

DEGRADED = client_out.encode(client_out.Error("degraded", ERRORS["degraded"])).encode()
RESYNC = client_out.encode(client_out.Resync(reason="redis")).encode()


class RedisWatch:
    """Runs both connections. `on_back` is called whenever all is well (again), the first time included."""

    def __init__(
        self,
        link: RedisLink,
        subscriber: Subscriber,
        limits: Limits,
        counters: Counters,
        *,
        tell: Callable[[bytes], None],
        on_back: Callable[[], None],
    ) -> None:
        self._link, self._subscriber, self._limits, self._counters = link, subscriber, limits, counters
        self._tell, self._on_back = tell, on_back
        self._up = {"link": False, "subscriber": False}
        self._told = False
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """For ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keep("link", self._link))
            tasks.create_task(self._keep("subscriber", self._subscriber))
            tasks.create_task(self._probe())

    async def _keep(self, name: str, connection: RedisLink | Subscriber) -> None:
        await keep_connected(
            connection.connect, connection.lost, self._limits, lambda: self._came_up(name), lambda: self._cut(name)
        )

    def _came_up(self, name: str) -> None:
        self._up[name] = True
        if not all(self._up.values()):
            return
        self.ready.set()
        self._on_back()
        if self._told:
            self._told = False
            log.info("redis_back")
            self._tell(RESYNC)

    def _cut(self, name: str) -> None:
        self._up[name] = False
        self.ready.clear()
        self._counters.redis_cuts += 1
        log.warning("redis_cut", connection=name)
        if not self._told:
            self._told = True
            self._tell(DEGRADED)

    async def _probe(self) -> None:
        """A Redis that stands still is noticed within `redis_reply_s` and a second."""
        while True:
            await asyncio.sleep(1)
            if self._subscriber.is_silent() or await self._link.is_silent():
                # Both: the other one is no better, and everybody would be told twice.
                self._link.cut()
                self._subscriber.cut()
