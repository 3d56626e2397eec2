"""The mark of an event: two histories of one room differ in it wherever they differ in anything before."""

import json
from typing import Any
from zlib import crc32

import redis

from rooms.live.draft import Draft
from rooms.live.runner import RoomRunner
from tests.rooms.live.stage import ROOM, add, create, do, join, stored, unmarked
from tests.rooms.live.test_turn import room_with, take


def bodies(draft: Draft) -> list[dict[str, Any]]:
    """What the turn recorded."""
    return [json.loads(event.body) for event in draft.sent if event.entry]


def test_each_mark_is_the_check_sum_of_its_event_and_the_mark_before():
    draft = take(room_with(1), add(1, 0), add(1, 1))
    mark = room_with(1).mark
    for event in draft.sent:
        text, _, last = event.body.rpartition(b',"mark":')
        mark = crc32(text + b"}", mark)
        assert last == b"%d}" % mark
    assert draft.room is not None
    assert draft.room.mark == mark


def test_another_past_gives_the_same_event_another_mark():
    one = take(room_with(1), add(1, 5), add(1, 1))
    other = take(room_with(1), add(1, 6), add(1, 1))
    first, second = bodies(one)[-1], bodies(other)[-1]
    assert unmarked(first) == unmarked(second)
    assert first["mark"] != second["mark"]


def roll_back(client: redis.Redis, dump: dict[str, bytes]) -> None:
    """Redis as it was: what a replica that lagged behind has when it takes over."""
    for key in client.keys("*"):
        client.delete(key)
    for key, value in dump.items():
        client.restore(key, 0, value)


def dump_of(client: Any) -> dict[str, bytes]:
    """All that Redis holds."""
    return {key.decode(): client.dump(key) for key in client.keys("*")}


async def ask(runner: RoomRunner, v: int, mark: int | None) -> dict[str, Any]:
    """What user 1 is answered."""
    return json.loads(await runner.sync(ROOM, 1, v, mark))


class TestAfterARollBack:
    """The room went on from version 2 twice; a client knows the first way, up to version 4."""

    async def known(self, runner: RoomRunner, raw: redis.Redis) -> tuple[int, int]:
        """(v, mark) of the client; Redis then has the other way, up to version 6."""
        await do(runner, create(), join(1), add(1, 0))
        dump = dump_of(raw)
        await do(runner, add(1, 1), add(1, 2))
        known = stored(raw)
        roll_back(raw, dump)
        await do(runner, *(add(1, n) for n in (7, 8, 9, 10)))
        assert (known.v, stored(raw).v) == (4, 6)
        return known.v, known.mark

    async def test_a_known_mark_that_is_another_brings_the_whole_room(self, runner: RoomRunner, raw: redis.Redis):
        answer = await ask(runner, *await self.known(runner, raw))
        assert (answer["action"], answer["v"], answer["counts"]) == ("room", 6, {"1": 11})
        assert answer["mark"] == stored(raw).mark

    async def test_also_when_the_version_is_the_same(self, runner: RoomRunner, raw: redis.Redis):
        _, mark = await self.known(runner, raw)
        assert (await ask(runner, 6, mark))["action"] == "room"

    async def test_what_both_have_in_common_needs_no_whole_room(self, runner: RoomRunner, raw: redis.Redis):
        await self.known(runner, raw)
        log = [json.loads(line)["body"] for line in raw.lrange("room:7:log", 0, -1)]
        answer = await ask(runner, 2, log[1]["mark"])
        assert answer == {"action": "synced", "room_id": 7, "v": 6, "mark": stored(raw).mark, "events": log[2:]}

    async def test_who_sends_no_mark_is_answered_by_numbers_alone(self, runner: RoomRunner, raw: redis.Redis):
        v, _ = await self.known(runner, raw)
        assert [event["n"] for event in (await ask(runner, v, None))["events"]] == [9, 10]


async def test_at_the_same_position_the_same_mark_is_synced(runner: RoomRunner, raw: redis.Redis):
    await do(runner, create(), join(1), add(1, 0))
    mark = stored(raw).mark
    assert await ask(runner, 2, mark) == {"action": "synced", "room_id": 7, "v": 2, "mark": mark, "events": []}


async def test_events_of_before_there_were_marks_are_synced(runner: RoomRunner, raw: redis.Redis):
    await do(runner, create(), join(1), add(1, 0))
    old = '{"v":2,"to":null,"body":{"action":"added","user":1,"n":0,"room_id":7,"v":2}}'
    raw.lset("room:7:log", 1, old)
    assert [event["v"] for event in (await ask(runner, 1, 5))["events"]] == [2]


async def test_recipients_of_an_event_are_no_part_of_its_mark(runner: RoomRunner, raw: redis.Redis):
    """A log line names its ids before the mark; however many, the mark is found."""
    await do(runner, create(), join(1), join(2))
    raw.rpush("room:7:log", json.dumps({"v": 3, "to": [1, 2], "was": 5, "body": {"v": 3}}, separators=(",", ":")))
    raw.hset("room:7:state", "v", 3)
    assert (await ask(runner, 2, 5))["action"] == "synced"
    assert (await ask(runner, 2, 6))["action"] == "room"
