"""One run of the recovery property: two players race in a room, one of them through a proxy that breaks their sockets.

Everything random comes from the run's seed, which a failure names.
"""

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

from tests.faults.proxy import DOWN, UP, Fault, Kind, Proxy, Way
from tests.faults.reference_client import ReferenceClient
from tests.faults.room_copy import RoomCopy
from tests.faults.stage import Stage, answers_of
from tests.wsgateway.gateway_process import GatewayProcess

#: tries of each player; below the log's bound, so that every event can be had
TRIES = 15
ROUNDS = 10
#: the latest byte at which a fault strikes, either way: about what a player's connection carries in a run. Some strike
#: in the handshake (about 180 bytes up, 130 down), some in `connect` and its answer, most in the game
LATEST_BYTE: dict[Way, int] = {UP: 2_000, DOWN: 6_000}
WAYS: list[Way] = [UP, DOWN]
KINDS: list[Kind] = ["cut", "cut", "vanish", "stall", "dribble"]
#: connections that go wrong before one is left alone
FAULTS = 6


class Run:
    """`await Run(...).play()`; raises `AssertionError` when the two did not see the same."""

    def __init__(self, stage: Stage, gateways: Sequence[GatewayProcess], folder: Path, seed: int) -> None:
        self.stage, self.gateways, self.folder, self.seed = stage, gateways, folder, seed
        self.random = random.Random(seed)
        self.room, self.steady, self.shaken = seed + 1, 2 * seed + 1_000_001, 2 * seed + 1_000_002
        self.faults = [self._fault() for _ in range(self.random.randint(1, FAULTS))]
        self.sockets = 0

    def _fault(self) -> Fault:
        kind, way = self.random.choice(KINDS), self.random.choice(WAYS)
        return Fault(kind, way, int(LATEST_BYTE[way] * self.random.random() ** 2))

    async def play(self) -> None:
        """The whole run."""
        v = await self.stage.open_room(self.steady, self.shaken, room_id=self.room, rounds=ROUNDS)
        whole, mended = RoomCopy(self.room, v), RoomCopy(self.room, v)
        proxies = [await self._proxy(gateway, n) for n, gateway in enumerate(self.gateways)]
        steady = self.stage.client(self.steady, self.random.choice(self.gateways), whole, silence_s=15)
        shaken = self.stage.client(self.shaken, lambda: self.random.choice(proxies).where, mended)
        try:
            async with steady, shaken:
                await steady.until_connected()
                await asyncio.gather(self._try(steady), self._try(shaken))
                await steady.until(lambda: not steady.pending, 60)
                await shaken.until(lambda: not shaken.pending, 60)
                await self._level(whole, steady, mended, shaken)
                self.sockets = shaken.sockets
        finally:
            for proxy in proxies:
                await proxy.stop()
        self._check(whole, mended, steady, shaken)

    async def _proxy(self, gateway: GatewayProcess, n: int) -> Proxy:
        where = f"unix:{self.folder / f'p{self.seed}-{n}.sock'}"
        return await Proxy.start(where, gateway.listen, lambda: self.faults.pop() if self.faults else None)

    async def _try(self, client: ReferenceClient) -> None:
        """Wrong answers and right ones, in bursts and with pauses, whether the socket is there or not."""
        for n in range(TRIES):
            right = self.random.random() < 0.2
            text = f"right {self.random.randint(1, ROUNDS)}" if right else f"no {client.user}"
            client.answer(self.room, text + " " * (n + 1))  # blanks tell this player's tries apart, and judge alike
            if self.random.random() < 0.6:
                await asyncio.sleep(self.random.uniform(0, 0.1))

    async def _level(self, whole: RoomCopy, steady: ReferenceClient, mended: RoomCopy, shaken: ReferenceClient) -> None:
        """One last event for both; who has it has everything."""
        await self.stage.command("close", None, {"message": "run over"}, self.room)
        await steady.until(lambda: whole.over)
        await shaken.until(lambda: mended.over, 60)

    def _check(self, whole: RoomCopy, mended: RoomCopy, steady: ReferenceClient, shaken: ReferenceClient) -> None:
        note = f"seed {self.seed}"
        assert mended.events == whole.events, note
        assert mended.views == whole.views == [], note
        versions = [event["v"] for event in whole.events]
        assert versions == list(range(versions[0], versions[0] + len(versions))), note
        assert whole.events == self.stage.log(self.room)[-len(whole.events) :], note
        for client in (steady, shaken):
            tried = answers_of(whole.events, client.user)
            assert len(set(tried)) == len(tried), f"{note}: {tried}"
            assert len(tried) == list(client.settled.values()).count("done"), note
            assert len(client.settled) == TRIES, note


async def play_runs(stage: Stage, gateways: Sequence[GatewayProcess], folder: Path, seeds: Sequence[int]) -> int:
    """Run all seeds, a handful at the same time. Returns how many connections were made."""
    waiting, connections = list(seeds), 0

    async def work() -> None:
        nonlocal connections
        while waiting:
            run = Run(stage, gateways, folder, waiting.pop())
            await run.play()
            connections += run.sockets

    async with asyncio.TaskGroup() as tasks:
        for _ in range(min(12, len(seeds))):
            tasks.create_task(work())
    return connections
