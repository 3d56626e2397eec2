"""A quiz of known answers from its making to the stored result, by REST and by socket, each message compared."""

import time
from typing import Any

import pytest

from tests.stack.black_box.conftest import Sockets
from tests.stack.black_box.play import check_me, gap_free, round_after, win_round
from tests.stack.black_box.player import Player
from tests.stack.black_box.stored import read_stored
from tests.stack.pack import Pack
from tests.stack.product import Product, wait_for

#: the path a player takes: run on PostgreSQL as well
pytestmark = pytest.mark.whole_path

NEWCOMER = 1500


def assert_running(room: dict[str, Any], category: dict[str, Any]) -> None:
    """The quiz as it was asked for."""
    seen = {name: room[name] for name in ("game", "name", "state", "max_time", "cnt_questions", "category")}
    assert seen == {
        "game": "quiz", "name": "the known quiz", "state": "running", "max_time": 60, "cnt_questions": 3,
        "category": category,
    }  # fmt: skip


def a_wrong_try(player: Player, room_id: int, v: int, at_ms: int) -> dict[str, Any]:
    """A newcomer's "zulu", as everybody sees it."""
    user = {"id": player.id, "name": player.name, "account": 0, "rating": NEWCOMER}
    return {
        "action": "new_answer",
        "room_id": room_id,
        "v": v,
        "answer": "zulu",
        "is_true": False,
        "user": user,
        "time": at_ms,
    }


def all_that_is_stored(loser: Player, winner: Player, words: list[str], ratings: list[int]) -> dict[str, Any]:
    """Of a game that the winner, who came second, won by two rounds to one."""
    return {
        "state": "closed",
        "games": [["finished", "en"]],
        "rounds": [[1, winner.id, words[0], 2], [2, loser.id, words[1], 1], [3, winner.id, words[2], 1]],
        "results": [[winner.id, 2, 1, ratings[0], 2], [loser.id, 1, 2, ratings[1], 1]],
        "memberships": [[loser.id, "finished"], [winner.id, "finished"]],
        "ledger": [[loser.id, 1], [winner.id, 2]],
        "users": [[loser.id, 1, ratings[1]], [winner.id, 2, ratings[0]]],
        "rated": 2,
    }


async def test_quiz_played_by_rest_and_sockets_ends_alike_for_both_and_is_stored_once(
    stack: Product, bogdan: Player, anna: Player, category: int, pack: Pack, sockets: Sockets
):
    hers, his = await sockets(anna), await sockets(bogdan, raw=True)
    made = bogdan.new_quiz(category, name="the known quiz", questions=3, max_time=60)
    room_id = made["room_id"]
    joined = anna.room("POST", f"rooms/{room_id}/join")
    entered = [await his.until("room", room_id=room_id), await hers.until("room", room_id=room_id)]
    newcomer = await his.until("player_joined", room_id=room_id)

    for room in (made, joined, *entered):
        assert_running(room, {"id": category, "name": pack.NAME, "names": pack.NAMES})
    shown = {"account": 0, "rating": NEWCOMER, "score": 0, "player": None}
    players = [{"id": player.id, "name": player.name, **shown} for player in (bogdan, anna)]
    assert (made["players"], joined["players"], entered[1]["players"]) == (players[:1], players, players)
    assert newcomer["user"] == players[1]
    assert [room["question"] for room in (joined, *entered)] == [made["question"]] * 3

    wrong = check_me(room_id, made["question"], "zulu")
    his.send(wrong)
    tried = [await socket.until("new_answer", room_id=room_id) for socket in (his, hers)]
    mark = {"mark": tried[0]["mark"]}  # a check sum of all so far
    assert tried[0] == tried[1] == a_wrong_try(bogdan, room_id, newcomer["v"] + 1, tried[0]["time"]) | mark
    assert abs(tried[0]["time"] - time.time() * 1000) < 5000

    first_word = pack.answer_to(made["question"])
    hers.send({"game": "quiz", "lobby": room_id, "answer": first_word.upper()})
    right = [await socket.until("new_answer", room_id=room_id) for socket in (his, hers)]
    second = [await socket.until("next_question", room_id=room_id, is_answered=True) for socket in (his, hers)]
    assert (right[0], second[0]) == (right[1], second[1])
    assert (right[0]["is_true"], right[0]["user"]["id"], right[0]["answer"]) == (True, anna.id, first_word.upper())
    explanation = f"{first_word} is word {pack.WORDS.index(first_word) + 1}."
    won = [second[0][name] for name in ("who_won", "right_answer", "explanation", "v")]
    assert won == [anna.id, first_word, explanation, right[0]["v"] + 1]
    assert (second[0]["question"]["id"], second[0]["question"]["number"]) != (made["question"]["id"], 1)

    third = await win_round(his, room_id, second[0]["question"], pack)
    assert (third["who_won"], third["question"]["number"]) == (bogdan.id, 3)
    answer = pack.answer_to(third["question"])
    over = anna.room("POST", f"rooms/{room_id}/answer", {"answer": answer, "id": third["question"]["id"]})
    ends = [await socket.until("close_room", room_id=room_id) for socket in (his, hers)]

    assert ends[0] == ends[1]
    assert (over["state"], over["results"], over["question"]) == ("closed", ends[0]["results"], None)
    assert [(row["id"], row["name"], row["score"], row["prize"]) for row in ends[0]["results"]] == [
        (anna.id, anna.name, 2, 2),
        (bogdan.id, bogdan.name, 1, 1),
    ]
    ratings = [row["rating"] for row in ends[0]["results"]]
    assert ratings[0] > ratings[1]
    assert (gap_free(his, room_id), gap_free(hers, room_id)) == (True, True)
    last = hers.of_room(room_id)
    assert [event["action"] for event in last[-3:]] == ["new_answer", "next_question", "close_room"]
    assert (last[-2]["question"], last[-2]["right_answer"], last[-2]["phase_ends"]) == (None, answer, None)

    wait_for(lambda: anna.profile()["account"] == 2, 20, anna.profile)
    words = [first_word, pack.answer_to(second[0]["question"]), answer]
    assert read_stored(stack, room_id) == all_that_is_stored(bogdan, anna, words, ratings)
    assert anna.room("GET", f"rooms/{room_id}")["results"] == ends[0]["results"]


