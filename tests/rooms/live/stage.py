"""What the tests of the live rooms are told with: commands, a listener on every channel, a runner on real Valkey."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import msgspec
import redis

from rooms.live.game import Command
from rooms.live.runner import RoomRunner
from rooms.live.state import LiveRoom, RoomSetup

ROOM = 7


#: what a room says of itself that nobody has set
UNSET: dict[str, Any] = {
    "code": "", "options": {}, "spectators": 0, "locked": False, "paused": None,
    "powers": ["close", "hand_over", "kick", "lock", "unlock"],
}  # fmt: skip


def person(user: int, score: int = 0) -> dict[str, Any]:
    """A member as others see them."""
    return {"id": user, "name": f"user{user}", "account": 0, "rating": 0, "score": score, "player": None}


def setup(room_id: int = ROOM, capacity: int = 10, lasting: bool = False, **game: Any) -> RoomSetup:
    return RoomSetup(room_id, "counting", "lobby", 1, capacity, setup=game, lasting=lasting)


def create(room_id: int = ROOM, **fields: Any) -> Command:
    return Command("create", 1, msgspec.to_builtins(setup(room_id, **fields)))


def join(user: int, ref: str | None = None) -> Command:
    return Command("join", user, {"seat": {"id": user, "name": f"user{user}"}}, ref)


def add(user: int, n: int, ref: str | None = None, time: int = 0) -> Command:
    return Command("add", user, {"n": n}, ref, time)


def unmarked(message: Any) -> Any:
    """Messages without their `mark`, wherever it stands: tests of its own look at it (test_marks.py)."""
    if isinstance(message, dict):
        return {name: unmarked(value) for name, value in message.items() if name != "mark"}
    return [unmarked(one) for one in message] if isinstance(message, list) else message


def stored(client: redis.Redis, room_id: int = ROOM) -> LiveRoom:
    blob = client.hget(f"room:{room_id}:state", "blob")
    assert blob is not None
    return msgspec.json.decode(blob, type=LiveRoom)


def counted(client: redis.Redis, room_id: int = ROOM) -> dict[str, Any]:
    state = json.loads(bytes(stored(client, room_id).data))
    return {"counts": state["counts"], "wrong": state["wrong"]}


async def do(runner: RoomRunner, *commands: Command, room_id: int = ROOM) -> None:
    for command in commands:
        await runner.submit(room_id, command)
    await runner.idle()


async def poll(runner: RoomRunner) -> None:
    """One pass over the timers, and the turns that come of it."""
    await runner.poll_timers()
    await runner.idle()


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition; fails after 10 s."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "did not come true"
        await asyncio.sleep(0.005)


class Listener:
    """Everything published on this Redis since it began to listen."""

    def __init__(self, client: redis.Redis) -> None:
        self.pubsub = client.pubsub()
        self.pubsub.psubscribe("*")
        assert self.pubsub.get_message(timeout=5)
        self.client = client

    def heard(self) -> list[tuple[str, Any]]:
        """(channel, message as JSON, or the lines of a `many`) till now; ends at a mark of its own."""
        self.client.publish("mark", "0")
        found: list[tuple[str, Any]] = []
        while True:
            message = self.pubsub.get_message(timeout=5)
            assert message is not None
            if message["channel"] == "mark":
                return found
            lines = message["data"].split("\n")
            told = [unmarked(json.loads(line)) for line in lines[1:]]
            found.append((message["channel"], told or lines[0]))

    def close(self) -> None:
        self.pubsub.close()
        self.client.close()
