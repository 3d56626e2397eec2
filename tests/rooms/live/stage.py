"""What the tests of the live rooms are told with: commands, a listener on every channel, a runner on real Valkey."""

import json
from typing import Any

import msgspec
import redis

from rooms.live.game import Command, Seat
from rooms.live.state import RoomSetup

ROOM = 7


def seat(user: int) -> Seat:
    return Seat(user, f"user{user}")


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
            found.append((message["channel"], [json.loads(line) for line in lines[1:]] if lines[1:] else lines[0]))

    def close(self) -> None:
        self.pubsub.close()
        self.client.close()
