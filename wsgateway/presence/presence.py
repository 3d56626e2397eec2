"""Who is online, over all gateway processes: each user announced once, however many tabs, gateways and crashes.

A process tells Redis only of a user's first socket here and, after a grace period, of the last one gone: at most one
script call in 75 ms, the first of a burst at once, and its announcement leaves all gateways as one frame a socket. Each
process holds a lease; when it dies, another takes its users off. The lease is also the grace of a killed gateway's
users.
"""

import asyncio
from pathlib import Path

import structlog
from redis.exceptions import RedisError

from config.redis_scripts import Script, Word
from wsgateway.limits import Limits
from wsgateway.presence.roster import Roster
from wsgateway.redis.link import RedisLink
from wsgateway.wire import presence_keys
from wsgateway.wire.channels import Channels

log = structlog.get_logger()


def _script(name: str) -> Script:
    return Script(Path(__file__).with_name(f"presence_{name}.lua"))


class Presence:
    """The users of this process, kept in Redis. `come` and `go` are called for a user's first and last socket here."""

    UPDATE, RENEW, REAP = _script("update"), _script("renew"), _script("reap")

    def __init__(self, redis: RedisLink, channels: Channels, limits: Limits, node: str, roster: Roster) -> None:
        self._redis, self._channels, self._limits, self._node = redis, channels, limits, node
        self._roster = roster
        self._known: dict[int, str] = {}
        self._leaving: dict[int, asyncio.TimerHandle] = {}
        self._arrivals: dict[int, str] = {}
        self._departures: dict[int, None] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._settled_at = self._sent_at = 0.0
        self._mismatches = 0
        self._doubtful = self._handed_over = False
        prefix = channels.prefix
        self._online, self._nodes = presence_keys.online(prefix), presence_keys.nodes(prefix)
        self._node_prefix = presence_keys.node("", prefix)

    # ---------------------------------------------------------------------------------------- users of this process

    def come(self, user: int, name: str) -> None:
        """The user's first socket here. Back within the grace, nothing happened."""
        leaving = self._leaving.pop(user, None)
        if leaving is not None:
            leaving.cancel()
        self._departures.pop(user, None)
        if self._known.get(user) != name:
            self._known[user] = self._arrivals[user] = name
            self._soon()

    def go(self, user: int) -> None:
        """The user's last socket here is gone; it counts when the grace is over."""
        if self._handed_over:
            return
        loop = asyncio.get_running_loop()
        self._leaving[user] = loop.call_later(self._limits.presence_grace_s, self._gone, user)

    def _gone(self, user: int) -> None:
        self._leaving.pop(user, None)
        if self._known.pop(user, None) is not None:
            self._arrivals.pop(user, None)
            self._departures[user] = None
            self._soon()

    def _soon(self) -> None:
        """At once when it was quiet, else when the batch's time since the last one is over."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(self._sent_at + self._limits.presence_batch_s, self._send_batch)

    def _send_batch(self) -> None:
        self._timer, self._sent_at = None, self._now()
        task = asyncio.create_task(self._update())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _update(self) -> None:
        """Tell Redis. A failure loses nothing: when Redis is back it is told who is here, and who is not."""
        arrivals, self._arrivals = self._arrivals, {}
        departures, self._departures = self._departures, {}
        try:
            if self._doubtful:
                departures |= dict.fromkeys(await self._held_by_redis())
                self._doubtful = False
            await self._send(arrivals, departures)
        except RedisError as error:
            self._doubtful = True
            log.warning("presence_update_failed", error=str(error), arrivals=len(arrivals), departures=len(departures))

    async def _held_by_redis(self) -> list[int]:
        """The users that Redis holds for this process. After a cut some may have gone without its hearing of it, or it
        may have forgotten that it heard (a restart loses what its disk has not got yet)."""
        return [int(user) for user in await self._redis.command("HKEYS", self._node_key())]

    async def _send(self, arrivals: dict[int, str], departures: dict[int, None]) -> None:
        """Who came and who went, by what is known at this very moment: another batch may have overtaken this one."""
        pairs = [part for user, name in arrivals.items() if user in self._known for part in (user, name)]
        gone = [user for user in departures if user not in self._known]
        if not pairs and not gone:
            return
        arguments = [*self._common(), len(pairs) // 2, *pairs, *gone]
        held, _, _ = await self.UPDATE.run(self._redis.command, [*self._keys(), self._node_key()], arguments)
        if not held:
            self._bring_all()

    def _keys(self) -> list[str]:
        return [self._online, self._nodes]

    def _node_key(self) -> str:
        return self._node_prefix + self._node

    def _common(self) -> list[Word]:
        lease_ms = int(self._limits.presence_lease_s * 1000)
        return [self._node, lease_ms, self._node_prefix, self._channels.control]

    def _bring_all(self) -> None:
        """Redis may not know our users (any more), or know too many: tell it of all of them."""
        self._arrivals.update(self._known)
        self._doubtful = True
        self._soon()

    # ---------------------------------------------------------------------------------------- lease

    async def keep_lease(self) -> None:
        """Until the hand-over: renew our lease, and take over those that ran out."""
        while not self._handed_over:
            try:
                await self._renew()
            except RedisError as error:
                self._settled_at = self._now() + self._limits.presence_lease_s
                log.info("presence_lease_not_renewed", error=str(error))
            await asyncio.sleep(self._limits.presence_renew_s)

    async def _renew(self) -> None:
        """One round. After the hand-over its longer lease must stand, so nothing is sent behind it."""
        arguments: list[Word] = self._common()[:2]
        held, count, now = await self.RENEW.run(self._redis.command, self._keys(), arguments)
        if not held:
            self._bring_all()
        if self._now() < self._settled_at:
            return  # Redis has just come back: let every process renew before any is taken for dead
        await self._check_roster(count)
        latest = now + int(self._limits.presence_lease_s * 500)  # half a lease: nobody's can have run out since `now`
        while await self.REAP.run(
            self._redis.command, self._keys(), [self._node_prefix, self._channels.control, latest]
        ):
            log.info("presence_took_over")

    async def _check_roster(self, count: int) -> None:
        """A roster that is wrong two times in a row has missed something: read it anew."""
        self._mismatches = 0 if count == len(self._roster) else self._mismatches + 1
        if self._mismatches >= 2:
            self._mismatches = 0
            await self._roster.load()

    def redis_is_back(self) -> None:
        """After a cut: bring in all our users, believe nobody dead for one lease, and read the roster after it."""
        self._settled_at = self._now() + self._limits.presence_lease_s
        self._mismatches = 0
        self._bring_all()

    async def hand_over(self, grace_s: float) -> None:
        """At a drain: leave our users in Redis for `grace_s`; those who are back elsewhere by then never went."""
        self._handed_over = True
        for leaving in self._leaving.values():
            leaving.cancel()
        self._leaving.clear()
        await self._update()
        arguments: list[Word] = [self._node, int(grace_s * 1000)]
        await self.RENEW.run(self._redis.command, self._keys(), arguments)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
