"""Live rooms as a gateway runs them: takes commands in, holds leases, drains inboxes, polls the timers. asyncio.

Several processes do this on the same rooms at the same time: a lease says who is at work, the turn number says whose
commit counts, and a timer is always set behind whoever holds a lease.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from rooms.live.calls import Calls, Executes
from rooms.live.counters import Counters
from rooms.live.drain import Drain
from rooms.live.errors import Refused
from rooms.live.game import Command, Game
from rooms.live.limits import LIMITS, Limits
from rooms.live.sync import synced
from wsgateway.wire.channels import Channels

log = logging.getLogger(__name__)


class RoomRunner:
    """Runs live rooms in this process. `node` names it in leases; `clock_ms` replaces Redis' clock in tests."""

    def __init__(
        self,
        redis: Executes,
        games: Mapping[str, Game[Any]],
        channels: Channels,
        node: str,
        clock_ms: Callable[[], int] | None = None,
        *,
        limits: Limits = LIMITS,
    ) -> None:
        self.games, self.limits = games, limits
        self.calls = Calls(redis, channels, node, clock_ms, limits)
        self.counters = Counters()
        self.draining = False
        self._drains: dict[int, asyncio.Task[None]] = {}
        self._alarms: dict[int, asyncio.TimerHandle] = {}
        #: calls under way that may bring a lease
        self._asking = 0
        self._tasks: set[asyncio.Task[None]] = set()

    # ------------------------------------------------------------------------------------------ what a gateway calls

    async def submit(self, room_id: int, command: Command) -> None:
        """Append a command; it is carried out once, in order, also if this process dies now. Returns when it is taken
        in, not when it is done. Raises `GameError` (unknown_room, too_fast, degraded: too many wait), Redis' errors."""
        take = not (self.draining or self._busy)
        self._asking += take
        try:
            answer = await self.calls.submit(room_id, command, take=take)
        finally:
            self._asking -= take
        if isinstance(answer, bytes | str):
            raise Refused.by_script(answer)
        self._act_on(room_id, answer)

    async def run(self, room_id: int) -> None:
        """Take the room if it has work and nobody has it; its draining goes on by itself (`idle` waits for it). What
        control's `{"do":"run"}` asks for."""
        if not (self.draining or self._busy or room_id in self._drains):
            await self._claim(room_id)

    async def _claim(self, room_id: int) -> None:
        self._asking += 1
        try:
            answer = await self.calls.claim(room_id)
        finally:
            self._asking -= 1
        self._act_on(room_id, answer)

    async def poll_timers(self) -> float:
        """One pass: take some of the rooms that are due. Returns the seconds after which the next pass is
        worth while (bounded, and with jitter, so that processes do not march in step)."""
        free = min(self.limits.due_batch, self.limits.drains - len(self._drains) - self._asking)
        if free <= 0 or self.draining:
            return self.limits.poll_ms / 1000
        next_ms, *rooms = await self.calls.due(free)
        # They are off all processes' sight for a lease now, so each must be claimed, also one that is in work here: its
        # last commit may be done and only the answer under way. Left out, its commands would wait that lease.
        await asyncio.gather(*(self._claim(int(room)) for room in rooms))
        most = self.limits.poll_ms
        wait = min(int(next_ms), most) if int(next_ms) >= 0 else most
        return (wait + random.random() * most / 10) / 1000

    async def serve(self) -> None:
        """Poll the timers until cancelled or drained. Redis being away is waited out."""
        task = asyncio.current_task()
        # A cancel may be lost inside a Redis client (asyncio.wait_for of Python 3.11 drops it when the answer comes at
        # the same moment), so the task is asked, too.
        while not self.draining and not (task and task.cancelling()):
            try:
                wait = await self.poll_timers()
            except Exception:
                self.counters.failures += 1
                wait = 0.5
            await asyncio.sleep(wait)

    async def sync(self, room_id: int, user: int, v: int, mark: int | None = None) -> str:
        """What `user` missed since `v`, whose event had this mark: a `synced` message, or `room` when the log can't
        serve or holds another event there; ready JSON text. Raises `GameError` (unknown_room, not_member,
        room_closed)."""
        return synced(await self.calls.sync(room_id, user, v, mark), room_id, user, self.games)

    async def idle(self) -> None:
        """Wait until no room is being drained here."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def release_all(self) -> None:
        """Before the process stops: take no room any more and hand over those in work after their present turn."""
        self.draining = True
        for alarm in self._alarms.values():
            alarm.cancel()
        self._alarms.clear()
        await self.idle()

    # ------------------------------------------------------------------------------------------ draining a room

    @property
    def _busy(self) -> bool:
        return len(self._drains) + self._asking >= self.limits.drains

    def _act_on(self, room_id: int, answer: Any) -> None:
        """A list: the room is ours to drain. A number above 0: so many ms till its next turn."""
        if isinstance(answer, list):
            drain = Drain(self.calls, self.games, room_id, self.counters, go_on=lambda: not self.draining)
            self._drains[room_id] = self._spawn(self._drain(drain, answer))
        else:
            self._set_alarm(room_id, int(answer))

    def _set_alarm(self, room_id: int, wait_ms: int) -> None:
        """Come back when the room's pace allows; the timers alone would be late by up to a pass."""
        if wait_ms > 0 and room_id not in self._alarms and not self.draining:
            loop = asyncio.get_running_loop()
            self._alarms[room_id] = loop.call_later(wait_ms / 1000, self._wake, room_id)

    async def _drain(self, drain: Drain, answer: list[Any]) -> None:
        try:
            self._set_alarm(drain.room_id, await drain.run(answer))
        except Exception as error:  # the lease runs out and the timer brings the room back
            self.counters.failures += 1
            ids = {"room": drain.room_id}
            log.warning("room %s given up: %s", drain.room_id, type(error).__name__, extra=ids)
        finally:
            # A later drain of the room may have begun: the lease is free before its answer has arrived here.
            if self._drains.get(drain.room_id) is asyncio.current_task():
                del self._drains[drain.room_id]

    def _wake(self, room_id: int) -> None:
        del self._alarms[room_id]
        self._spawn(self._run_quietly(room_id))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _run_quietly(self, room_id: int) -> None:
        try:
            await self.run(room_id)
        except Exception:  # Redis away: the timer stands, a later pass takes the room
            self.counters.failures += 1
