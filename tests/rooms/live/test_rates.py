"""How fast one user may play in one room, counted where all ways meet: in submit.lua."""

import asyncio

import pytest
import redis

from rooms.live.client import LiveRooms
from rooms.live.game import Command, GameError
from rooms.live.limits import LIMITS, read_limits
from rooms.live.runner import RoomRunner
from tests.rooms.live.conftest import MakeRunner
from tests.rooms.live.counting_game import CountingGame
from tests.rooms.live.stage import ROOM, add, create, do, join, stored, until

BURST, EACH_MS = LIMITS.answers_burst, LIMITS.answer_ms
#: what a bot that knows all capitals sends
CAPITALS = 183


class Clock:
    """The time that the scripts are told, ms."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def runner(make_runner: MakeRunner, clock: Clock) -> RoomRunner:
    return make_runner(clock_ms=clock, limits=LIMITS)


async def tries(runner: RoomRunner, count: int, user: int = 1, room_id: int = ROOM) -> tuple[int, list[int | None]]:
    """How many of that many commands were taken in, and the waits that the others were told."""
    waits = []
    for _ in range(count):
        try:
            await runner.submit(room_id, add(user, 0))
        except GameError as error:
            waits.append(error.retry_ms if error.code == "too_fast" else None)
    await runner.idle()
    return count - len(waits), waits


async def test_a_burst_and_one_more(runner: RoomRunner):
    await do(runner, create(), join(1))
    assert await tries(runner, BURST) == (BURST, [])
    assert await tries(runner, 1) == (0, [EACH_MS])


async def test_after_the_time_told_one_more_is_taken_in_and_no_second(runner: RoomRunner, clock: Clock):
    await do(runner, create(), join(1))
    _, (wait, *_) = await tries(runner, BURST + 1)
    assert wait is not None
    clock.ms += wait - 1
    assert await tries(runner, 1) == (0, [1])
    clock.ms += 1
    assert await tries(runner, 2) == (1, [EACH_MS])


async def test_a_fast_typist_never_meets_it_in_a_round_and_a_bot_does(runner: RoomRunner, clock: Clock):
    await do(runner, create(), join(1), join(2))
    typed = sent = 0
    for at_ms in range(0, 40_000, 100):  # a question of 20 s and its hint of 20 s
        clock.ms += 100
        sent += (await tries(runner, 1, user=2))[0]
        if at_ms % 800 == 0:  # 120 words a minute are ten keys a second: a capital and Enter
            typed += (await tries(runner, 1))[0]
    assert (typed, sent) == (50, BURST + 39)
    assert sent < CAPITALS / 3


async def test_each_room_and_each_user_has_a_bucket_of_its_own(runner: RoomRunner):
    for room_id in (7, 8):
        await do(runner, create(room_id), join(1), join(2), room_id=room_id)
    assert (await tries(runner, CAPITALS))[0] == BURST
    assert (await tries(runner, CAPITALS, user=2))[0] == BURST
    assert (await tries(runner, CAPITALS, room_id=8))[0] == BURST


async def test_what_is_the_room_s_own_is_not_counted(runner: RoomRunner, redis_client: redis.Redis):
    await do(runner, create(lasting=True), join(1))
    assert (await tries(runner, BURST))[0] == BURST
    await do(runner, *(join(1) for _ in range(50)), Command("leave", 1))
    assert stored(redis_client).seats == {}


async def test_processes_and_django_count_together(make_runner: MakeRunner, redis_client: redis.Redis, clock: Clock):
    here, there = (make_runner(node, clock_ms=clock, limits=LIMITS) for node in "ab")
    await do(here, create(), join(1))
    clock.ms = int(redis_client.time()[0]) * 1000 + 60_000  # Django goes by Redis' own clock
    assert ((await tries(here, 8))[0], (await tries(there, 8))[0]) == (8, BURST - 8)
    live = LiveRooms(redis_client, load=lambda: {"counting": CountingGame()})
    reply = await asyncio.to_thread(live.submit, ROOM, add(1, 0), wait_s=1)
    assert reply is not None
    assert (reply.ok, reply.code, reply.message) == (False, "too_fast", "You are sending too fast.")
    assert reply.retry_ms is not None


async def test_a_full_bucket_leaves_no_key(make_runner: MakeRunner, redis_client: redis.Redis):
    runner = make_runner(limits=LIMITS)
    await do(runner, create(), join(1), add(1, 0))
    assert 0 < redis_client.pttl("room:7:rate:1") <= EACH_MS
    await until(lambda: not redis_client.exists("room:7:rate:1"))


async def test_a_refused_try_reaches_nobody(runner: RoomRunner, redis_client: redis.Redis):
    await do(runner, create(), join(1))
    await tries(runner, CAPITALS)
    assert stored(redis_client).v == 1 + BURST


def test_limits_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    class Given:
        live_limits = '{"answers_burst": 30}'

    monkeypatch.setattr("rooms.live.limits.load_env", Given)
    limits = read_limits()
    assert (limits.answers_burst, limits.answers_per_s) == (30, LIMITS.answers_per_s)
