"""`manage`, `watch` and `unwatch` on the socket: what Django is asked, `done`, and what a spectator hears."""

import asyncio
from typing import Any

import pytest

from rooms.live.client import LiveRooms
from rooms.live.game import Command
from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import give_token
from tests.wsgateway.test_django import StandIn, django
from tests.wsgateway.test_rooms import ROOM, send_answer, two_players

__all__ = ["django"]

REQUESTS: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    (
        {"action": "manage", "kind": "kick", "body": {"user": 5}},
        "manage",
        {"kind": "kick", "body": {"user": 5}, "ref": "r"},
    ),
    ({"action": "watch"}, "watch", {"password": ""}),
    ({"action": "watch", "password": "sesame"}, "watch", {"password": "sesame"}),
    ({"action": "unwatch"}, "unwatch", {}),
]


@pytest.mark.parametrize(("request_", "path", "body"), REQUESTS)
async def test_request_goes_through_django_and_is_done(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn, request_: dict[str, Any], path: str, body: Any
):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.body = {"status": 0, "message": "ok", "room": {"room_id": 7, "v": 12}}
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        client.send({**request_, "room_id": 7, "ref": "r"})
        assert await client.until("done") == {"action": "done", "ref": "r", "room_id": 7, "v": 12}
    ((line, _, asked),) = django.asked
    assert (line, asked) == (f"POST /api/v1/rooms/7/{path}", body)


async def test_refusal_is_told_once_with_its_ref(start_gateway: StartGateway, valkey: Valkey, django: StandIn):
    gateway = await asyncio.to_thread(start_gateway, DJANGO_URL=django.where)
    django.status, django.body = 403, {"status": 1, "code": "not_owner", "message": "no", "errors": {}}
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        client.send({"action": "manage", "room_id": 7, "kind": "pause", "ref": "r"})
        assert await client.until("error") == {"action": "error", "code": "not_owner", "message": "no", "ref": "r"}


async def test_spectator_hears_what_everybody_may_and_syncs(start_gateway: StartGateway, valkey: Valkey):
    gateway = await asyncio.to_thread(start_gateway)
    players = await two_players(valkey, gateway, gateway)
    rooms = LiveRooms(valkey.client())
    async with await Client.open(gateway.listen) as spectator:
        await spectator.connect(9, give_token(valkey.client(), 9))
        await asyncio.to_thread(rooms.submit, ROOM, Command("watch", 9), wait_s=10)
        room = await spectator.until("room", room_id=ROOM)
        assert ([player["id"] for player in room["players"]], room["spectators"]) == ([1, 2], 1)
        send_answer(players[0], 0, "wrong", ref="a")
        tried = await spectator.until("new_answer")
        assert (tried["answer"], tried["v"]) == ("wrong", room["v"] + 1)
        spectator.send({"action": "sync", "room_id": ROOM, "v": room["v"], "mark": room["mark"]})
        assert (await spectator.until("synced"))["events"] == [tried]
        send_answer(spectator, 0, "1000", ref="b")
        refused = await spectator.until("error")
        assert (refused["code"], refused["ref"]) == ("not_member", "b")
        await asyncio.to_thread(rooms.submit, ROOM, Command("unwatch", 9), wait_s=10)
        spectator.send({"action": "sync", "room_id": ROOM, "v": room["v"], "ref": "c"})
        assert (await spectator.until("error", ref="c"))["code"] == "not_member"
    for client in players:
        await client.close()