def test_quiz_is_played_by_rest_alone_in_another_language(stack: Product, bogdan: Player, category: int, pack: Pack):
    room = bogdan.new_quiz(category, questions=3, max_time=60, language="ru")
    assert (room["language"], room["category"]["name"]) == ("ru", "Чёрный ящик")

    for number in range(1, 4):
        question = room["question"]
        assert (question["number"], question["q"]) == (number, question["texts"]["ru"])
        answer = {"answer": pack.answer_to(question), "id": question["id"], "ref": f"round {number}"}
        room = bogdan.room("POST", f"rooms/{room['room_id']}/answer", answer)
        assert [(each["answer"], each["is_true"]) for each in room["tries"]][-1] == (answer["answer"], True)

    result = {"id": bogdan.id, "name": bogdan.name, "score": 3, "rating": NEWCOMER, "prize": 0}
    assert (room["state"], room["question"], room["results"]) == ("closed", None, [result])
    assert wait_for(lambda: read_stored(stack, room["room_id"])["results"], 20) == [[bogdan.id, 3, 1, NEWCOMER, 0]]


async def test_hint_comes_after_max_time_and_the_answer_after_as_long_again(
    bogdan: Player, category: int, pack: Pack, sockets: Sockets
):
    socket = await sockets(bogdan)
    room = bogdan.new_quiz(category, questions=1, max_time=5)
    question = room["question"]

    hint = await socket.until("hint", room_id=room["room_id"])
    hinted = time.time() * 1000
    looked = bogdan.room("GET", f"rooms/{room['room_id']}")
    revealed = await socket.until("next_question", room_id=room["room_id"])
    shown = time.time() * 1000

    assert (hint["id"], hint["hint"]) == (question["id"], pack.hint_of(question))
    assert (looked["hint"], looked["phase"], looked["phase_ends"]) == (hint["hint"], "hint", hint["phase_ends"])
    assert 0 <= hinted - room["phase_ends"] < 1000
    assert 5000 <= hint["phase_ends"] - room["phase_ends"] < 6000
    assert 0 <= shown - hint["phase_ends"] < 1000
    assert {name: revealed[name] for name in ("is_answered", "who_won", "right_answer", "question")} == {
        "is_answered": False, "who_won": None, "right_answer": pack.answer_to(question), "question": None,
    }  # fmt: skip
    end = await socket.until("close_room", room_id=room["room_id"])
    assert end["results"] == [{"id": bogdan.id, "name": bogdan.name, "score": 0, "rating": NEWCOMER, "prize": 0}]


