"""Rooms that other versions of the code have written: the older ones go on, those that can't be read are closed."""

import json
from pathlib import Path
from typing import Any

import pytest
import redis
import redis.asyncio

from quiz.rules.game import QuizGame
from rooms.live.client import LiveRooms
from rooms.live.game import Command, GameError
from rooms.live.remains import OUTDATED
from rooms.live.runner import RoomRunner
from rooms.live.state import FORMAT
from tests.conftest import Valkey
from tests.rooms.live.stage import ROOM, Listener, stored
from wsgateway.wire.channels import Channels

#: a quiz of three questions as commit dcdd44d left it, before there were marks: two members, one round won
OLD: dict[str, Any] = json.loads(Path(__file__).with_name("room_of_dcdd44d.json").read_text())
NOW = 1_700_000_001_000
CLOSED = {
    "action": "close_room", "message": OUTDATED, "results": [], "reason": "outdated", "room_id": ROOM,
    "v": OLD["v"] + 1,
}  # fmt: skip


def put(client: redis.Redis, blob: Any) -> None:
    """The old room in Redis, with that state."""
    text = blob if isinstance(blob, str) else json.dumps(blob)
    client.hset("room:7:state", mapping={"turn": 3, "blob": text, "v": OLD["v"], "due": OLD["due"], "next": 0})
    client.rpush("room:7:log", *(json.dumps(entry, separators=(",", ":")) for entry in OLD["log"]))
    client.hset("room:7:members", mapping={"1": 1, "2": 4})
    client.zadd("timers", {"7": OLD["due"]})
    for user in (1, 2):
        client.sadd(f"user:{user}:rooms", ROOM)


@pytest.fixture
async def runner(valkey: Valkey) -> Any:
    """Runs quizzes, in the time of the old room."""
    async with redis.asyncio.Redis.from_url(valkey.url) as client:
        runner = RoomRunner(client, {"quiz": QuizGame()}, Channels(), "new", lambda: NOW)
        yield runner
        await runner.release_all()


async def answer(runner: RoomRunner, user: int, question: int, text: str) -> None:
    await runner.submit(ROOM, Command("answer", user, {"id": question, "answer": text}))
    await runner.idle()


async def test_room_of_before_there_were_marks_is_played_to_its_end(runner: RoomRunner, redis_client: redis.Redis):
    put(redis_client, OLD["blob"])
    await answer(runner, 2, 102, "right 2")
    assert stored(redis_client).mark != 0
    missed = json.loads(await runner.sync(ROOM, 1, OLD["v"] - 1))["events"]
    assert [event["v"] for event in missed] == [5, 6, 7]
    assert ["mark" in event for event in missed] == [False, True, True]
    assert json.loads(await runner.sync(ROOM, 1, 6, missed[1]["mark"]))["events"] == missed[2:]
    await answer(runner, 2, 103, "right 3")
    room = stored(redis_client)
    assert (room.state, room.outcome and [(row["id"], row["score"]) for row in room.outcome.results]) == (
        "closed", [(2, 2), (1, 1)],
    )  # fmt: skip


def spoiled(**fields: Any) -> dict[str, Any]:
    """The old state with other fields."""
    return {**OLD["blob"], **fields}


UNREADABLE = [
    spoiled(capacity="many"),
    spoiled(data={**OLD["blob"]["data"], "phase": "intermission"}),
    spoiled(data={"board": []}),
]


@pytest.mark.parametrize("blob", UNREADABLE, ids=["the room", "a value of the game", "another game's state"])
async def test_room_that_can_not_be_read_is_closed_with_a_word_to_its_players(
    runner: RoomRunner, redis_client: redis.Redis, listener: Listener, blob: Any, caplog: pytest.LogCaptureFixture
):
    put(redis_client, blob)
    listener.heard()
    await answer(runner, 2, 102, "right 2")
    refused = {"action": "error", "code": "room_closed", "message": "This room is closed.", "room_id": ROOM}
    assert [(channel, one) for channel, one in listener.heard() if channel in ("many", "2")] == [
        ("many", [CLOSED]), ("2", json.dumps(refused, separators=(",", ":"))),
    ]  # fmt: skip
    assert redis_client.zscore("timers", "7") is None
    assert [redis_client.smembers(f"user:{user}:rooms") for user in (1, 2)] == [set(), set()]
    outcome = LiveRooms(redis_client).take_results()[ROOM]
    assert (outcome["message"], outcome["results"], outcome["record"]) == (OUTDATED, [], {})
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 1
    assert said[0].startswith("room 7 can't be read and is closed: ")
    # and who comes later hears the same
    assert json.loads(await runner.sync(ROOM, 1, OLD["v"]))["events"][0]["message"] == OUTDATED
    with pytest.raises(GameError, match=r"This room is closed\."):
        await runner.sync(ROOM, 1, 99)


async def test_its_timer_is_enough(runner: RoomRunner, redis_client: redis.Redis, listener: Listener):
    put(redis_client, UNREADABLE[1])
    redis_client.hset("room:7:state", "due", NOW - 1)
    redis_client.zadd("timers", {"7": NOW - 1})
    listener.heard()
    await runner.poll_timers()
    await runner.idle()
    assert listener.heard() == [("many", [CLOSED])]


async def test_state_that_is_no_json_at_all_is_closed_too(runner: RoomRunner, redis_client: redis.Redis):
    put(redis_client, "{")
    await answer(runner, 2, 102, "right 2")
    assert stored(redis_client).closed


async def test_looking_at_it_is_no_error(runner: RoomRunner, redis_client: redis.Redis):
    put(redis_client, UNREADABLE[1])
    assert LiveRooms(redis_client).read_view(ROOM, 1) is None
    with pytest.raises(GameError, match=r"This room is closed\."):
        await runner.sync(ROOM, 1, 99)


@pytest.mark.parametrize("blob", [spoiled(format=FORMAT + 1), {**UNREADABLE[0], "format": FORMAT + 1}])
async def test_room_of_newer_code_is_left_to_those_who_can_read_it(
    runner: RoomRunner, redis_client: redis.Redis, blob: Any
):
    put(redis_client, blob)
    await answer(runner, 2, 102, "right 2")
    assert json.loads(redis_client.hget("room:7:state", "blob") or "") == blob
    assert redis_client.llen("room:7:inbox") == 1
    assert redis_client.zscore("timers", "7") is not None
