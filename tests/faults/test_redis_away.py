"""Redis goes away and comes back, in every way it can: sockets stay open, nothing is lost, nothing happens twice."""

import asyncio
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest

from tests.conftest import Valkey
from tests.faults.conftest import StartGateway
from tests.faults.proxy import Proxy
from tests.faults.reference_client import ReferenceClient
from tests.faults.room_copy import RoomCopy
from tests.faults.stage import ROOM, Stage, answers_of
from tests.wsgateway.gateway_process import GatewayProcess

ME, OTHER = 1, 2


@pytest.fixture
def stage(own_valkey: Valkey) -> Iterator[Stage]:
    """On the Valkey that the test breaks."""
    stage = Stage(own_valkey)
    yield stage
    stage.redis.close()


@pytest.fixture
async def proxy(own_valkey: Valkey, folder: Path) -> AsyncIterator[Proxy]:
    """The address at which the gateways know Redis."""
    async with await Proxy.start(f"unix:{folder / 'redis-door.sock'}", f"unix:{own_valkey.socket}") as proxy:
        yield proxy


@pytest.fixture
async def gateways(start_gateway: StartGateway, proxy: Proxy) -> tuple[GatewayProcess, GatewayProcess]:
    """Two, on that address."""
    url = proxy.where.replace("unix:", "unix://")
    first, second = await asyncio.gather(*(asyncio.to_thread(start_gateway, url) for _ in range(2)))
    return first, second


@pytest.fixture
async def players(
    stage: Stage, gateways: tuple[GatewayProcess, GatewayProcess]
) -> AsyncIterator[tuple[ReferenceClient, ReferenceClient]]:
    """ME and OTHER in one room, each at a gateway of their own, having heard what came so far."""
    v = await stage.open_room(ME, OTHER)
    async with AsyncExitStack() as stack:
        clients = []
        for user, gateway in zip((ME, OTHER), gateways, strict=True):
            client = stage.client(user, gateway, RoomCopy(ROOM, v), silence_s=60)
            clients.append(await stack.enter_async_context(client))
        for client in clients:
            await client.until_connected()
        clients[0].answer(ROOM, "before")
        for client in clients:
            await client.until_version(ROOM, v + 1)
        yield clients[0], clients[1]


async def everything_is_whole(stage: Stage, players: tuple[ReferenceClient, ReferenceClient], *meanwhile: str) -> None:
    """What was sent meanwhile is in the room once; the game goes on; both saw every event; no socket was lost."""
    for player in players:
        await player.until_told("resync")
        await player.until_settled()
    players[1].answer(ROOM, "right 1")
    for player in players:
        await player.until_event(ROOM, "next_question")
    log = stage.log()
    for player in players:
        assert player.rooms[ROOM].events == log[-len(player.rooms[ROOM].events) :]
        assert player.told() == ["degraded", "resync"]
        assert (player.sockets, player.closes) == (1, [])
    assert answers_of(log, ME) == ["before", *meanwhile]


async def test_restarted(stage: Stage, own_valkey: Valkey, players: tuple[ReferenceClient, ReferenceClient]):
    await asyncio.to_thread(own_valkey.stop, kill=True)
    await players[0].until_told()
    await players[1].until_told()
    ref = players[0].answer(ROOM, "meanwhile")
    await players[0].until(lambda: players[0].heard_of("error", code="degraded", ref=ref))
    await asyncio.to_thread(own_valkey.start)
    await everything_is_whole(stage, players, "meanwhile")


async def test_subscriber_killed_while_events_flow(stage: Stage, players: tuple[ReferenceClient, ReferenceClient]):
    tries = [f"try {n}" for n in range(40)]

    async def talk() -> None:
        await stage.say(ME, *tries)

    talking = asyncio.create_task(talk())
    await players[1].until(lambda: players[1].heard_of("new_answer", answer="try 3"))
    stage.redis.client_kill_filter(_type="pubsub")
    await talking
    await everything_is_whole(stage, players, *tries)


async def test_paused_for_30_s(stage: Stage, players: tuple[ReferenceClient, ReferenceClient]):
    stage.redis.execute_command("CLIENT", "PAUSE", 30_000, "ALL")
    players[0].answer(ROOM, "meanwhile")
    for player in players:
        await player.until_told()
    for player in players:
        await player.until_told("resync", 60)
    await everything_is_whole(stage, players, "meanwhile")


