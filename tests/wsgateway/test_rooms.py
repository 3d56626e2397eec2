"""Live rooms behind real sockets: a quiz played over two gateway processes, one of them killed in the middle."""

import asyncio
from typing import Any

from rooms.live.client import LiveRooms
from rooms.live.game import Command, Seat
from rooms.live.limits import LIMITS
from rooms.live.state import RoomSetup
from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, give_token

ROOM = 7
QUESTIONS = 4


def quiz() -> RoomSetup:
    """A room of arithmetic: the answer to question n is n + 1000."""
    rounds = [{"id": n, "texts": {"en": f"{n} + 1000?"}, "answers": {"en": [str(n + 1000)]}} for n in range(QUESTIONS)]
    return RoomSetup(
        room_id=ROOM, game="quiz", name="lobby", owner=1, capacity=10, private=False,
        setup={"category": {"id": 3, "name": "Sums"}, "max_time": 60, "min_players": 2, "rounds": rounds},
    )  # fmt: skip


async def enter(client: Client, valkey: Valkey, user: int) -> dict[str, Any]:
    """Seated as Django would seat; the room comes over the socket."""
    body = {"seat": {"id": user, "name": f"user{user}", "account": 0, "rating": 1500, "player": None}}
    rooms = LiveRooms(valkey.client())
    reply = await asyncio.to_thread(rooms.submit, ROOM, Command("join", user, body), wait_s=10)
    assert reply is not None
    assert reply.ok, reply
    return await client.until("room", room_id=ROOM)


async def two_players(valkey: Valkey, *gateways: GatewayProcess) -> list[Client]:
    """Users 1 and 2, one at each gateway, seated in a quiz that has begun."""
    players: list[Client] = []
    for user, gateway in enumerate(gateways, 1):
        client = await Client.open(gateway.listen, raw=user == 2)
        await client.connect(user, give_token(valkey.client(), user))
        players.append(client)
    assert (await asyncio.to_thread(LiveRooms(valkey.client()).create_room, quiz(), wait_s=10)).ok
    await enter(players[0], valkey, 1)
    room = await enter(players[1], valkey, 2)  # with the question that this very entering opened
    assert (room["v"], room["question"]["id"]) == (3, 0)
    return players


