"""Bad input of every kind on the socket: an `error` that names it, with the ref, and the socket stays open."""

import asyncio
from typing import Any

import pytest

from tests.stack.black_box.conftest import Sockets
from tests.stack.black_box.play import check_me
from tests.stack.black_box.player import Player, Socket
from tests.stack.product import Product

Json = dict[str, Any]

DEEP: Json = {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": 1}}}}}}}}}
#: what is sent (a text as it is, `{room}` a number), the code, and a word of the message that names what is wrong
WRONG: list[tuple[str, Any, str, str]] = [
    ("no JSON", "{", "bad_json", "JSON"),
    ("empty", "", "bad_json", "JSON"),
    ("two values", '{"action":"ping"} {"action":"ping"}', "bad_json", "JSON"),
    ("not a number", '{"action":"sync","room_id":NaN,"v":1}', "bad_json", "JSON"),
    ("deep", '{"a":' * 2_000, "bad_json", ""),
    ("list", "[]", "bad_message", "object"),
    ("number", "23", "bad_message", "object"),
    ("null", "null", "bad_message", "object"),
    ("text", '"ping"', "bad_message", "object"),
    ("nothing in it", {}, "bad_message", "action"),
    ("action number", {"action": 5}, "bad_message", "action"),
    ("action list", {"action": ["ping"]}, "bad_message", "action"),
    ("unknown action", {"action": "dance"}, "unknown_action", ""),
    ("empty action", {"action": ""}, "unknown_action", ""),
    ("connect again", {"action": "connect", "id": 1, "name": "x", "token": "x"}, "already_connected", ""),
    ("room missing", {"action": "check_me", "answer": "x"}, "bad_message", "room_id"),
    ("room text", {"action": "check_me", "room_id": "7", "answer": "x"}, "bad_message", "room_id"),
    ("room true", {"action": "leave", "room_id": True}, "bad_message", "room_id"),
    ("room fraction", {"action": "leave", "room_id": 1.5}, "bad_message", "room_id"),
    ("room negative", {"action": "leave", "room_id": -1}, "bad_message", "room_id"),
    ("room huge", {"action": "leave", "room_id": 10**30}, "bad_message", "room_id"),
    ("room null", {"action": "sync", "room_id": None, "v": 1}, "bad_message", "room_id"),
    ("version missing", {"action": "sync", "room_id": 7}, "bad_message", "v"),
    ("version text", {"action": "sync", "room_id": 7, "v": "1"}, "bad_message", "v"),
    ("version negative", {"action": "sync", "room_id": 7, "v": -1}, "bad_message", "v"),
    ("question text", {"action": "check_me", "room_id": 7, "id": "1", "answer": "x"}, "bad_message", "id"),
    ("answer missing", {"action": "check_me", "room_id": 7, "id": 1}, "bad_message", "answer"),
    ("answer number", {"action": "check_me", "room_id": 7, "id": 1, "answer": 5}, "bad_message", "answer"),
    ("answer null", {"action": "check_me", "room_id": 7, "id": 1, "answer": None}, "bad_message", "answer"),
    ("answer long", {"action": "check_me", "room_id": 7, "id": 1, "answer": "x" * 201}, "too_long", "answer"),
    ("answer with NUL", {"action": "check_me", "room_id": 7, "answer": "a\0b"}, "bad_message", "answer"),
    ("answer turned", {"action": "check_me", "room_id": 7, "answer": "\u202eabc"}, "bad_message", "answer"),
    ("answer stacked", {"game": "quiz", "lobby": 7, "answer": "z" + "\u0301" * 4}, "bad_message", "answer"),
    ("answer unseen", {"action": "check_me", "room_id": 7, "answer": "\u3164"}, "bad_message", "answer"),
    ("lobby text", {"game": "quiz", "lobby": "7", "answer": "x"}, "bad_message", "lobby"),
    ("lobby answer missing", {"game": "quiz", "lobby": 7}, "bad_message", "answer"),
    ("game number", {"game": 5, "name": "x"}, "bad_message", "game"),
    ("name number", {"game": "quiz", "name": 5}, "bad_message", "name"),
    ("name long", {"game": "quiz", "name": "x" * 101}, "too_long", "name"),
    ("player text", {"game": "quiz", "name": "x", "player": "me"}, "bad_message", "player"),
    ("player long", {"game": "quiz", "name": "x", "player": {"a": "x" * 1100}}, "too_long", "player"),
    ("player deep", {"game": "quiz", "name": "x", "player": DEEP}, "too_long", "player"),
    ("options list", {"game": "quiz", "name": "x", "options": []}, "bad_message", "options"),
    ("ref number", {"action": "ping", "ref": 5}, "bad_message", "ref"),
    ("ref long", {"action": "ping", "ref": "x" * 65}, "too_long", "ref"),
]
#: well-formed, but can't be done; these don't count as bad messages
REFUSED: list[tuple[str, Json, str]] = [
    ("answer in no room", {"action": "check_me", "room_id": 10**9, "answer": "x"}, "unknown_room"),
    ("leave no room", {"action": "leave", "room_id": 10**9}, "unknown_room"),
    ("sync no room", {"action": "sync", "room_id": 10**9, "v": 0}, "unknown_room"),
    ("unknown game", {"game": "chess", "name": "x"}, "unknown_game"),
    ("unknown category", {"game": "quiz", "name": "none such", "options": {"category": 10**9}}, "unknown_category"),
    ("name unseen", {"game": "quiz", "name": "\u3164"}, "bad_name"),
    ("name stacked", {"game": "quiz", "name": "z" + "\u0301" * 4}, "bad_name"),
    ("options wrong", {"game": "quiz", "name": "none such", "options": {"questions": "many"}}, "invalid"),
    ("older answer in no room", {"game": "quiz", "lobby": 10**9, "answer": "x"}, "unknown_room"),
]


@pytest.fixture(scope="module")
def player(stack: Product) -> Player:
    """Who sends it."""
    return Player(stack.url)


async def refusals(socket: Socket, messages: list[Any]) -> list[Json]:
    """The error each message brings, one after the other."""
    found = []
    for message in messages:
        socket.send(message)
        found.append(await socket.until("error"))
    return found


@pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
@pytest.mark.parametrize("first", range(0, len(WRONG), 9))
async def test_wrong_message_gets_an_error_that_names_it(player: Player, sockets: Sockets, first: int, raw: bool):
    cases = WRONG[first : first + 9]
    if raw:
        cases = [case for case in cases if case[0] != "empty"]
    socket = await sockets(player, raw=raw)

    errors = await refusals(socket, [sent for _, sent, _, _ in cases])

    assert [(case, error["code"]) for (case, *_), error in zip(cases, errors, strict=True)] == [
        (case, code) for case, _, code, _ in cases
    ]
    assert [case for (case, _, _, word), error in zip(cases, errors, strict=True) if word not in error["message"]] == []
    await socket.quiet()


@pytest.mark.parametrize(("message", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
async def test_what_can_t_be_done_is_an_error_with_the_ref_of_the_request(
    player: Player, sockets: Sockets, message: Json, code: str
):
    socket = await sockets(player)

    plain, *named = await refusals(socket, [message, message | {"ref": "mine"}])

    assert (plain["code"], "ref" in plain) == (code, False)
    assert [(error["code"], error["ref"]) for error in named] == [(code, "mine")]


async def test_answers_that_come_too_late_from_outside_or_before_the_game_are_refused(
    bogdan: Player, anna: Player, category: int, sockets: Sockets
):
    running = bogdan.new_quiz(category, max_time=60)
    waiting = bogdan.new_quiz(category, min_players=2)
    closed = bogdan.new_quiz(category)
    bogdan.room("POST", f"rooms/{closed['room_id']}/leave")
    his, hers = await sockets(bogdan), await sockets(anna)
    question = running["question"]

    other = {**question, "id": question["id"] + 100_000}
    on_time, where = check_me(running["room_id"], question, "x"), {"room_id": running["room_id"]}
    asked = [other, question, question]
    ids = [room["room_id"] for room in (running, waiting, closed)]
    late = await refusals(his, [check_me(room_id, each, "x") for room_id, each in zip(ids, asked, strict=True)])
    away = await refusals(hers, [on_time, {"action": "leave", **where}, {"action": "sync", "v": 0, **where}])
    empty = await refusals(his, [on_time | {"answer": "  "}])

    assert [error["code"] for error in late] == ["wrong_question", "not_started", "room_closed"]
    assert [error["code"] for error in away] == ["not_member", "not_member", "not_member"]
    assert [error["code"] for error in empty] == ["bad_message"]


async def test_same_ref_again_counts_once(bogdan: Player, category: int, sockets: Sockets):
    socket = await sockets(bogdan)
    made = bogdan.new_quiz(category, max_time=60)

    for _ in range(3):
        socket.send(check_me(made["room_id"], made["question"], "zulu", ref="once"))
    socket.send(check_me(made["room_id"], made["question"], "yankee", ref="twice"))
    await socket.until("new_answer", answer="yankee")

    tries = [event["answer"] for event in socket.of_room(made["room_id"]) if event["action"] == "new_answer"]
    assert tries == ["zulu", "yankee"]


async def test_anything_before_connect_is_refused_and_connect_may_still_come(player: Player, sockets: Sockets):
    socket = await sockets.knock(player)

    errors = await refusals(socket, [{"action": "ping"}, {"action": "leave", "room_id": 1}, {"game": "quiz"}, "{"])
    connected = await socket.connect(player.id, player.token)

    assert [error["code"] for error in errors] == ["not_connected"] * 3 + ["bad_json"]
    assert connected["id"] == player.id


async def test_flood_is_held_back_and_ends_with_4029(player: Player, sockets: Sockets):
    socket = await sockets(player)

    for _ in range(120):
        socket.send({"action": "ping"})
    code, _ = await socket.closed()

    assert code == 4029
    assert {message["code"] for message in socket.heard if message["action"] == "error"} == {"too_fast"}


@pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
async def test_frame_past_every_bound_ends_that_socket_alone(player: Player, sockets: Sockets, raw: bool):
    socket, other = await sockets(player, raw=raw), await sockets(player)

    socket.send({"action": "check_me", "room_id": 1, "answer": "x" * 100_000})
    await asyncio.wait_for(socket.closed(), 10)

    await other.quiet()
