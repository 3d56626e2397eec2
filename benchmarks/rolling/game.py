"""One room of the rolling restart: its players, who try something every few seconds until they are told to end."""

import asyncio
import random
import time
from collections.abc import Callable

from tests.faults.reference_client import ReferenceClient
from tests.faults.room_copy import Message, RoomCopy
from tests.faults.stage import Stage, question_id

#: more than a run can use up
ROUNDS = 120
#: between two rounds of a game; the log must hold all of a run (rooms/live/limits.py: log)
PAUSE_S = 3.0


class Player(ReferenceClient):
    """A reference client that notes when it was connected and does not look at who else comes online."""

    connects: list[float]

    def _received(self, text: bytes) -> None:
        if not text.startswith(b'{"action":"someone_'):
            super()._received(text)

    def _take_connected(self, message: Message) -> None:
        self.connects.append(time.monotonic())
        super()._take_connected(message)


class Game:
    """A quiz and its players."""

    def __init__(self, stage: Stage, room_id: int, players: int) -> None:
        self.stage, self.room_id = stage, room_id
        self.users = [room_id * 1000 + n for n in range(players)]
        self.players: list[Player] = []
        self.rounds = 0

    async def open(self, door: Callable[[], str], connects: list[float]) -> None:
        """Everybody is seated and on the way to a gateway."""
        v = await self.stage.open_room(*self.users, room_id=self.room_id, rounds=ROUNDS)
        for user in self.users:
            player = Player(user, self.stage.token(user), door, [RoomCopy(self.room_id, v)], silence_s=20)
            player.connects = connects
            self.players.append(player)
            await player.__aenter__()

    async def play(self, over: asyncio.Event) -> None:
        """A wrong try and a right one, question after question."""
        while not over.is_set():
            self.rounds += 1
            wrong, right = random.sample(self.players, 2)
            wrong.answer(self.room_id, f"no {self.rounds}", question_id(self.rounds))
            right.answer(self.room_id, f"right {self.rounds}", question_id(self.rounds))
            await self._round_is_over(right, self.rounds)
            await asyncio.sleep(random.uniform(0.5, 1.5) * PAUSE_S)

    async def _round_is_over(self, player: Player, n: int) -> None:
        await player.until(lambda: rounds_over(player, self.room_id) >= n, 60)

    async def end(self) -> None:
        """Closed; everybody has heard of it."""
        await self.stage.command("close", None, {"message": "over"}, self.room_id)
        for player in self.players:
            await player.until(lambda player=player: player.rooms[self.room_id].over, 60)

    def wrongs(self) -> list[str]:
        """What somebody missed or saw twice."""
        log = self.stage.log(self.room_id)
        found = []
        for player in self.players:
            copy = player.rooms[self.room_id]
            if copy.views or copy.events != log[-len(copy.events) :] or log[-1]["action"] != "close_room":
                found.append(f"player {player.user} of room {self.room_id} did not see what happened")
        asked = [event["action"] for event in log].count("next_question")
        if asked not in (self.rounds, self.rounds + 1, self.rounds + 2):
            found.append(f"room {self.room_id} has {asked} questions for {self.rounds} rounds")
        return found

    async def leave(self) -> None:
        """All sockets closed."""
        for player in self.players:
            await player.__aexit__()


def rounds_over(player: ReferenceClient, room_id: int) -> int:
    """How many rounds ended while the player followed."""
    return sum(event["action"] == "next_question" for event in player.rooms[room_id].events)
