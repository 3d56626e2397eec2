"""The owner's powers in the pure turn, with the quiz: the one game that has them all."""

import json
from typing import Any

import msgspec
import pytest

from quiz.rules.game import QuizGame
from rooms.live.draft import Draft
from rooms.live.game import Command
from rooms.live.limits import LIMITS
from rooms.live.state import LiveRoom
from rooms.live.turn import take_turn
from rooms.live.views import room_view
from tests.rooms.live.counting_game import CountingGame
from tests.rooms.live.stage import unmarked

GAMES: dict[str, Any] = {"quiz": QuizGame(), "counting": CountingGame()}
START = 1_000_000


def setup(game: str = "quiz", min_players: int = 1, questions: int = 2) -> dict[str, Any]:
    rounds = [{"id": n, "texts": {"en": f"{n}?"}, "answers": {"en": [f"answer {n}"]}} for n in range(questions)]
    return {"max_time": 20, "min_players": min_players, "rounds": rounds} if game == "quiz" else {}


def room_of(*users: int, game: str = "quiz", min_players: int = 1) -> LiveRoom:
    body = {
        "room_id": 7, "game": game, "name": "lobby", "owner": 1, "capacity": 10, "code": "ACDEFH",
        "setup": setup(game, min_players), "options": {"questions": 2},
    }  # fmt: skip
    room, _ = act(None, Command("create", 1, body))
    for user in users:
        room, _ = act(room, Command("join", user, {"seat": {"id": user, "name": f"user{user}"}}))
    return room


def act(room: LiveRoom | None, command: Command, now: int = START) -> tuple[LiveRoom, list[tuple[Any, ...]]]:
    """The room after it, and (to, message) of what was sent."""
    draft = turn(room, command, now)
    assert draft.room is not None
    return draft.room, [(event.to, unmarked(json.loads(event.body))) for event in draft.sent]


def turn(room: LiveRoom | None, command: Command, now: int = START) -> Draft:
    return take_turn(room, GAMES, [msgspec.structs.replace(command, time=now)], now)


def view(room: LiveRoom, user: int | None = 1) -> dict[str, Any]:
    game = GAMES[room.game]
    state = msgspec.json.decode(room.data, type=game.State)
    return json.loads(msgspec.json.encode(room_view(room, game, state, user, START)))


def code(told: list[tuple[Any, ...]]) -> list[str]:
    return [message["code"] for _, message in told if message["action"] == "error"]


def answer(n: int, user: int = 1) -> Command:
    return Command("answer", user, {"answer": f"answer {n}", "id": n})


# ------------------------------------------------------------------------------------------ pause and resume


def test_pause_stops_the_clocks_and_resume_lets_them_go_on_exactly():
    room = room_of(1, 2)
    ends = view(room)["phase_ends"]
    room, told = act(room, Command("pause", 1), START + 5_000)
    assert told == [((1, 2), {"action": "paused", "paused": START + 5_000, "room_id": 7, "v": 4})]
    assert (view(room)["paused"], view(room)["phase_ends"]) == (START + 5_000, ends)
    room, told = act(room, Command("leave", 3), START + 500_000)  # long past the question's end: no hint is given
    assert code(told) == ["not_member"]
    room, told = act(room, Command("resume", 1), START + 600_000)
    assert told == [((1, 2), {"action": "resumed", "phase_ends": ends + 595_000, "room_id": 7, "v": 5})]
    assert (view(room)["paused"], view(room)["phase_ends"], room.game_due) == (None, ends + 595_000, ends + 595_000)


def test_paused_room_takes_no_answers_and_is_not_skipped():
    room, _ = act(room_of(1, 2), Command("pause", 1))
    for command in (answer(0), Command("skip", 1), Command("start", 1), Command("pause", 1)):
        room, told = act(room, command)
        assert code(told) == ["paused"]
    room, _ = act(room, Command("resume", 1))
    room, told = act(room, answer(0))
    assert [message["action"] for _, message in told] == ["new_answer", "next_question"]
    assert code(act(room, Command("resume", 1))[1]) == ["not_paused"]


def test_answer_received_before_the_pause_counts():
    commands = [msgspec.structs.replace(answer(0), time=START + 1), Command("pause", 1, time=START + 2)]
    draft = take_turn(room_of(1), GAMES, commands, START + 30_000)
    actions = [json.loads(event.body)["action"] for event in draft.sent]
    assert actions == ["new_answer", "next_question", "paused"]


def test_a_pause_has_an_end():
    room, _ = act(room_of(1), Command("pause", 1))
    over = START + LIMITS.paused_ms
    assert take_turn(room, GAMES, [], over - 1).due == over
    draft = take_turn(room, GAMES, [], over)
    assert [json.loads(event.body)["action"] for event in draft.sent] == ["resumed"]
    assert draft.due == view(room)["phase_ends"] + LIMITS.paused_ms