async def test_game_by_name_over_the_socket_is_one_room_for_both_and_shows_what_each_says_of_his_player(
    bogdan: Player, anna: Player, category: int, sockets: Sockets
):
    his, hers = await sockets(bogdan), await sockets(anna, raw=True)
    name = f"named by {bogdan.id}"
    options = {"category": category, "questions": 2, "min_players": 2, "max_time": 30}

    his.send({"game": "quiz", "name": name, "player": {"colour": "red"}, "options": options})
    waiting = await his.until("room", name=name)
    hers.send({"game": "quiz", "name": name, "player": {"colour": "blue"}})
    running = await hers.until("room", name=name)
    first = await his.until("next_question", room_id=waiting["room_id"])

    assert (waiting["state"], waiting["question"], waiting["min_players"]) == ("waiting", None, 2)
    assert (running["room_id"], running["state"]) == (waiting["room_id"], "running")
    assert [player["player"] for player in running["players"]] == [{"colour": "red"}, {"colour": "blue"}]
    assert {field: first[field] for field in ("is_answered", "who_won", "right_answer", "question")} == {
        "is_answered": False, "who_won": None, "right_answer": None, "question": running["question"],
    }  # fmt: skip


async def test_events_missed_while_away_come_by_sync_exactly_as_they_were_sent(
    bogdan: Player, anna: Player, category: int, pack: Pack, sockets: Sockets
):
    his, hers = await sockets(bogdan), await sockets(anna)
    made = bogdan.new_quiz(category, questions=3, max_time=60)
    room_id = made["room_id"]
    anna.room("POST", f"rooms/{room_id}/join")
    known = (await hers.until("room", room_id=room_id))["v"]
    await hers.close()
    second = await win_round(his, room_id, made["question"], pack)
    third = await win_round(his, room_id, second["question"], pack)
    missed = [event for event in his.of_room(room_id) if event["v"] > known]

    back = await sockets(anna, raw=True)
    assert back.heard[0]["rooms"] == [room_id]
    back.send({"action": "sync", "room_id": room_id, "v": known})
    synced = await back.until("synced", room_id=room_id)
    back.send({"action": "sync", "room_id": room_id, "v": synced["v"]})
    nothing = await back.until("synced", room_id=room_id)
    back.send({"action": "sync", "room_id": room_id, "v": synced["v"] + 1000})
    whole = await back.until("room", room_id=room_id)

    assert (synced["events"], synced["v"]) == (missed, missed[-1]["v"])
    assert (nothing["events"], nothing["v"]) == ([], synced["v"])
    assert (whole["v"], whole["question"]) == (synced["v"], third["question"])


@pytest.mark.parametrize("number", [1, 2])
async def test_gateway_killed_in_the_middle_of_a_game_costs_no_round(
    stack: Product, bogdan: Player, anna: Player, category: int, pack: Pack, sockets: Sockets, number: int
):
    """Anna's socket is at the gateway that dies, Bogdan's at the other: it must go on, whoever holds the room."""
    his = await sockets(bogdan, f"unix:{stack.var}/gateway-{3 - number}.sock")
    hers = await sockets(anna, f"unix:{stack.var}/gateway-{number}.sock")
    made = bogdan.new_quiz(category, questions=5, max_time=60)
    room_id = made["room_id"]
    anna.room("POST", f"rooms/{room_id}/join")
    second = (await win_round(hers, room_id, made["question"], pack))["question"]
    await round_after(his, room_id, made["question"])

    his.send(check_me(room_id, second, pack.answer_to(second), ref="sent as it died"))
    stack.kill(f"gateway-{number}")
    third = await round_after(his, room_id, second)
    assert await hers.closed() == (1006, "")
    back = await sockets(anna)
    back.send({"action": "sync", "room_id": room_id, "v": max(event["v"] for event in hers.of_room(room_id))})
    assert (await back.until("synced", room_id=room_id))["v"] == third["v"]
    fourth = await win_round(his, room_id, third["question"], pack)
    fifth = await win_round(back, room_id, fourth["question"], pack)
    await win_round(his, room_id, fifth["question"], pack)

    end = await his.until("close_room", room_id=room_id)
    assert await back.until("close_room", room_id=room_id) == end
    assert [(row["id"], row["score"]) for row in end["results"]] == [(bogdan.id, 3), (anna.id, 2)]
    assert gap_free(his, room_id)
    rounds = [event for event in his.of_room(room_id) if event["action"] == "next_question"]
    assert [event["who_won"] for event in rounds] == [anna.id, bogdan.id, bogdan.id, anna.id, bogdan.id]
    wait_for(lambda: bogdan.profile()["account"] == 3, 20, bogdan.profile)
    stored = read_stored(stack, room_id)
    assert [(len(stored["games"]), len(stored["rounds"]), len(stored["results"]), len(stored["ledger"]))] == [
        (1, 5, 2, 2)
    ]
