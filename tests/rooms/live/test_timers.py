"""Timers and pace of the runner, on a real Valkey."""

import asyncio
import contextlib
import json

import msgspec

from rooms.live.limits import LIMITS
from tests.rooms.live.conftest import UNHURRIED, MakeRunner
from tests.rooms.live.stage import ROOM, add, counted, create, do, join, poll, until


async def test_timer_calls_the_game_when_due_by_the_clock_given(make_runner: MakeRunner, redis_client, listener):
    now = [1_000_000]
    runner = make_runner(clock_ms=lambda: now[0])
    await do(runner, create(tick_ms=500, last_tick=2), join(1))
    listener.heard()
    assert redis_client.zscore("timers", "7") == 1_000_500
    now[0] = 1_000_499
    await poll(runner)
    assert listener.heard() == []
    now[0] = 1_000_500
    await poll(runner)
    assert [json.loads(text)["n"] for _, text in listener.heard()] == [1]
    assert redis_client.zscore("timers", "7") == 1_001_000
    now[0] = 1_009_000
    await poll(runner)
    assert [json.loads(text)["n"] for _, text in listener.heard()] == [2]
    assert redis_client.exists("timers") == 0


async def test_two_processes_polling_run_a_due_room_once(make_runner: MakeRunner, redis_client):
    now = [1_000_000]
    runners = [make_runner(node, clock_ms=lambda: now[0]) for node in "abc"]
    for room_id in range(1, 31):
        await do(runners[0], create(room_id, tick_ms=500, last_tick=9), join(1), room_id=room_id)
    turns = sum(runner.counters.turns for runner in runners)
    now[0] += 500
    await asyncio.gather(*(poll(runner) for runner in runners))
    assert sum(runner.counters.turns for runner in runners) - turns == 30
    assert sum(runner.counters.timers for runner in runners) == 30


async def test_pass_over_the_timers_takes_a_batch(make_runner: MakeRunner, redis_client):
    now = [1_000_000]
    runner = make_runner(clock_ms=lambda: now[0], limits=msgspec.structs.replace(UNHURRIED, due_batch=4))
    for room_id in range(1, 11):
        await do(runner, create(room_id, tick_ms=500, last_tick=9), join(1), room_id=room_id)
    now[0] += 500
    passes = []
    for _ in range(4):
        before = runner.counters.timers
        await poll(runner)
        passes.append(runner.counters.timers - before)
    assert passes == [4, 4, 2, 0]


async def test_next_pass_comes_in_time_for_the_next_room(make_runner: MakeRunner):
    now = [1_000_000]
    runner = make_runner(clock_ms=lambda: now[0])
    longest, jitter = LIMITS.poll_ms / 1000, LIMITS.poll_ms / 10_000
    assert longest <= await runner.poll_timers() <= longest + jitter
    await do(runner, create(tick_ms=500, last_tick=2), join(1))
    assert longest <= await runner.poll_timers() <= longest + jitter
    now[0] += 490
    assert 0.01 <= await runner.poll_timers() <= 0.01 + jitter


async def test_pace_keeps_turns_apart_and_makes_a_burst_one_turn(make_runner: MakeRunner, redis_client):
    now = [1_000_000]
    runner = make_runner(pace=100, clock_ms=lambda: now[0])
    await do(runner, create())
    now[0] += 100
    await do(runner, join(1))
    turns = runner.counters.turns
    await do(runner, *(add(1, n) for n in range(40)))
    now[0] += 99
    await poll(runner)
    assert counted(redis_client)["counts"] == {}
    now[0] += 1
    await poll(runner)
    assert (counted(redis_client)["counts"], runner.counters.turns - turns) == ({"1": 40}, 1)


async def test_pace_wakes_the_process_by_itself(make_runner: MakeRunner, redis_client):
    runner = make_runner(pace=20)
    await do(runner, create(), join(1), add(1, 0))
    await until(lambda: counted(redis_client)["counts"] == {"1": 1})


async def test_pace_holds_for_the_control_channel_too(make_runner: MakeRunner, redis_client):
    now = [1_000_000]
    runner = make_runner(pace=100, clock_ms=lambda: now[0])
    await do(runner, create())
    now[0] += 100
    await do(runner, join(1))
    await runner.submit(ROOM, add(1, 0))
    await runner.run(ROOM)
    await runner.idle()
    assert counted(redis_client)["counts"] == {}
    now[0] += 100
    await poll(runner)
    assert counted(redis_client)["counts"] == {"1": 1}


async def test_serve_ends_when_cancelled_though_the_redis_client_swallows_the_cancel(make_runner: MakeRunner):
    runner = make_runner()

    class Swallowing:
        async def execute_command(self, *words):
            with contextlib.suppress(asyncio.CancelledError):
                asked.set()
                await asyncio.Event().wait()
            return [-1]

    asked = asyncio.Event()
    runner.calls.redis = Swallowing()
    serving = asyncio.create_task(runner.serve())
    await asked.wait()
    serving.cancel()
    await asyncio.wait_for(asyncio.gather(serving, return_exceptions=True), 5)
