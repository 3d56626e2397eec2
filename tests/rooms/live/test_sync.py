"""`sync`: every case by name."""

import asyncio
import json
from typing import Any

import msgspec
import pytest
import redis

from rooms.live.game import Command, GameError
from rooms.live.limits import LIMITS
from rooms.live.runner import RoomRunner
from tests.rooms.live.conftest import UNHURRIED, MakeRunner
from tests.rooms.live.stage import ROOM, add, create, do, join, person, unmarked
from tests.rooms.live.test_turn import follow


async def sync(runner: RoomRunner, user: int, v: int, room_id: int = ROOM) -> dict[str, Any]:
    return unmarked(json.loads(await runner.sync(room_id, user, v)))


def synced(v: int, *events: dict[str, Any]) -> dict[str, Any]:
    return {"action": "synced", "room_id": 7, "v": v, "events": list(events)}


def added(v: int, user: int, n: int) -> dict[str, Any]:
    return {"action": "added", "user": user, "n": n, "room_id": 7, "v": v}


async def test_sync_at_the_same_position(runner: RoomRunner):
    await do(runner, create(), join(1), add(1, 0))
    assert await sync(runner, 1, 2) == synced(2)


async def test_sync_of_a_gap_inside_the_log(runner: RoomRunner):
    await do(runner, create(), join(1), add(1, 0), Command("whisper", 1), add(1, 1))
    assert await sync(runner, 1, 1) == synced(3, added(2, 1, 0), added(3, 1, 1))


async def test_sync_of_exactly_the_whole_log(make_runner: MakeRunner):
    runner = make_runner(limits=msgspec.structs.replace(UNHURRIED, log=2))
    await do(runner, create(), join(1), *(add(1, n) for n in range(5)))
    assert await sync(runner, 1, 4) == synced(6, added(5, 1, 3), added(6, 1, 4))


async def test_sync_when_the_log_is_trimmed_gives_the_room(make_runner: MakeRunner):
    runner = make_runner(limits=msgspec.structs.replace(UNHURRIED, log=2))
    await do(runner, create(), join(1), *(add(1, n) for n in range(5)))
    view = await sync(runner, 1, 3)
    assert (view["action"], view["v"], view["counts"]) == ("room", 6, {"1": 5})


async def test_sync_when_the_log_is_gone_gives_the_room(runner: RoomRunner, redis_client: redis.Redis):
    await do(runner, create(), join(1), add(1, 0))
    redis_client.delete("room:7:log")
    assert (await sync(runner, 1, 1))["action"] == "room"
    assert await sync(runner, 1, 2) == synced(2)


async def test_sync_when_redis_was_flushed_is_unknown_room(runner: RoomRunner, redis_client: redis.Redis):
    await do(runner, create(), join(1))
    redis_client.flushall()
    with pytest.raises(GameError) as refusal:
        await runner.sync(ROOM, 1, 1)
    assert refusal.value.code == "unknown_room"


async def test_sync_from_a_version_of_the_future_gives_the_room(runner: RoomRunner):
    await do(runner, create(), join(1))
    view = await sync(runner, 1, 99)
    assert (view["action"], view["v"], view["players"]) == ("room", 1, [person(1, 0)])


async def test_sync_from_before_i_entered_gives_the_room(runner: RoomRunner):
    await do(runner, create(), join(1), add(1, 0), join(2))
    assert (await sync(runner, 2, 1))["action"] == "room"
    assert await sync(runner, 2, 3) == synced(3)


async def test_sync_when_the_room_closed_meanwhile(runner: RoomRunner):
    await do(runner, create(), join(1), add(1, 0), Command("finish", 1))
    said = {"message": "counted", "reason": "finished", "results": [{"id": 1}]}
    closed = {"action": "close_room", **said, "room_id": 7, "v": 3}
    assert await sync(runner, 1, 2) == synced(3, closed)
    view = await sync(runner, 1, 99)
    assert (view["action"], view["state"], view["results"]) == ("room", "closed", [{"id": 1}])


async def test_sync_of_a_stranger_is_refused(runner: RoomRunner):
    await do(runner, create(), join(1))
    with pytest.raises(GameError) as refusal:
        await runner.sync(ROOM, 2, 0)
    assert refusal.value.code == "not_member"


async def test_sync_of_one_who_left_or_was_kicked_is_refused(runner: RoomRunner):
    await do(runner, create(), join(1), join(2), join(3), Command("leave", 2), Command("kick", 1, {"user": 3}))
    for user in (2, 3):
        with pytest.raises(GameError) as refusal:
            await runner.sync(ROOM, user, 4)
        assert refusal.value.code == "not_member"


async def test_sync_brings_only_what_went_to_me(runner: RoomRunner):
    await do(runner, create(), join(1), join(2), Command("secret", 1), add(2, 0))
    secret = {"action": "secret", "room_id": 7, "v": 3}
    assert await sync(runner, 1, 2) == synced(4, secret, added(4, 2, 0))
    assert await sync(runner, 2, 2) == synced(4, added(4, 2, 0))


async def test_sync_while_commands_flow_is_always_one_moment(runner: RoomRunner):
    await do(runner, create(), join(1))

    async def play() -> None:
        for n in range(200):
            await runner.submit(ROOM, add(1, n))

    async def watch() -> None:
        seen = await sync(runner, 1, -1)
        assert seen["action"] == "room"
        while seen["v"] < 201:
            answer = await sync(runner, 1, seen["v"])
            for event in answer["events"]:
                follow(seen, event)
            assert seen["v"] == answer["v"]
        assert seen["counts"] == {"1": 200}

    await asyncio.gather(play(), *(watch() for _ in range(3)))


async def test_sync_of_a_closed_room_reaches_as_far_as_its_shorter_log(
    make_runner: MakeRunner, redis_client: redis.Redis
):
    runner = make_runner(limits=msgspec.structs.replace(LIMITS, log=10, closed_log=2))
    await do(runner, create(), join(1), *(add(1, n) for n in range(5)), Command("finish", 1))
    end = {
        "action": "close_room",
        "message": "counted",
        "results": [{"id": 1}],
        "reason": "finished",
        "room_id": 7,
        "v": 7,
    }
    assert redis_client.llen("room:7:log") == 2
    assert await sync(runner, 1, 5) == synced(7, added(6, 1, 4), end)
    view = await sync(runner, 1, 4)
    assert (view["action"], view["v"], view["state"], view["results"]) == ("room", 7, "closed", [{"id": 1}])
