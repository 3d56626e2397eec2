"""The runner on a real Valkey: one commit a turn, leases, timers, pace, faults."""

import asyncio
import json
import logging
import time
from typing import Any

import msgspec
import pytest
import redis
import redis.asyncio

from rooms.live import scripts
from rooms.live.calls import Executes
from rooms.live.game import Command, GameError
from rooms.live.limits import LIMITS
from rooms.live.state import FORMAT
from tests.conftest import Valkey
from tests.rooms.live.conftest import UNHURRIED, MakeRunner
from tests.rooms.live.stage import ROOM, Listener, add, counted, create, do, join, person, poll, stored, until

QUICK = msgspec.structs.replace(UNHURRIED, lease_ms=300)


class Dead:
    """A Redis connection of a process that dies: it stops at the words that `at` names, for ever."""

    def __init__(self, inner: Executes, at: str) -> None:
        self.inner, self.at, self.reached = inner, at, asyncio.Event()

    async def execute_command(self, *words):
        if words[1] in (getattr(scripts, self.at).digest, getattr(scripts, self.at).source):
            self.reached.set()
            await asyncio.Event().wait()
        return await self.inner.execute_command(*words)


# ------------------------------------------------------------------------------------------ one turn, one commit


async def test_commit_leaves_state_log_members_and_nothing_in_work(runner, redis_client):
    await do(runner, create(), join(1), join(2), add(1, 0))
    rooms = {"room:7:state", "room:7:log", "room:7:members"}
    assert set(redis_client.keys()) == rooms | {"user:1:rooms", "user:2:rooms"}
    assert [json.loads(line)["v"] for line in redis_client.lrange("room:7:log", 0, -1)] == [1, 2, 3]
    assert redis_client.hgetall("room:7:members") == {"1": "1", "2": "2"}
    assert (redis_client.smembers("user:1:rooms"), redis_client.hget("room:7:state", "v")) == ({"7"}, "3")


async def test_events_are_published_to_one_by_channel_and_to_several_by_many(runner, redis_client, listener: Listener):
    await do(runner, create(), join(1), join(2))
    listener.heard()
    for n in range(2):
        redis_client.rpush("room:7:inbox", json.dumps({"kind": "add", "user": 1, "body": {"n": n}}))
    await do(runner, Command("whisper", 2))
    told = [{"action": "added", "user": 1, "n": n, "room_id": 7, "v": 3 + n} for n in range(2)]
    whispered = {"action": "whispered", "room_id": 7, "v": 4, "since": 4}
    assert listener.heard() == [("many", told), ("2", json.dumps(whispered, separators=(",", ":")))]


async def test_many_names_its_recipients_on_the_first_line(runner, valkey: Valkey):
    await do(runner, create(), join(1), join(2))
    with valkey.client() as client, client.pubsub() as pubsub:
        pubsub.subscribe("many")
        assert pubsub.get_message(timeout=5)["type"] == "subscribe"
        await do(runner, add(1, 0))
        mark = stored(client).mark
        assert pubsub.get_message(timeout=5)["data"] == (
            f'1,2\n{{"action":"added","user":1,"n":0,"room_id":7,"v":3,"mark":{mark}}}'
        )  # fmt: skip


async def test_prefix_stands_before_every_key_and_channel(make_runner: MakeRunner, redis_client, listener):
    runner = make_runner(prefix="gh:")
    whispers = (Command("whisper", 1), Command("whisper", 2))
    await do(runner, create(tick_ms=60_000, last_tick=1), join(1), join(2), add(1, 0), *whispers)
    keys = set(redis_client.keys())
    await do(runner, Command("finish", 1, reply="r"))
    names = keys | set(redis_client.keys()) | {channel for channel, _ in listener.heard()}
    assert names == {
        *(f"gh:{name}" for name in ("timers", "results", "reply:r", "user:1:rooms", "user:2:rooms", "many", "1", "2")),
        *(f"gh:room:7:{part}" for part in ("state", "log", "members")),
    }


