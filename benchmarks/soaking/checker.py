"""Presence compared with the truth: in Redis, in what each gateway lists, in what watchers made of announcements."""

import asyncio
import json
import time
from collections.abc import Callable

from benchmarks.soaking.crowd import Crowd, User
from benchmarks.soaking.world import GRACE_S, LEASE_S, RENEW_S, World

COME, GONE = "someone_connected", "someone_disconnected"
#: nobody who was away for less than this may be announced gone: the grace of a closed tab, the lease of a killed gateway
LEAST_AWAY_S = min(GRACE_S, LEASE_S - RENEW_S) - 0.2
#: an announcement is about a gap that ended no longer ago than this
RECENT_S = GRACE_S + LEASE_S + 3


class Watcher:
    """A user at one gateway who keeps a list of who is online, and finds fault with what is announced."""

    def __init__(self, number: int, token: str, where: str, crowd: Crowd, complain: Callable[[str], None]) -> None:
        self.crowd, self.complain, self.where = crowd, complain, where
        self.user = User(number, token, self.hear)
        self.user.open_tab(lambda: where)
        self.online: set[int] = set()
        self.gone_at: dict[int, float] = {}
        self.announced = 0

    def hear(self, text: bytes) -> None:
        """One message of the socket."""
        message = json.loads(text)
        action, number = message["action"], message.get("id")
        if action == "connected":
            self.online = {user["id"] for user in message["online"]}
        elif action == COME:
            self.announced += 1
            if number in self.online:
                self.complain(f"{number} announced twice as come")
            self.online.add(number)
        elif action == GONE:
            self._went(number)

    def _went(self, number: int) -> None:
        self.announced += 1
        now = self.gone_at[number] = time.monotonic()
        if number not in self.online:
            self.complain(f"{number} announced twice as gone")
        self.online.discard(number)
        user = self.crowd.users.get(number)
        if user is not None and not user.was_away(LEAST_AWAY_S, now - RECENT_S):
            self.complain(f"{number} announced gone without having been away")


class Checker:
    """Watchers at every gateway; `check` at quiet points."""

    def __init__(self, world: World, crowd: Crowd, tokens: dict[int, str]) -> None:
        self.world, self.crowd, self.faults = world, crowd, list[str]()
        self.quiet_points = self.late = 0
        self.slowest_gone_s = 0.0
        self.lost: dict[int, float] = {}
        pairs = zip(tokens.items(), world.gateways, strict=True)
        self.watchers = [Watcher(n, token, gateway.listen, crowd, self.complain) for (n, token), gateway in pairs]

    def complain(self, fault: str) -> None:
        """Something is wrong."""
        self.faults.append(f"{time.strftime('%H:%M:%S')} {fault}")
        print("WRONG", self.faults[-1], flush=True)

    def expect_gone(self, users: list[int], at: float) -> None:
        """These were lost with a killed gateway and will not come back by themselves."""
        self.lost.update(dict.fromkeys(users, at))

    async def check(self) -> None:
        """Wait until all is settled, then compare."""
        begun = time.monotonic()
        while not (self.crowd.settled and all(watcher.user.settled for watcher in self.watchers)):
            if time.monotonic() - begun > 30:
                self.complain("somebody could not come back within 30 s")
                break
            await asyncio.sleep(0.1)
        await asyncio.sleep(GRACE_S + LEASE_S + 2)
        self._time_of_gone()
        truth = self.crowd.online | {watcher.user.id for watcher in self.watchers if watcher.user.here}
        self._compare("Redis", self.world.online(), truth)
        for watcher in self.watchers:
            self._compare(f"announcements at {watcher.where[-12:]}", watcher.online | {watcher.user.id}, truth)
        for watcher in self.watchers:  # what a newcomer is told
            watcher.user.close_tab()
            watcher.user.open_tab(lambda where=watcher.where: where)
        while not all(watcher.user.settled for watcher in self.watchers):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        for watcher in self.watchers:
            self._compare(f"`connected` of {watcher.where[-12:]}", watcher.online | {watcher.user.id}, truth)
        self.quiet_points += 1

    def _compare(self, what: str, seen: set[int], truth: set[int]) -> None:
        if seen != truth:
            self.complain(f"{what}: ghosts {sorted(seen - truth)[:10]}, missing {sorted(truth - seen)[:10]}")

    def _time_of_gone(self) -> None:
        for number, killed_at in self.lost.items():
            user = self.crowd.users[number]
            if user.here or user.away_since > killed_at + 1:
                continue  # came back for some other reason
            told = [at for watcher in self.watchers if (at := watcher.gone_at.get(number, 0.0)) > killed_at]
            if told:
                self.slowest_gone_s = max(self.slowest_gone_s, min(told) - killed_at)
                self.late += min(told) - killed_at > 10
        self.lost.clear()
