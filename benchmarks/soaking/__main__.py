"""`benchmarks/soak --minutes N`: 500 users, three gateways, random trouble; presence is compared with the truth.

Exit status 1 when anything was wrong: a ghost, a missing user, somebody announced twice or without having been away.
"""

import argparse
import asyncio
import random
import sys
import time

from benchmarks.soaking.checker import Checker
from benchmarks.soaking.crowd import Crowd
from benchmarks.soaking.world import World

WATCHER = 1_000_000
#: one round: so long of trouble, then a quiet point
ROUND_S = 15.0
STIRS_PER_S = 25.0
#: of the users of a killed gateway, those who have lost interest
LOST_SHARE = 0.3


class Soak:
    """One run."""

    def __init__(self, world: World, users: int) -> None:
        tokens = world.tokens(range(1, users + 1))
        doors = [gateway.listen for gateway in world.gateways]
        self.world, self.crowd = world, Crowd(tokens, doors)
        watching = world.tokens(range(WATCHER, WATCHER + len(doors)))
        self.checker = Checker(world, self.crowd, watching)

    async def run(self, minutes: float) -> None:
        """Rounds until time is over; the Redis pause of 30 s is one of them."""
        end, rounds = time.monotonic() + minutes * 60, 0
        self.crowd.fill(0.7)
        await self.checker.check()
        while time.monotonic() < end:
            rounds += 1
            await asyncio.gather(self._stir(ROUND_S), self._trouble(rounds))
            await self.checker.check()
            print(self.report(), flush=True)
        self.crowd.leave()

    async def _stir(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.crowd.stir()
            await asyncio.sleep(random.expovariate(STIRS_PER_S))

    async def _trouble(self, rounds: int) -> None:
        """One or two misfortunes, some at the same time."""
        if rounds % 8 == 5:
            await self.world.freeze_redis(30)
            return
        world = self.world
        kinds = [self._kill, self._kill, self._drain, world.restart_redis, world.cut_subscribers, self._freeze]
        chosen = random.sample(kinds, random.choice((1, 1, 2)))
        await asyncio.sleep(random.uniform(0, 4))
        await asyncio.gather(*(trouble() for trouble in chosen))

    async def _kill(self) -> None:
        gateway = self.world.healthy()
        if gateway is None:
            return
        lost = self.crowd.lose(gateway.listen, LOST_SHARE)
        self.checker.expect_gone(lost, time.monotonic())
        await self.world.kill_gateway(gateway)

    async def _drain(self) -> None:
        gateway = self.world.healthy()
        if gateway is not None:
            await self.world.drain_gateway(gateway)

    async def _freeze(self) -> None:
        await self.world.freeze_redis(random.uniform(1, 6))

    def report(self) -> str:
        """One line."""
        checker = self.checker
        announced = sum(watcher.announced for watcher in checker.watchers)
        happened = ", ".join(f"{count} x {what}" for what, count in sorted(self.world.happened.items()))
        return (
            f"{checker.quiet_points} quiet points, {len(checker.faults)} faults; {len(self.crowd.online)} online, "
            f"{announced} announcements heard; lost with a gateway announced after at most "
            f"{checker.slowest_gone_s:.1f} s, {checker.late} later than 10 s; {happened}"
        )


async def main() -> int:
    """Exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks/soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--users", type=int, default=500)
    parser.add_argument("--gateways", type=int, default=3)
    parser.add_argument("--seed", type=int, default=None)
    chosen = parser.parse_args()
    random.seed(chosen.seed)
    async with World(chosen.gateways) as world:
        soak = Soak(world, chosen.users)
        await soak.run(chosen.minutes)
        print(soak.report())
        print(*soak.checker.faults, sep="\n")
        return int(bool(soak.checker.faults))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
