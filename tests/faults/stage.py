"""What the fault tests are told with: quizzes in Redis, users with tokens, gateways by the pair."""

import asyncio
import json
from typing import Any

import msgspec
import redis

from rooms.live.client import LiveRooms
from rooms.live.game import Command
from rooms.live.limits import LIMITS
from rooms.live.state import Reply, RoomSetup
from tests.conftest import Valkey
from tests.faults.reference_client import ReferenceClient
from tests.faults.room_copy import Message, RoomCopy
from tests.wsgateway.gateway_process import digest_of, give_token

ROOM = 7

#: no limit on how fast one user plays
UNHURRIED = msgspec.structs.replace(LIMITS, answers_per_s=1e6)


def question_id(number: int) -> int:
    """The id of a quiz's question; who names it can't be too early or too late by a millisecond."""
    return 100 + number


def quiz_setup(rounds: int = 20, max_time: int = 60) -> dict[str, Any]:
    """A quiz whose question N is answered by `right N`."""
    questions = [
        {
            "id": question_id(n),
            "texts": {"en": f"Question {n}?"},
            "answers": {"en": [f"right {n}"]},
            "hints": {"en": ["r..."]},
        }
        for n in range(1, rounds + 1)
    ]
    return {"category": {"id": 1, "name": "Tests"}, "language": "en", "max_time": max_time, "rounds": questions}


class Stage:
    """Rooms on one Valkey, made as Django makes them; waiting calls run in threads, as gateways must answer them."""

    def __init__(self, valkey: Valkey) -> None:
        self.redis: redis.Redis = valkey.client()
        self.live = LiveRooms(self.redis, limits=UNHURRIED)

    def move_to(self, valkey: Valkey) -> None:
        """The rooms are there now."""
        self.redis.close()
        self.redis = valkey.client()
        self.live = LiveRooms(self.redis, limits=UNHURRIED)

    async def open_room(self, *users: int, room_id: int = ROOM, rounds: int = 20, max_time: int = 60) -> int:
        """A quiz with these members, the first its owner. Returns the version that all of them know."""
        setup = RoomSetup(room_id, "quiz", f"room {room_id}", users[0], 1000, setup=quiz_setup(rounds, max_time))
        reply = await asyncio.to_thread(self.live.create_room, setup, wait_s=10)
        for user in users:
            reply = await self.join(user, room_id)
        assert reply.room is not None
        return int(reply.room["v"])

    async def join(self, user: int, room_id: int = ROOM) -> Reply:
        """Take a seat."""
        return await self.command("join", user, {"seat": {"id": user, "name": f"user{user}"}}, room_id)

    async def command(self, kind: str, user: int | None, body: Message | None = None, room_id: int = ROOM) -> Reply:
        """Any command, carried out when it returns. Raises `AssertionError` when the room refuses it."""
        reply = await asyncio.to_thread(self.live.submit, room_id, Command(kind, user, body or {}), wait_s=10)
        assert reply is not None
        assert reply.ok, reply
        return reply

    async def say(self, user: int, *texts: str, room_id: int = ROOM) -> None:
        """Answers of a user who has no socket."""
        for text in texts:
            await self.command("answer", user, {"id": None, "answer": text}, room_id)

    def token(self, user: int) -> str:
        """A token in the cache, as Django puts it there."""
        return give_token(self.redis, user)

    def give_again(self, client: ReferenceClient) -> None:
        """The client's token is in the cache (again)."""
        entry = {"id": client.user, "name": f"user{client.user}"}
        self.redis.set(f"token:{digest_of(client.token)}", json.dumps(entry), ex=300)

    def client(self, user: int, door: Any, *rooms: RoomCopy, **options: Any) -> ReferenceClient:
        """A reference client with a token; `door`: a gateway, a proxy, or a function that names an address."""
        chosen = door if callable(door) else (lambda: getattr(door, "where", None) or door.listen)
        return ReferenceClient(user, self.token(user), chosen, rooms, **options)

    def log(self, room_id: int = ROOM) -> list[Message]:
        """The recorded events as the room's log has them."""
        return [json.loads(line)["body"] for line in self.redis.lrange(f"room:{room_id}:log", 0, -1)]


def answers_of(events: list[Message], user: int) -> list[str]:
    """What that user tried, in order."""
    return [event["answer"] for event in events if event["action"] == "new_answer" and event["user"]["id"] == user]
