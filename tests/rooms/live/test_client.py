"""Django's side of the live rooms, against a runner in a thread of its own."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import redis
import redis.asyncio
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry

from rooms.live.client import LiveRooms
from rooms.live.errors import LiveUnavailable
from rooms.live.game import Command
from rooms.live.limits import LIMITS
from rooms.live.runner import RoomRunner
from rooms.live.state import Reply
from tests.conftest import Valkey
from tests.rooms.live.counting_game import CountingGame
from tests.rooms.live.stage import ROOM, UNSET, Listener, add, join, person, setup, stored, unmarked
from wsgateway.wire.channels import Channels


@pytest.fixture
def live(redis_client: redis.Redis) -> LiveRooms:
    return LiveRooms(redis_client, load=lambda: {"counting": CountingGame()})


def test_which_live_asks_some_at_a_time(redis_client: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    live, sizes = LiveRooms(redis_client, limits=msgspec.structs.replace(LIMITS, asked=2)), []
    for room in (1, 3, 5):
        redis_client.hset(Channels().room(room, "state"), "blob", "anything")
    redis_client.hset(Channels().room(2, "state"), "turn", "7")  # what is left of one that never was
    execute = Pipeline.execute

    def count(pipe: Pipeline) -> list[Any]:
        sizes.append(len(pipe))
        return execute(pipe)

    monkeypatch.setattr(Pipeline, "execute", count)
    assert live.which_live([1, 2, 3, 4, 5]) == {1, 3, 5}
    assert (sizes, live.which_live([])) == ([2, 2, 1], set())


@pytest.fixture
def gateway(valkey: Valkey) -> Iterator[None]:
    """A process that runs rooms, or nearly: a thread."""
    stop, started = threading.Event(), threading.Event()

    async def serve() -> None:
        client = redis.asyncio.Redis.from_url(valkey.url)
        runner = RoomRunner(client, {"counting": CountingGame()}, Channels(), "thread")
        serving = asyncio.create_task(runner.serve())
        started.set()
        await asyncio.to_thread(stop.wait)
        await runner.release_all()
        await serving
        await client.aclose()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(10)
    yield
    stop.set()
    thread.join()


def view(v: int, *players: dict, **fields) -> dict:
    return {
        "action": "room", "room_id": 7, "game": "counting", "name": "lobby", "state": "running", "v": v,
        "players": list(players), "owner": 1, "capacity": 10, "private": False, "phase": "counting", "counts": {},
        "phase_ends": None, "results": None,
        "ticks": 0, **UNSET, **fields,
    }  # fmt: skip


def shown(reply: Reply | None) -> dict:
    """The reply's room without its time."""
    assert reply is not None
    assert reply.ok
    assert reply.room is not None
    return unmarked({name: value for name, value in reply.room.items() if name != "time"})


@pytest.mark.usefixtures("gateway")
def test_create_and_join_are_answered_with_the_room(live: LiveRooms):
    assert shown(live.create_room(setup())) == view(0)
    assert shown(live.create_room(setup())) == view(0)
    assert shown(live.submit(ROOM, join(1), wait_s=3)) == view(1, person(1))
    seen = live.read_view(ROOM, 1)
    assert seen is not None
    assert seen["players"] == [person(1)]


@pytest.mark.usefixtures("gateway")
def test_leave_of_the_last_one_is_answered_with_a_closed_room(live: LiveRooms):
    live.create_room(setup())
    live.submit(ROOM, join(1), wait_s=3)
    reply = live.submit(ROOM, Command("leave", 1), wait_s=3)
    assert shown(reply) == view(3, state="closed", results=[])
    assert reply is not None
    assert reply.closed


@pytest.mark.usefixtures("gateway")
def test_refusal_is_a_reply(live: LiveRooms):
    live.create_room(setup())
    stranger = live.submit(ROOM, Command("leave", 5), wait_s=3)
    assert stranger == Reply(False, code="not_member", message="You are not in this room.")
    unknown = live.submit(99, join(1), wait_s=3)
    assert unknown == Reply(False, code="unknown_room", message="There is no such room.")


@pytest.mark.usefixtures("gateway")
def test_result_stays_until_it_is_dropped(live: LiveRooms):
    live.create_room(setup())
    live.submit(ROOM, join(1), wait_s=3)
    live.submit(ROOM, Command("close", body={"message": "Bye"}), wait_s=3)
    row = {"id": 1, "name": "user1", "score": 0, "rating": 0, "prize": 0}
    for _ in range(2):
        results = live.take_results()
        closed = results[7].pop("closed")
        assert results == {7: {"room_id": 7, "message": "Bye", "reason": "operator", "results": [row], "record": {}}}
        assert closed > 0
    live.drop_result(ROOM)
    assert live.take_results() == {}


def test_nobody_there_is_unavailable_and_the_command_waits(live: LiveRooms, redis_client: redis.Redis):
    with pytest.raises(LiveUnavailable):
        live.create_room(setup(), wait_s=0.05)
    assert (redis_client.llen("room:7:inbox"), redis_client.zcard("timers")) == (1, 1)


def test_redis_away_is_unavailable():
    client = redis.Redis(unix_socket_path="/nonexistent.sock", retry=Retry(NoBackoff(), 0))
    with pytest.raises(LiveUnavailable):
        LiveRooms(client).submit(ROOM, join(1), wait_s=1)


def test_submit_rings_for_the_gateways_unless_one_is_at_work(
    live: LiveRooms, redis_client: redis.Redis, listener: Listener
):
    assert live.submit(ROOM, Command("create", 1, msgspec.to_builtins(setup())), wait_s=None) is None
    assert listener.heard() == [("control", '{"do":"run","room":7}')]
    redis_client.set("room:7:lease", "somebody")
    assert live.submit(ROOM, join(1), wait_s=None) is None
    assert listener.heard() == []


@pytest.mark.usefixtures("gateway")
def test_submit_sent_twice_by_a_retrying_connection_counts_once(live: LiveRooms, redis_client: redis.Redis):
    live.create_room(setup())
    live.submit(ROOM, join(1), wait_s=3)
    command = add(1, 0)
    command.reply = "once"
    for _ in range(2):
        live._append(ROOM, command)
    live.submit(ROOM, Command("whisper", 1), wait_s=3)
    assert stored(redis_client).v == 2
