"""SIGTERM and a rolling restart under players: no event and no game is lost, nobody storms back."""

import asyncio
import random
import time
from contextlib import AsyncExitStack
from signal import SIGTERM

from tests.faults.conftest import StartGateway
from tests.faults.reference_client import ReferenceClient
from tests.faults.room_copy import RoomCopy
from tests.faults.stage import ROOM, Stage, answers_of, question_id
from tests.wsgateway.gateway_process import GatewayProcess

GAMES, PLAYERS, ROUNDS = 4, 10, 40
DRAIN_S = 1.0


async def drained(gateway: GatewayProcess) -> None:
    """SIGTERM, and wait until the process has ended well."""
    assert await asyncio.to_thread(gateway.stop, SIGTERM) == 0


async def test_readiness_fails_and_new_sockets_are_refused_while_the_old_are_told(
    stage: Stage, start_gateway: StartGateway
):
    gateway = start_gateway(limits={"linger_s": 3}, DRAIN_SECONDS="2")
    async with AsyncExitStack() as stack:
        clients = [stage.client(user, gateway) for user in range(1, 31)]
        for client in clients:
            await stack.enter_async_context(client)
        for client in clients:
            await client.until_connected()
        assert clients[0].socket is not None
        clients[0].socket.stop_reading()  # does not answer the close: the process stays until its time is over
        gateway.signal(SIGTERM)
        for client in clients[1:]:
            await client.until_closed()
        assert gateway.get("/readyz", private=True) == (503, "draining\n")
        assert gateway.get("/readyz") == (0, "")
        told = [client.closes[0] for client in clients[1:]]
    assert {lost.code for lost in told} == {3001}
    delays = [int(lost.reason.removeprefix("delay=")) for lost in told]
    assert all(0 <= delay <= 2000 for delay in delays)
    assert min(delays) < 700
    assert max(delays) > 1300


async def test_rooms_hand_over_at_once(stage: Stage, start_gateway: StartGateway):
    going, staying = start_gateway(), start_gateway()
    await stage.open_room(1)
    slowest = 0.0
    ending: asyncio.Task[None] | None = None
    for n in range(300):
        begun = time.monotonic()
        await stage.say(1, f"try {n}")
        slowest = max(slowest, time.monotonic() - begun)
        if n == 100:
            ending = asyncio.create_task(drained(going))
    assert ending is not None
    await ending
    assert slowest < 1.0, "a room waited for a lease to run out (2 s)"
    assert answers_of(stage.log(), 1)[-300:] == [f"try {n}" for n in range(300)]
    assert staying.get("/readyz")[0] == 200


class Game:
    """One room with its players, each of whom tries something now and then until it is over."""

    def __init__(self, stage: Stage, room_id: int, gateways: list[GatewayProcess]) -> None:
        self.stage, self.room_id = stage, room_id
        self.users = [room_id * 100 + n for n in range(PLAYERS)]
        self.gateways = gateways
        self.players: list[ReferenceClient] = []

    async def open(self, stack: AsyncExitStack) -> None:
        """Everybody is seated and connected."""
        v = await self.stage.open_room(*self.users, room_id=self.room_id, rounds=ROUNDS)
        for user in self.users:
            player = self.stage.client(user, self._door, RoomCopy(self.room_id, v), silence_s=10)
            self.players.append(await stack.enter_async_context(player))
        for player in self.players:
            await player.until_connected()

    def _door(self) -> str:
        return random.choice(self.gateways).listen

    async def play(self) -> None:
        """Question after question, each with a wrong try before the right one."""
        for n in range(1, ROUNDS + 1):
            wrong, right = random.sample(self.players, 2)
            wrong.answer(self.room_id, f"no {n}")
            right.answer(self.room_id, f"right {n}", question_id(n))
            await self._round_is_over(right, n)
            await asyncio.sleep(random.uniform(0, 0.2))
        for player in self.players:
            await player.until_over(self.room_id)

    async def _round_is_over(self, player: ReferenceClient, n: int) -> None:
        copy = player.rooms[self.room_id]
        await player.until(lambda: [event["action"] for event in copy.events].count("next_question") >= n)

    def check(self) -> None:
        """Everybody saw the whole game: all saw the same, and its end is what the closed room's log has."""
        log = self.stage.log(self.room_id)
        seen = max((player.rooms[self.room_id].events for player in self.players), key=len)
        assert seen[-len(log) :] == log[-len(seen) :]
        for player in self.players:
            copy = player.rooms[self.room_id]
            assert copy.views == []
            assert copy.events == seen[-len(copy.events) :]
        versions = [event["v"] for event in seen]
        assert versions == list(range(versions[0], versions[0] + len(seen)))
        assert [event["action"] for event in seen].count("next_question") == ROUNDS  # the first was there
        assert log[-1]["action"] == "close_room"


async def test_rolling_restart_loses_no_event_and_no_game(stage: Stage, start_gateway: StartGateway):
    gateways = [start_gateway(DRAIN_SECONDS=str(DRAIN_S)) for _ in range(3)]
    async with AsyncExitStack() as stack:
        games = [Game(stage, ROOM + n, gateways) for n in range(GAMES)]
        for game in games:
            await game.open(stack)
        watcher = await stack.enter_async_context(stage.client(1, lambda: random.choice(gateways).listen))
        await watcher.until_connected()
        playing = asyncio.gather(*(game.play() for game in games))
        for gateway in gateways:
            await drained(gateway)
            await asyncio.to_thread(gateway.start)
        await playing
        for game in games:
            game.check()
        players = [player for game in games for player in game.players]
        assert sum(player.sockets for player in players) >= 2 * len(players), "hardly anybody had to come back"
        assert {lost.code for player in players for lost in player.closes} <= {3001, 1006}
        assert watcher.heard_of("someone_disconnected") == []
    assert sorted(stage.live.take_results()) == [ROOM + n for n in range(GAMES)]
