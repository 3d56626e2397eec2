"""`benchmarks/rolling_restart`: SIGTERM and a new process for every gateway in turn, under players in games, who all
come in through the shipped nginx.

Exit status 1 when an event or a game was lost. The graph shows connects per second.
"""

import argparse
import asyncio
import signal
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.rolling.chart import chart
from benchmarks.rolling.front import Front
from benchmarks.rolling.game import Game
from benchmarks.soaking.world import World
from tests.faults.stage import Stage

LIMITS: dict[str, Any] = {"answers_per_s": 1e6, "answers_burst": 1_000_000}
#: games that are opened, and their players connected, at the same time
AT_ONCE = 4


class Roll:
    """One run."""

    def __init__(self, world: World, front: Front, chosen: argparse.Namespace) -> None:
        self.world, self.front, self.chosen = world, front, chosen
        self.connects: list[float] = []
        self.restarts: list[tuple[float, float]] = []
        stage = Stage(world.valkey)
        each = chosen.players // chosen.games
        self.stage, self.games = stage, [Game(stage, n + 1, each) for n in range(chosen.games)]

    def door(self) -> str:
        """nginx chooses the gateway."""
        return self.front.where

    async def run(self) -> None:
        """Open, play, restart all, end."""
        await self._open()
        over = asyncio.Event()
        playing = [asyncio.create_task(game.play(over)) for game in self.games]
        await asyncio.sleep(5)
        self.begun = time.monotonic()
        self.connects.clear()
        for gateway in self.world.gateways:
            await self._restart(gateway)
        await asyncio.sleep(5)
        self.seconds = time.monotonic() - self.begun
        over.set()
        await asyncio.gather(*playing)
        await asyncio.gather(*(game.end() for game in self.games))

    async def _open(self) -> None:
        gate = asyncio.Semaphore(AT_ONCE)

        async def open_one(game: Game) -> None:
            async with gate:
                await game.open(self.door, self.connects)
                for player in game.players:
                    await player.until(lambda player=player: player.is_level, 120)

        await asyncio.gather(*(open_one(game) for game in self.games))
        print(f"{len(self.connects)} connects, {len(self.games)} games open", flush=True)

    async def _restart(self, gateway: Any) -> None:
        told = time.monotonic()
        await asyncio.to_thread(gateway.stop, signal.SIGTERM)
        await asyncio.to_thread(gateway.start)
        self.restarts.append((told - self.begun, time.monotonic() - self.begun))
        await asyncio.sleep(max(0.0, self.chosen.drain + 3 - (time.monotonic() - told)))
        print(
            f"restarted after {self.restarts[-1][1] - self.restarts[-1][0]:.1f} s, {len(self.connects)} came back",
            flush=True,
        )

    def per_second(self) -> list[int]:
        """Connects in each second since the first restart."""
        counts = [0] * (int(self.seconds) + 1)
        for at in self.connects:
            if 0 <= int(at - self.begun) < len(counts):
                counts[int(at - self.begun)] += 1
        return counts

    def wrongs(self) -> list[str]:
        """Everything that was lost."""
        found = [wrong for game in self.games for wrong in game.wrongs()]
        results = set(self.stage.live.take_results())
        return found + [f"room {game.room_id} has no outcome" for game in self.games if game.room_id not in results]

    def report(self) -> str:
        """What it came to."""
        counts = self.per_second()
        events = sum(len(player.rooms[game.room_id].events) for game in self.games for player in game.players)
        return (
            f"{self.chosen.players} players in {self.chosen.games} games, {self.chosen.gateways} gateways restarted in "
            f"{self.restarts[-1][1]:.0f} s: {len(self.connects)} connects, at most {max(counts)} in one second (a storm "
            f"would be {self.chosen.players // self.chosen.gateways} at once); {sum(game.rounds for game in self.games)} "
            f"rounds played, {events} events seen"
        )


async def main() -> int:
    """Exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks/rolling_restart", description=__doc__)
    parser.add_argument("--players", type=int, default=2000)
    parser.add_argument("--games", type=int, default=50)
    parser.add_argument("--gateways", type=int, default=4)
    parser.add_argument("--drain", type=float, default=10.0, help="DRAIN_SECONDS")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "rolling_restart.svg")
    chosen = parser.parse_args()
    async with World(chosen.gateways, LIMITS, chosen.drain) as world:
        with Front(world.folder, world.gateways) as front:
            return await roll_all(Roll(world, front, chosen), chosen)


async def roll_all(roll: Roll, chosen: argparse.Namespace) -> int:
    """The run and what there is to say of it; exit status."""
    await roll.run()
    wrongs = roll.wrongs()
    title = f"Rolling restart of {chosen.gateways} gateways, {chosen.players} players, DRAIN_SECONDS={chosen.drain:g}: connects per second"
    chosen.out.write_text(chart(roll.per_second(), roll.restarts, title))
    print(roll.report(), *wrongs, f"lost: {len(wrongs)}; graph in {chosen.out.name}", sep="\n")
    for game in roll.games:
        await game.leave()
    return int(bool(wrongs))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
