"""Two connections to Redis on hiredis: one for commands, pipelined by nature, one for pub/sub.

Ours instead of redis-py's, because redis-py makes a task and a connection per command in flight (its default pool
refuses the 101st) and resubscribes silently after a cut. Here commands of one turn of the loop leave in one write,
subscriptions in one SUBSCRIBE, and a cut is told: commands under way fail, and the owner hears of it.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from typing import Any

import hiredis
import structlog
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ResponseError

from wsgateway.limits import Limits
from wsgateway.redis.resp import Argument, Wire, greetings, open_wire
from wsgateway.redis.url import RedisAddress

log = structlog.get_logger()


class RedisLink:
    """Commands: `await link.command("GET", key)`; `redis.exceptions.ConnectionError` while Redis is away."""

    def __init__(self, address: RedisAddress, limits: Limits) -> None:
        self._address, self._limits = address, limits
        self._wire: Wire | None = None

    @property
    def up(self) -> bool:
        """Whether commands can be sent now."""
        return self._wire is not None

    async def execute_command(self, *arguments: Argument) -> Any:
        """The reply, as redis-py names it (rooms/live/runner.py uses it). Pipelined like `command`."""
        return await self.command(*arguments)

    def command(self, *arguments: Argument) -> asyncio.Future[Any]:
        """Pipelined with whatever else is sent in this turn of the loop. Replies are bytes, ints, lists, None."""
        if self._wire is None:
            future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            future.set_exception(RedisConnectionError("no connection to Redis"))
            return future
        return self._wire.command(arguments)

    async def connect(self) -> Wire:
        """Connect and log in. Raises `OSError`, `ResponseError`, `TimeoutError`."""
        wire = await open_wire(self._address, lambda: Wire(lambda: None))
        try:
            async with asyncio.timeout(self._limits.redis_reply_s):
                for arguments in greetings(self._address):
                    await wire.command(arguments)
        except BaseException:
            wire.abort()
            raise
        self._wire = wire
        return wire

    async def is_silent(self) -> bool:
        """Notice a Redis that is there and says nothing: one PING, not answered within `redis_reply_s`."""
        if self._wire is None:
            return False
        try:
            async with asyncio.timeout(self._limits.redis_reply_s):
                await self._wire.command(("PING",))
        except TimeoutError:
            return True
        except RedisConnectionError:
            pass
        return False

    def cut(self) -> None:
        """End the connection; whoever keeps it up hears of it and makes a new one."""
        if self._wire is not None:
            self._wire.abort()

    def lost(self) -> None:
        """Forget the connection, which is dead."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.abort()