def test_waiting_room_is_not_paused():
    assert code(act(room_of(1, min_players=3), Command("pause", 1))[1]) == ["not_started"]


# ------------------------------------------------------------------------------------------ start, skip, options


def test_start_begins_a_room_that_waits_and_no_other():
    room, told = act(room_of(1, min_players=3), Command("start", 1))
    assert [(to, message["action"], message["question"]["id"]) for to, message in told] == [((1,), "next_question", 0)]
    assert view(room)["state"] == "running"
    assert code(act(room, Command("start", 1))[1]) == ["already_started"]


def test_skip_ends_the_round_without_a_winner():
    _, told = act(room_of(1), Command("skip", 1))
    [(_, message)] = told
    assert (message["action"], message["who_won"], message["right_answer"], message["question"]["id"]) == (
        "next_question", None, "answer 0", 1,
    )  # fmt: skip


def options(min_players: int, capacity: int = 5) -> Command:
    shown = {"min_players": min_players}
    body = {"setup": setup("quiz", min_players, 1), "options": {"questions": 1}, "capacity": capacity, "shown": shown}
    return Command("options", 1, body)


def test_options_change_before_the_start_and_everybody_keeps_their_seat():
    room, told = act(room_of(1, 2, min_players=4), options(3))
    changed = {"capacity": 5, "min_players": 3}
    body = {"action": "options_changed", "options": {"questions": 1}, "room": changed, "room_id": 7, "v": 3}
    assert told == [((1, 2), body)]
    after = view(room)
    assert (after["options"], after["capacity"], after["min_players"], after["cnt_questions"]) == (
        {"questions": 1}, 5, 3, 1,
    )  # fmt: skip
    assert [player["id"] for player in after["players"]] == [1, 2]


def test_options_for_which_enough_are_there_begin_the_game():
    room, told = act(room_of(1, 2, min_players=4), options(2))
    assert [message["action"] for _, message in told] == ["options_changed", "next_question"]
    assert code(act(room, options(2))[1]) == ["already_started"]


def test_options_with_fewer_seats_than_are_taken_are_refused():
    assert code(act(room_of(1, 2, min_players=4), options(2, capacity=1))[1]) == ["room_full"]


# ------------------------------------------------------------------------------------------ whose room, who may come


@pytest.mark.parametrize("kind", ["start", "pause", "resume", "skip", "options"])
def test_power_that_a_game_does_not_know_is_refused(kind: str):
    assert code(act(room_of(1, game="counting"), Command(kind, 1))[1]) == ["not_supported"]


def test_powers_of_a_room_are_in_its_view():
    assert view(room_of(1, game="counting"))["powers"] == ["close", "hand_over", "kick", "lock", "unlock"]
    assert view(room_of(1))["powers"] == [
        "close", "hand_over", "kick", "lock", "options", "pause", "resume", "skip", "start", "unlock",
    ]  # fmt: skip


def test_locked_room_lets_nobody_new_in():
    room, told = act(room_of(1, game="counting"), Command("lock", 1))
    assert told == [((1,), {"action": "locked", "locked": True, "room_id": 7, "v": 2})]
    assert (view(room)["locked"], act(room, Command("lock", 1))[1]) == (True, [])
    room, told = act(room, Command("join", 2, {"seat": {"id": 2, "name": "user2"}}))
    assert (code(told), list(room.seats)) == (["locked"], [1])
    room, told = act(room, Command("join", 1, {"seat": {"id": 1, "name": "user1"}}))
    assert [message["action"] for _, message in told] == ["room"]
    room, _ = act(room, Command("unlock", 1))
    assert list(act(room, Command("join", 2, {"seat": {"id": 2, "name": "user2"}}))[0].seats) == [1, 2]


def test_hand_over_to_a_member():
    room, told = act(room_of(1, 2, 3, game="counting"), Command("hand_over", 1, {"user": 3}))
    assert told == [((1, 2, 3), {"action": "owner_changed", "owner": 3, "room_id": 7, "v": 4})]
    assert code(act(room, Command("hand_over", 3, {"user": 9}))[1]) == ["not_member"]


@pytest.mark.parametrize("how", [Command("leave", 1), Command("kick", 1, {"user": 1})])
def test_owner_who_goes_hands_over_to_whoever_has_sat_there_longest(how: Command):
    room, told = act(room_of(1, 3, 2, game="counting"), how)
    assert [(message["action"], message.get("owner")) for _, message in told] == [
        ("player_left", None),
        ("owner_changed", 3),
    ]
    assert (room.owner, list(room.seats)) == (3, [3, 2])


def test_refusal_of_a_quiet_command_is_in_the_reply_alone():
    draft = turn(room_of(1), Command("resume", 1, quiet=True, reply="r"))
    assert (draft.sent, [json.loads(reply)["code"] for _, reply in draft.replies()]) == ([], ["not_paused"])