async def test_frozen(stage: Stage, own_valkey: Valkey, players: tuple[ReferenceClient, ReferenceClient]):
    assert own_valkey.process is not None
    own_valkey.process.send_signal(SIGSTOP)
    try:
        players[0].answer(ROOM, "meanwhile")  # lies in Redis' socket, and is carried out when it thaws
        await players[0].until_told()
        await players[1].until_told()
        await players[0].until(lambda: players[0].heard_of("error", code="degraded", ref="1:2"))
    finally:
        own_valkey.process.send_signal(SIGCONT)
    await everything_is_whole(stage, players, "meanwhile")


async def test_half_open(stage: Stage, proxy: Proxy, players: tuple[ReferenceClient, ReferenceClient]):
    """The connections stand and nothing comes through any more, as behind a firewall that forgot them."""
    proxy.stall_all()
    players[0].answer(ROOM, "meanwhile")
    await stage.say(OTHER, "unheard")
    await everything_is_whole(stage, players, "meanwhile")
    assert answers_of(players[0].rooms[ROOM].events, OTHER) == ["unheard", "right 1"]


async def test_failover_to_another_address(
    stage: Stage, own_valkey: Valkey, proxy: Proxy, players: tuple[ReferenceClient, ReferenceClient], folder: Path
):
    with tempfile.TemporaryDirectory(prefix="fr-") as path:
        replica = Valkey(Path(path))
        await asyncio.to_thread(replica.start)
        try:
            await asyncio.to_thread(follow, replica, own_valkey)
            await asyncio.to_thread(own_valkey.stop, kill=True)
            await players[0].until_told()
            await players[1].until_told()
            players[0].answer(ROOM, "meanwhile")
            replica.client().replicaof("NO", "ONE")
            proxy.upstream = f"unix:{replica.socket}"
            stage.move_to(replica)
            await everything_is_whole(stage, players, "meanwhile")
        finally:
            replica.stop(kill=True)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def follow(replica: Valkey, primary: Valkey) -> None:
    """The replica has everything that the primary has."""
    port = free_port()
    primary.client().config_set("port", port)
    primary.client().config_set("repl-diskless-sync-delay", 0)
    replica.client().replicaof("127.0.0.1", port)
    while replica.client().info("replication").get("master_link_status") != "up":
        pass
    assert primary.client().wait(1, 10_000) == 1


async def test_game_clock_goes_on(stage: Stage, own_valkey: Valkey, gateways: tuple[GatewayProcess, GatewayProcess]):
    v = await stage.open_room(ME, room_id=8, rounds=3, max_time=1)
    async with stage.client(ME, gateways[0], RoomCopy(8, v), silence_s=60) as player:
        await player.until_connected()
        await asyncio.to_thread(own_valkey.stop, kill=True)
        await player.until_told()
        await asyncio.to_thread(own_valkey.start)
        await player.until(lambda: player.rooms[8].over)
        ended = [event["action"] for event in player.rooms[8].events]
    assert [action for action in ended if action != "hint"] == ["next_question"] * 3 + ["close_room"]
    assert ended.count("hint") == 3
    assert list(stage.live.take_results()) == [8]


async def test_redis_that_lost_its_disk(
    stage: Stage, own_valkey: Valkey, players: tuple[ReferenceClient, ReferenceClient]
):
    await asyncio.to_thread(own_valkey.stop, kill=True)
    shutil.rmtree(own_valkey.folder / "appendonlydir")
    await players[0].until_told()
    await players[1].until_told()
    await asyncio.to_thread(own_valkey.start)
    for player in players:
        await player.until_told("resync")
        await player.until_connected()
        assert player.rooms[ROOM].refusals == ["unknown_room"]
        assert player.told() == ["degraded", "resync"]
    await players[0].until(lambda: set(stage.redis.hkeys("presence:online")) == {str(ME), str(OTHER)})
    assert [player.heard_of("someone_disconnected") for player in players] == [[], []]
    v = await stage.open_room(ME, OTHER, room_id=9)
    players[0].rooms[9] = RoomCopy(9, v)
    players[0].answer(9, "new game")
    await players[0].until(lambda: players[0].rooms[9].v == v + 1)


async def test_connect_while_redis_is_away_succeeds_when_it_is_back(
    stage: Stage, own_valkey: Valkey, gateways: tuple[GatewayProcess, GatewayProcess]
):
    client = stage.client(ME, gateways[0], silence_s=60)
    await asyncio.to_thread(own_valkey.stop, kill=True)
    async with client:
        await client.until(lambda: client.heard_of("error", code="degraded", ref="connect"))
        await asyncio.to_thread(own_valkey.start)
        await client.until_connected()
        assert client.closes == []