async def test_seat_is_what_the_client_sees(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway()
    first, second = await two_players(valkey, gateway, gateway)
    assert (await first.until("player_joined"))["user"]["id"] == 2
    seat = Seat(1, "user1", rating=1500)
    view = LiveRooms(valkey.client()).read_view(ROOM, 1)
    assert view is not None
    assert (view["players"][0]["id"], view["players"][0]["name"]) == (seat.id, seat.name)
    for client in (first, second):
        await client.close()


async def test_quiz_goes_on_when_a_gateway_is_killed(start_gateway: StartGateway, valkey: Valkey):
    doomed, lasting = start_gateway(), start_gateway()
    lost, player = await two_players(valkey, doomed, lasting)
    for number in range(QUESTIONS):
        if number:
            await next_question(player, number)
        if number == 2:
            doomed.stop()
        send_answer(player, number, "wrong", ref=f"wrong{number}")
        assert (await player.until("new_answer", answer="wrong"))["is_true"] is False
        send_answer(player, number, str(number + 1000), ref=f"right{number}")
        assert (await player.until("new_answer", answer=str(number + 1000)))["is_true"] is True
    ended = await player.until("close_room")
    assert [(row["id"], row["score"] > 0) for row in ended["results"]] == [(2, True), (1, False)]
    assert list(LiveRooms(valkey.client()).take_results()) == [ROOM]
    for client in (lost, player):
        await client.close()


async def next_question(client: Client, number: int) -> None:
    """Wait until question `number` is open."""

    def is_open() -> bool:
        asked = [m["question"] for m in client.inbox if m["action"] == "next_question"]
        return any(question and question["id"] == number for question in asked)

    await client.wait_for(is_open)


def send_answer(client: Client, question: int, answer: str, ref: str) -> None:
    client.send({"action": "check_me", "room_id": ROOM, "id": question, "answer": answer, "ref": ref})


async def test_sync_after_a_reconnect(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway()
    first, second = await two_players(valkey, gateway, gateway)
    await second.close()
    send_answer(first, 0, "1000", ref="a")
    await next_question(first, 1)
    async with await Client.open(gateway.listen) as again:
        assert (await again.connect(2, give_token(valkey.client(), 2)))["rooms"] == [ROOM]
        again.send({"action": "sync", "room_id": ROOM, "v": 3, "ref": "s"})
        synced = await again.until("synced")
        assert [event["v"] for event in synced["events"]] == list(range(4, synced["v"] + 1))
        assert [event["action"] for event in synced["events"]][-2:] == ["new_answer", "next_question"]
    await first.close()


async def test_stranger_is_refused(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway()
    first, second = await two_players(valkey, gateway, gateway)
    async with await Client.open(gateway.listen) as stranger:
        await stranger.connect(9, give_token(valkey.client(), 9))
        stranger.send({"action": "check_me", "room_id": ROOM, "id": 0, "answer": "x", "ref": "a"})
        assert (await stranger.until("error", ref="a"))["code"] == "not_member"
        stranger.send({"action": "sync", "room_id": ROOM, "v": 0, "ref": "s"})
        assert (await stranger.until("error", ref="s"))["code"] == "not_member"
    for client in (first, second):
        await client.close()


async def test_play_is_carried_out_once_and_said_as_often_as_it_is_sent(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway()
    first, second = await two_players(valkey, gateway, gateway)
    play = {"action": "play", "room_id": ROOM, "kind": "answer", "body": {"id": 0, "answer": "wrong"}, "ref": "p"}
    first.send(play)
    done = await first.until("done", ref="p")
    assert done == {"action": "done", "ref": "p", "room_id": ROOM, "v": 4}
    assert (await second.until("new_answer"))["answer"] == "wrong"
    first.send(play)
    assert await first.until("done", ref="p") == done
    first.send({**play, "body": {"id": 0, "answer": "next"}, "ref": "q"})
    assert (await second.until("new_answer"))["answer"] == "next"
    for client in (first, second):
        await client.close()


async def test_play_that_is_none_of_the_games_is_refused(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway()
    first, second = await two_players(valkey, gateway, gateway)
    refused: dict[str, list[dict[str, Any]]] = {
        "unknown_action": [{"kind": "dance"}, {"kind": "close"}, {"kind": "kick", "body": {"user": 2}}],
        "bad_message": [{"kind": "answer"}, {"kind": "answer", "body": {"answer": 5}}, {"kind": "answer", "body": []}],
        "too_long": [{"kind": "x" * 100}, {"kind": "answer", "body": {"answer": "x" * 201}}],
    }
    for code, plays in refused.items():
        for number, play in enumerate(plays):
            first.send({"action": "play", "room_id": ROOM, "ref": f"{code}{number}", **play})
            assert (await first.until("error", ref=f"{code}{number}"))["code"] == code
    assert not [m for m in first.inbox if m["action"] in ("done", "player_left", "close_room")]
    for client in (first, second):
        await client.close()


async def test_answers_of_one_user_count_over_all_sockets_and_gateways(start_gateway: StartGateway, valkey: Valkey):
    """38 sockets of one account once brought 380 answers in 0.2 s."""
    gateways = [await asyncio.to_thread(start_gateway, LIVE_LIMITS='{"answers_per_s": 0.001}') for _ in range(2)]
    players = await two_players(valkey, *gateways)
    token, watcher = give_token(valkey.client(), 1), players[1]
    bots = []
    for number in range(6):
        bots.append(await Client.open(gateways[number % 2].listen))
        await bots[-1].connect(1, token)
    for bot in bots:
        for n in range(10):
            bot.send({"action": "check_me", "room_id": ROOM, "id": 0, "answer": f"guess {n}", "ref": f"{id(bot)}:{n}"})
    refused = 0
    for bot in bots:
        await bot.quiet()
    await asyncio.to_thread(settled, valkey)
    for bot in bots:
        await bot.quiet()
        errors = [one for one in bot.inbox if one["action"] == "error"]
        assert {(one["code"], one["retry_ms"] > 0) for one in errors} <= {("too_fast", True)}
        # what a room refuses goes to all sockets of its sender; what is too fast to the one that sent it
        refused += len(errors)
    await watcher.quiet()
    seen = [one for one in watcher.inbox if one["action"] == "new_answer" and one["user"]["id"] == 1]
    assert (len(seen), refused) == (LIMITS.answers_burst, 60 - LIMITS.answers_burst)
    for client in [*players, *bots]:
        await client.close()


def settled(valkey: Valkey) -> None:
    """Every command of the room was carried out."""
    while valkey.client().llen(f"room:{ROOM}:inbox"):
        pass