async def test_unknown_room_is_refused_at_the_door(runner, redis_client):
    with pytest.raises(GameError) as refusal:
        await runner.submit(99, add(1, 0))
    assert (refusal.value.code, redis_client.keys()) == ("unknown_room", [])


async def test_full_inbox_is_refused_at_the_door(make_runner, redis_client):
    runner = make_runner(limits=msgspec.structs.replace(UNHURRIED, inbox=2))
    await do(runner, create(), join(1))
    redis_client.set("room:7:lease", "another")
    await do(runner, add(1, 0), add(1, 1))
    with pytest.raises(GameError) as refusal:
        await runner.submit(ROOM, add(1, 2))
    assert refusal.value.code == "degraded"


async def test_log_is_bounded_and_consecutive(make_runner, redis_client):
    runner = make_runner(limits=msgspec.structs.replace(UNHURRIED, log=10))
    await do(runner, create(), join(1), *(add(1, n) for n in range(50)))
    assert [json.loads(line)["v"] for line in redis_client.lrange("room:7:log", 0, -1)] == list(range(42, 52))


async def test_close_leaves_an_outcome_and_a_state_that_expires(runner, redis_client):
    await do(runner, create(tick_ms=60_000, last_tick=1), join(1), add(1, 0), Command("finish", 1))
    entry = json.loads(redis_client.hget("results", "7"))
    closed = entry.pop("closed")
    said = {"message": "counted", "reason": "finished"}
    assert entry == {"room_id": 7, **said, "results": [{"id": 1}], "record": {"total": 1}}
    assert abs(closed - time.time() * 1000) < 60_000
    assert {part: redis_client.ttl(f"room:7:{part}") > 3500 for part in ("state", "log", "members")} == {
        "state": True, "log": True, "members": True
    }  # fmt: skip
    assert (redis_client.exists("timers"), redis_client.smembers("user:1:rooms")) == (0, set())


async def test_late_command_to_a_closed_room_is_refused_and_leaves_its_expiry(runner, redis_client, listener):
    await do(runner, create(), join(1), Command("finish", 1))
    listener.heard()
    await do(runner, add(1, 0))
    body = {"action": "error", "code": "room_closed", "message": "This room is closed.", "room_id": 7}
    assert [(to, json.loads(text)) for to, text in listener.heard()] == [("1", body)]
    assert redis_client.ttl("room:7:state") > 3500
    assert (redis_client.exists("timers"), redis_client.hlen("results")) == (0, 1)


async def test_garbage_in_the_inbox_is_dropped_and_counted(runner, redis_client, caplog):
    await do(runner, create(), join(1))
    redis_client.rpush("room:7:inbox", "{", "123 []", "secret answer")
    await do(runner, add(1, 0))
    assert (redis_client.llen("room:7:inbox"), stored(redis_client).v, runner.counters.poison) == (0, 2, 3)
    assert "secret" not in caplog.text


async def test_poison_command_is_logged_without_what_it_said(runner, redis_client, listener, caplog):
    await do(runner, create(), join(1))
    listener.heard()
    with caplog.at_level(logging.ERROR):
        await do(runner, Command("crash", 1, ref="x"), add(1, 0))
    codes = [json.loads(text).get("code") for to, text in listener.heard()]
    assert codes == ["internal", None]
    assert (runner.counters.poison, "RuntimeError" in caplog.text, "Paris" in caplog.text) == (1, True, False)


# ------------------------------------------------------------------------------------------ leases and stale holders


async def test_burst_on_one_room_is_few_turns(runner, redis_client):
    await do(runner, create(), join(1))
    turns = runner.counters.turns
    await asyncio.gather(*(runner.submit(ROOM, add(1, n)) for n in range(300)))
    await runner.idle()
    assert stored(redis_client).v == 301
    assert runner.counters.turns - turns < 60


