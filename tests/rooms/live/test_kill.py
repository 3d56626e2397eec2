"""kill -9 of the processes that run the rooms, at random moments, while commands flow and clocks tick."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import redis

from config.env import BASE_DIR
from rooms.live.client import LiveRooms
from tests.conftest import Valkey
from tests.rooms.live.counting_game import CountingGame
from tests.rooms.live.stage import add, counted, join, setup
from tests.rooms.live.worker import LIMITS_FOR_KILLS

ROOMS = range(1, 21)
KILLS = 30
WORKERS = 3
TICK_MS, TICKS = 100, 100


class Crew:
    """Some worker processes; one that is killed is replaced at once."""

    def __init__(self, url: str, client: redis.Redis) -> None:
        self.url, self.client, self.kills, self.hired = url, client, 0, 0
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        for _ in range(WORKERS):
            self.hire()

    def hire(self) -> None:
        self.hired += 1
        node = f"w{self.hired}"
        words = [sys.executable, "-m", "tests.rooms.live.worker", self.url, node]
        self.workers[node] = subprocess.Popen(words, cwd=BASE_DIR)

    def kill_one_at_work(self) -> None:
        ready = [node for node in self.workers if self.client.exists(f"ready:{node}")]
        if not ready:
            return
        worker = self.workers.pop(random.choice(ready))
        worker.kill()
        worker.wait()
        self.kills += 1
        self.hire()

    def dismiss(self) -> None:
        for worker in self.workers.values():
            worker.kill()
            worker.wait()


@pytest.fixture
def crew(valkey: Valkey, redis_client: redis.Redis) -> Iterator[Crew]:
    workers = Crew(valkey.url, redis_client)
    yield workers
    workers.dismiss()


def play(live: LiveRooms, crew: Crew, client: redis.Redis) -> Counter[int]:
    """Commands to random rooms, kills at random moments; how many numbers each room was sent."""
    sent: Counter[int] = Counter()
    next_kill, deadline = time.monotonic(), time.monotonic() + 90
    while crew.kills < KILLS:
        assert time.monotonic() < deadline, f"only {crew.kills} kills"
        room_id = random.choice(ROOMS)
        if client.llen(f"room:{room_id}:inbox") < 200:
            assert live.submit(room_id, add(1, sent[room_id]), wait_s=None) is None
            sent[room_id] += 1
        if time.monotonic() > next_kill:
            crew.kill_one_at_work()
            next_kill = time.monotonic() + random.uniform(0.05, 0.6)
    return sent


def log_of(client: redis.Redis, room_id: int) -> list[dict[str, Any]]:
    return [json.loads(line) for line in client.lrange(f"room:{room_id}:log", 0, -1)]


def numbers(log: list[dict[str, Any]], action: str) -> list[int]:
    return [entry["body"]["n"] for entry in log if entry["body"]["action"] == action]


def settled(client: redis.Redis, sent: Counter[int]) -> bool:
    return all(
        client.llen(f"room:{room_id}:inbox") == 0
        and counted(client, room_id)["counts"] == {"1": sent[room_id]}
        and client.zscore("timers", str(room_id)) is None
        for room_id in ROOMS
    )


def test_kill_at_random_moments_handles_every_command_and_every_tick_once(
    crew: Crew, valkey: Valkey, redis_client: redis.Redis
):
    live = LiveRooms(redis_client, load=lambda: {"counting": CountingGame()}, limits=LIMITS_FOR_KILLS)
    for room_id in ROOMS:
        assert live.create_room(setup(room_id, tick_ms=TICK_MS, last_tick=TICKS), wait_s=20).ok
        reply = live.submit(room_id, join(1), wait_s=20)
        assert reply is not None
        assert reply.ok
    sent = play(live, crew, redis_client)
    deadline = time.monotonic() + 30
    while not settled(redis_client, sent) and time.monotonic() < deadline:
        time.sleep(0.05)
    for room_id in ROOMS:
        log = log_of(redis_client, room_id)
        assert counted(redis_client, room_id) == {"counts": {"1": sent[room_id]}, "wrong": []}
        assert numbers(log, "added") == list(range(sent[room_id]))
        assert numbers(log, "tick") == list(range(1, TICKS + 1))
        assert [entry["v"] for entry in log] == list(range(1, len(log) + 1))
        assert redis_client.llen(f"room:{room_id}:inbox") == 0
    assert sum(map(int, redis_client.hvals("stalled"))) > 0, "nobody ever stalled past a lease"
    print(f"{crew.kills} kills, {sum(sent.values())} commands")
