"""Entering and leaving by REST and by socket: twice, several at once, private, full, empty; and the list of rooms."""

from typing import Any

import pytest

from tests.stack.black_box.conftest import Sockets
from tests.stack.black_box.player import Player
from tests.stack.product import wait_for

Json = dict[str, Any]


@pytest.fixture
def third(bogdan: Player) -> Player:
    """One too many."""
    return Player(bogdan.url)


def members(room: Json) -> list[int]:
    """Ids of the players of a room."""
    return [player["id"] for player in room["players"]]


async def test_leaving_is_told_to_all_tabs_and_the_last_one_closes_the_room(
    bogdan: Player, anna: Player, category: int, sockets: Sockets
):
    his, his_phone, hers = await sockets(bogdan), await sockets(bogdan, raw=True), await sockets(anna)
    room_id = bogdan.new_quiz(category, max_time=60)["room_id"]
    anna.room("POST", f"rooms/{room_id}/join")

    left = bogdan.room("POST", f"rooms/{room_id}/leave")
    told = [await socket.until("player_left", room_id=room_id) for socket in (his, his_phone, hers)]
    hers.send({"action": "leave", "room_id": room_id})
    last = await hers.until("player_left", room_id=room_id)
    wait_for(lambda: anna.room("GET", f"rooms/{room_id}")["state"] == "closed", 10)

    assert (left["state"], members(left)) == ("running", [anna.id])
    assert (told[1], told[2], told[0]["user"]["id"]) == (told[0], told[0], bogdan.id)
    assert last["user"]["id"] == anna.id
    assert members(anna.room("GET", f"rooms/{room_id}")) == []
    assert anna.rest("POST", f"rooms/{room_id}/join", status=409)["code"] == "room_closed"
    assert anna.rest("POST", f"rooms/{room_id}/leave", status=403)["code"] == "not_member"


async def test_joining_twice_is_one_membership_and_shows_the_room_again(
    bogdan: Player, anna: Player, category: int, sockets: Sockets
):
    his, hers = await sockets(bogdan), await sockets(anna)
    made = bogdan.new_quiz(category, max_time=60)
    first = anna.room("POST", f"rooms/{made['room_id']}/join")

    second = anna.room("POST", f"rooms/{made['room_id']}/join")
    hers.send({"game": "quiz", "name": made["name"]})

    assert members(second) == members(first) == [bogdan.id, anna.id]
    for _ in range(3):
        assert members(await hers.until("room", room_id=made["room_id"])) == [bogdan.id, anna.id]
    await his.quiet()
    joined = [event for event in his.of_room(made["room_id"]) if event["action"] == "player_joined"]
    assert [event["user"]["id"] for event in joined] == [anna.id]


async def test_private_room_wants_its_password_of_those_outside_on_every_way_in(
    bogdan: Player, anna: Player, third: Player, category: int, sockets: Sockets
):
    made = bogdan.room(
        "POST", "rooms", {"game": "quiz", "name": f"secret of {bogdan.id}", "options": {"category": category,
        "password": "sesame", "max_time": 60}}, status=201,
    )  # fmt: skip
    path, hers = f"rooms/{made['room_id']}", await sockets(anna)

    refused = anna.rest("POST", f"{path}/join", status=403)
    wrong = anna.rest("POST", f"{path}/join", {"password": "open"}, status=403)
    hers.send({"game": "quiz", "name": made["name"], "ref": "knock"})
    error = await hers.until("error", ref="knock")
    outside = anna.room("GET", path)

    assert [refused["code"], wrong["code"], error["code"]] == ["wrong_password"] * 3
    assert (outside["private"], outside["question"], outside["players"], outside["tries"]) == (True, None, [], [])
    assert members(anna.room("POST", f"{path}/join", {"password": "sesame"})) == [bogdan.id, anna.id]
    assert members(anna.room("POST", f"{path}/join")) == [bogdan.id, anna.id]
    his = await sockets(third)
    his.send({"game": "quiz", "name": made["name"], "options": {"password": "sesame"}})
    assert members(await his.until("room", room_id=made["room_id"])) == [bogdan.id, anna.id, third.id]


async def test_full_room_takes_nobody_until_somebody_leaves(
    bogdan: Player, anna: Player, third: Player, category: int, sockets: Sockets
):
    room_id = bogdan.new_quiz(category, capacity=2, max_time=60, name=f"small of {bogdan.id}")["room_id"]
    anna.room("POST", f"rooms/{room_id}/join")
    socket = await sockets(third)

    full = third.rest("POST", f"rooms/{room_id}/join", status=409)
    socket.send({"game": "quiz", "name": f"small of {bogdan.id}", "ref": "squeeze"})
    error = await socket.until("error", ref="squeeze")
    anna.room("POST", f"rooms/{room_id}/leave")

    assert [full["code"], error["code"]] == ["room_full", "room_full"]
    assert members(third.room("POST", f"rooms/{room_id}/join")) == [bogdan.id, third.id]


async def test_user_in_several_rooms_hears_of_each_and_connect_lists_them(
    bogdan: Player, anna: Player, category: int, sockets: Sockets
):
    rooms = [bogdan.new_quiz(category, max_time=60) for _ in range(3)]
    ids = [room["room_id"] for room in rooms]
    for room_id in ids:
        anna.room("POST", f"rooms/{room_id}/join")
    hers = await sockets(anna)

    assert hers.heard[0]["rooms"] == ids
    his = await sockets(bogdan)
    for room in rooms:
        his.send({"action": "check_me", "room_id": room["room_id"], "id": room["question"]["id"], "answer": "zulu"})
    for room_id in ids:
        assert (await hers.until("new_answer", room_id=room_id))["user"]["id"] == bogdan.id


def test_rooms_are_listed_by_game_and_state(bogdan: Player, category: int):
    running = bogdan.new_quiz(category, max_time=60)
    waiting = bogdan.new_quiz(category, min_players=2)
    closed = bogdan.new_quiz(category)
    bogdan.room("POST", f"rooms/{closed['room_id']}/leave")

    def listed(query: str) -> list[int]:
        page = bogdan.rest("GET", f"rooms?page_size=100{query}")
        assert sorted(page) == ["count", "message", "next", "previous", "results", "status"]
        mine = {running["room_id"], waiting["room_id"], closed["room_id"]}
        return [row["room_id"] for row in page["results"] if row["room_id"] in mine]

    assert listed("") == listed("&game=quiz") == [waiting["room_id"], running["room_id"]]
    assert listed("&state=running") == [running["room_id"]]
    assert listed("&state=waiting&game=quiz") == [waiting["room_id"]]
    assert listed("&state=closed") == [closed["room_id"]]
    assert listed("&game=chess") == []