async def test_turn_takes_no_more_than_a_slice_of_the_inbox(make_runner: MakeRunner, redis_client):
    runner = make_runner(limits=msgspec.structs.replace(UNHURRIED, slice=3))
    await do(runner, create(), join(1))
    turns = runner.counters.turns
    for n in range(7):
        redis_client.rpush("room:7:inbox", json.dumps({"kind": "add", "user": 1, "body": {"n": n}}))
    await do(runner, add(1, 7))
    assert (stored(redis_client).v, runner.counters.turns - turns) == (9, 3)


async def test_reply_that_nobody_takes_goes_by_itself(runner, redis_client):
    await do(runner, create(), Command("join", 1, msgspec.to_builtins(person(1)), reply="asked"))
    assert LIMITS.reply_s - 5 < redis_client.ttl("reply:asked") <= LIMITS.reply_s


async def test_holder_killed_before_its_commit_leaves_the_command_to_another(make_runner: MakeRunner, redis_client):
    first, second = make_runner("a", limits=QUICK), make_runner("b", limits=QUICK)
    await do(first, create(), join(1))
    first.calls.redis = dead = Dead(first.calls.redis, "COMMIT")
    await first.submit(ROOM, add(1, 0))
    await dead.reached.wait()
    assert (redis_client.llen("room:7:inbox"), redis_client.exists("room:7:lease")) == (1, 1)
    serving = asyncio.create_task(second.serve())
    await until(lambda: counted(redis_client) == {"counts": {"1": 1}, "wrong": []})
    second.draining = True
    await serving
    for task in first._tasks:
        task.cancel()


async def test_holder_that_stalls_past_its_lease_writes_nothing(make_runner: MakeRunner, redis_client):
    first, second = make_runner("a"), make_runner("b")
    await do(first, create(), join(1))
    answer = await first.calls.submit(ROOM, add(1, 0), take=True)
    redis_client.delete("room:7:lease")  # it ran out
    await do(second, add(1, 1))
    before = stored(redis_client)
    first._act_on(ROOM, answer)
    await first.idle()
    assert (first.counters.stale, stored(redis_client)) == (1, before)
    assert counted(redis_client) == {"counts": {"1": 2}, "wrong": []}


async def test_holder_whose_lease_another_has_writes_nothing(make_runner: MakeRunner, redis_client):
    first = make_runner("a")
    await do(first, create(), join(1))
    answer = await first.calls.submit(ROOM, add(1, 0), take=True)
    redis_client.set("room:7:lease", "another")
    first._act_on(ROOM, answer)
    await first.idle()
    assert (first.counters.lease_losses, counted(redis_client)["counts"]) == (1, {})
    assert (redis_client.get("room:7:lease"), redis_client.llen("room:7:inbox")) == ("another", 1)