class Subscriber:
    """Pub/sub: `on_message(channel, payload)` for each message, `on_read()` after all that one read brought."""

    #: channels in one SUBSCRIBE after a reconnect, so that one command stays under 100 KB
    PER_COMMAND = 2_000

    def __init__(
        self,
        address: RedisAddress,
        limits: Limits,
        on_message: Callable[[bytes, bytes], None],
        on_read: Callable[[], None],
    ) -> None:
        self._address, self._limits = address, limits
        self._on_message, self._on_read = on_message, on_read
        self._wire: Wire | None = None
        self._channels: dict[str, None] = {}
        self._changes: dict[str, bool] = {}
        self._acknowledged: asyncio.Future[None] | None = None
        self._awaited: deque[tuple[bytes, asyncio.Future[None]]] = deque()

    @property
    def channels(self) -> int:
        """How many channels are subscribed."""
        return len(self._channels)

    async def connect(self) -> Wire:
        """Connect, log in and subscribe to everything again. Raises `OSError`, `ResponseError`, `TimeoutError`."""
        wire = await open_wire(self._address, lambda: Wire(self._on_read, self._push))
        try:
            for arguments in greetings(self._address)[:-1]:
                wire.send(arguments)
            self._wire = wire
            async with asyncio.timeout(self._limits.redis_reply_s):
                await self._subscribe_all()
        except BaseException:
            self.lost()
            wire.abort()
            raise
        return wire

    def lost(self) -> None:
        """Forget the connection, which is dead; those who wait for a subscription are told."""
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.abort()
        if self._acknowledged is not None:
            self._awaited.append((b"", self._acknowledged))
        self._changes, self._acknowledged = {}, None
        while self._awaited:
            _, future = self._awaited.popleft()
            if not future.done():
                future.set_exception(RedisConnectionError("connection to Redis lost"))

    def is_silent(self) -> bool:
        """Notice a Redis that is there and says nothing: nothing heard for `redis_reply_s`, PING's answers included."""
        wire = self._wire
        if wire is None:
            return False
        wire.send(("PING",))
        return asyncio.get_running_loop().time() - wire.heard_at > self._limits.redis_reply_s

    def cut(self) -> None:
        """End the connection; whoever keeps it up hears of it and makes a new one."""
        if self._wire is not None:
            self._wire.abort()

    def subscribe(self, channel: str) -> asyncio.Future[None]:
        """Subscribe; done when Redis has said so. Fails with `redis.exceptions.ConnectionError` at a cut."""
        self._channels[channel] = None
        return self._change(channel, wanted=True)

    def unsubscribe(self, channel: str) -> None:
        """Unsubscribe; messages already on their way may still come."""
        if self._channels.pop(channel, 0) is None and self._wire is not None:
            self._change(channel, wanted=False)

    def _change(self, channel: str, *, wanted: bool) -> asyncio.Future[None]:
        """Note the change; all of this turn of the loop leave as one command and share one future."""
        if self._acknowledged is None:
            self._acknowledged = asyncio.get_running_loop().create_future()
            self._acknowledged.add_done_callback(_retrieve)
            if self._wire is None:
                self._acknowledged.set_exception(RedisConnectionError("no connection to Redis"))
                failed, self._acknowledged = self._acknowledged, None
                return failed
            asyncio.get_running_loop().call_soon(self._send_changes)
        self._changes.pop(channel, None)
        self._changes[channel] = wanted
        return self._acknowledged

    def _send_changes(self) -> None:
        changes, self._changes = self._changes, {}
        future, self._acknowledged = self._acknowledged, None
        if self._wire is None or future is None:
            return
        gone = [channel for channel, wanted in changes.items() if not wanted]
        come = [channel for channel, wanted in changes.items() if wanted]
        if gone:
            self._wire.send(("UNSUBSCRIBE", *gone))
        if come:
            self._wire.send(("SUBSCRIBE", *come))
            self._awaited.append((come[-1].encode(), future))
        else:
            future.set_result(None)

    async def _subscribe_all(self) -> None:
        assert self._wire is not None
        channels = list(self._channels)
        for start in range(0, len(channels), self.PER_COMMAND):
            chunk = channels[start : start + self.PER_COMMAND]
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._awaited.append((chunk[-1].encode(), future))
            self._wire.send(("SUBSCRIBE", *chunk))
            await future

    def _push(self, reply: Any) -> None:
        if type(reply) is not list:
            if isinstance(reply, hiredis.ReplyError):
                log.error("redis_refused", error=str(reply))
                self.lost()
            return
        if reply[0] == b"message":
            self._on_message(reply[1], reply[2])
        elif reply[0] == b"subscribe" and self._awaited and self._awaited[0][0] == reply[1]:
            _, future = self._awaited.popleft()
            if not future.done():
                future.set_result(None)


def _retrieve(future: asyncio.Future[None]) -> None:
    """A failed subscription that nobody waits for is no warning in the log."""
    if not future.cancelled():
        future.exception()


async def keep_connected(
    connect: Callable[[], Any],
    lost: Callable[[], None],
    limits: Limits,
    on_up: Callable[[], Any],
    on_cut: Callable[[], None],
) -> None:
    """For ever: connect with backoff and jitter, tell `on_up`, wait for the cut, tell `on_cut`."""
    pause = 0.05
    while True:
        try:
            wire: Wire = await connect()
        except (OSError, ResponseError, RedisConnectionError, TimeoutError) as error:
            log.warning("redis_unreachable", error=str(error))
            await asyncio.sleep(random.uniform(pause / 2, pause))
            pause = min(pause * 2, limits.redis_retry_s)
            continue
        pause = 0.05
        on_up()
        await asyncio.shield(wire.closed)
        lost()
        on_cut()