async def test_every_append_sets_the_timer(runner, redis_client):
    await do(runner, create(), join(1))
    assert redis_client.zscore("timers", "7") is None
    await runner.calls.submit(ROOM, add(1, 0), take=True)
    seconds, micros = redis_client.time()
    left = redis_client.zscore("timers", "7") - (seconds * 1000 + micros // 1000)
    assert LIMITS.lease_ms - 500 < left <= LIMITS.lease_ms


async def test_release_all_hands_rooms_over_and_takes_none(make_runner: MakeRunner, redis_client, listener):
    first, second = make_runner("a"), make_runner("b")
    await do(first, create(), join(1))
    for n in range(1200):
        redis_client.rpush("room:7:inbox", json.dumps({"kind": "add", "user": 1, "body": {"n": n}}))
    await first.submit(ROOM, Command("whisper", 1))
    await first.release_all()
    left = redis_client.llen("room:7:inbox")
    assert (left > 0, redis_client.exists("room:7:lease")) == (True, 0)
    await first.submit(ROOM, add(1, 1200))
    await first.run(ROOM)
    await first.idle()
    assert redis_client.llen("room:7:inbox") == left + 1
    assert ("control", '{"do":"run","room":7}') in listener.heard()
    await poll(second)
    assert counted(redis_client) == {"counts": {"1": 1201}, "wrong": []}


async def test_command_behind_a_commit_whose_answer_is_under_way_waits_for_no_lease(make_runner, redis_client):
    runner = make_runner(clock_ms=lambda: 1_000_000)
    await do(runner, create(), join(1))
    commit, committed, arrived = runner.calls.commit, asyncio.Event(), asyncio.Event()

    async def commit_slowly(*words: Any, **options: Any) -> Any:
        answer = await commit(*words, **options)
        committed.set()
        await arrived.wait()
        return answer

    runner.calls.commit = commit_slowly
    await runner.submit(ROOM, add(1, 0))
    await committed.wait()
    runner.calls.commit = commit
    await runner.calls.submit(ROOM, add(1, 1), take=False)
    await runner.poll_timers()
    arrived.set()
    await runner.idle()
    assert counted(redis_client) == {"counts": {"1": 2}, "wrong": []}


async def test_more_rooms_than_drains_wait_for_the_timer(make_runner: MakeRunner, redis_client):
    runner = make_runner(limits=msgspec.structs.replace(UNHURRIED, drains=2))
    for room_id in range(1, 21):
        await do(runner, create(room_id), join(1), room_id=room_id)
    await asyncio.gather(*(runner.submit(room_id, add(1, 0)) for room_id in range(1, 21)))
    assert len(runner._drains) <= 2
    serving = asyncio.create_task(runner.serve())
    await until(lambda: all(counted(redis_client, room_id)["counts"] for room_id in range(1, 21)))
    runner.draining = True
    await serving


# ------------------------------------------------------------------------------------------ faults


async def test_redis_restart_forgets_the_scripts_and_nothing_else(runner, valkey: Valkey, valkey_server):
    await do(runner, create(tick_ms=1, last_tick=1), join(1), add(1, 0))
    valkey.stop()
    valkey.start()
    await runner.calls.redis.connection_pool.disconnect()
    await do(runner, add(1, 1))
    with valkey.client() as client:
        assert counted(client) == {"counts": {"1": 2}, "wrong": []}


async def test_redis_away_is_told_to_the_sender_and_waited_out_by_the_timers(make_runner, valkey: Valkey):
    runner = make_runner()
    await do(runner, create(), join(1))
    valkey.stop()
    with pytest.raises(redis.ConnectionError):
        await runner.submit(ROOM, add(1, 0))
    serving = asyncio.create_task(runner.serve())
    await until(lambda: runner.counters.failures >= 1)
    valkey.start()
    with valkey.client() as client:
        client.rpush("room:7:inbox", json.dumps({"kind": "add", "user": 1, "body": {"n": 0}}))
        client.zadd("timers", {"7": 1})
        await until(lambda: counted(client)["counts"] == {"1": 1})
    runner.draining = True
    await serving


async def test_state_of_newer_code_is_left_alone_and_tried_again_later(make_runner, redis_client):
    runner = make_runner()
    await do(runner, create(), join(1))
    good = redis_client.hget("room:7:state", "blob")
    redis_client.hset("room:7:state", "blob", json.dumps({**json.loads(good), "format": FORMAT + 1}))
    await do(runner, add(1, 0))
    assert (runner.counters.failures, redis_client.llen("room:7:inbox")) == (1, 1)
    seconds, _ = redis_client.time()
    assert redis_client.zscore("timers", "7") > seconds * 1000 + 1000
    redis_client.hset("room:7:state", "blob", good)
    redis_client.delete("room:7:lease")
    await runner.run(ROOM)
    await runner.idle()
    assert counted(redis_client) == {"counts": {"1": 1}, "wrong": []}
