"""The pure turn: no Redis here."""

import json
from copy import deepcopy
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.live.draft import Draft, Move
from rooms.live.game import ROOM_KINDS, Command, GameError, Outcome
from rooms.live.limits import LIMITS
from rooms.live.refs import ref_of
from rooms.live.state import LiveRoom
from rooms.live.turn import HANDLERS, parse_command, take_turn
from rooms.live.views import room_view
from tests.rooms.live.counting_game import CountingGame
from tests.rooms.live.stage import UNSET, add, create, join, person, unmarked

GAMES = {"counting": CountingGame()}


def take(room: LiveRoom | None, *commands: Command, now: int = 1000) -> Draft:
    return take_turn(room, GAMES, commands, now)


def room_with(*users: int, **fields: Any) -> LiveRoom:
    return left(take(None, create(**fields), *(join(user) for user in users)))


def left(draft: Draft) -> LiveRoom:
    """The room that the turn leaves."""
    assert draft.room is not None
    return draft.room


def sent(draft: Draft) -> list[tuple[tuple[int, ...], dict[str, Any]]]:
    return [(event.to, unmarked(json.loads(event.body))) for event in draft.sent]


def error(code: str, message: str, **more: Any) -> dict[str, Any]:
    return {"action": "error", "code": code, "message": message, "room_id": 7, **more}


NOT_MEMBER = error("not_member", "You are not in this room.")


def view(v: int, *players: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "action": "room", "room_id": 7, "game": "counting", "name": "lobby", "state": "running", "v": v,
        "players": list(players), "owner": 1, "capacity": 10, "private": False, "time": 1000,
        "phase": "counting", "phase_ends": None, "results": None, "counts": {}, "ticks": 0, **UNSET, **fields,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------ coming and going


def test_join_shows_the_room_to_the_joiner_and_the_joiner_to_the_others():
    draft = take(room_with(1), join(2))
    joined = {"action": "player_joined", "user": person(2), "room_id": 7, "v": 2}
    assert sent(draft) == [((1,), joined), ((2,), view(2, person(1), person(2)))]
    assert draft.moves == [Move("in", 2, 2)]
    was = room_with(1).mark
    assert draft.sent[0].entry == b'{"v":2,"to":null,"was":%d,"body":%b}' % (was, draft.sent[0].body)
    assert draft.sent[1].entry == b""


def test_joins_in_a_row_share_one_view_and_are_told_together():
    draft = take(room_with(1), join(2), join(3))
    joined = [{"action": "player_joined", "user": person(user), "room_id": 7, "v": user} for user in (2, 3)]
    everybody = [person(user) for user in (1, 2, 3)]
    assert sent(draft) == [((1,), joined[0]), ((1,), joined[1]), ((2, 3), view(3, *everybody))]
    assert draft.moves == [Move("in", 2, 2), Move("in", 3, 3)]


def test_joins_around_another_command_are_shown_the_room_as_each_found_it():
    draft = take(room_with(1), join(2), add(1, 0), join(3))
    joined = [{"action": "player_joined", "user": person(2 + n), "room_id": 7, "v": 2 + 2 * n} for n in range(2)]
    added = {"action": "added", "user": 1, "n": 0, "room_id": 7, "v": 3}
    assert sent(draft) == [
        ((1,), joined[0]), ((2,), view(2, person(1), person(2))), ((1, 2), added), ((1, 2), joined[1]),
        ((3,), view(4, person(1, 1), person(2), person(3), counts={"1": 1})),
    ]  # fmt: skip


def test_join_twice_keeps_the_seat_and_shows_the_room_again():
    draft = take(room_with(1), join(1))
    assert sent(draft) == [((1,), view(1, person(1)))]
    assert draft.moves == []


def test_join_when_full_is_refused():
    draft = take(room_with(1, capacity=1), join(2))
    assert sent(draft) == [((2,), error("room_full", "This room is full."))]
    assert list(left(draft).seats) == [1]


def test_join_with_a_bad_body_is_refused_and_harms_nobody():
    draft = take(room_with(1), Command("join", 2, {"seat": 5}), add(1, 0))
    assert [body["action"] for _, body in sent(draft)] == ["error", "added"]


def test_leave_is_told_to_all_and_to_the_leaver():
    draft = take(room_with(1, 2), add(2, 0), Command("leave", 2))
    left = {"action": "player_left", "user": person(2, score=1), "reason": "left", "room_id": 7, "v": 4}
    assert sent(draft)[-1] == ((1, 2), left)
    assert draft.moves == [Move("out", 2)]


def test_kick_says_so():
    draft = take(room_with(1, 2), Command("kick", 1, {"user": 2}))
    left = {"action": "player_left", "user": person(2), "reason": "kicked", "kicked": True, "room_id": 7, "v": 3}
    assert sent(draft) == [((1, 2), left)]


def test_kick_of_somebody_else_is_refused():
    assert sent(take(room_with(1), Command("kick", 1, {"user": 2}))) == [((1,), NOT_MEMBER)]


def test_leave_of_the_last_one_closes_the_room():
    draft = take(room_with(1), Command("leave", 1))
    outcome = Outcome("Everybody has left.", [], reason="everybody_left")
    closed = {"action": "close_room", "message": outcome.message, "reason": "everybody_left", "results": []}
    assert sent(draft)[-1] == ((), {**closed, "room_id": 7, "v": 3})
    assert (left(draft).state, left(draft).outcome, draft.due) == ("closed", outcome, None)


def test_leave_of_the_last_one_keeps_a_lasting_room():
    draft = take(room_with(1, lasting=True), Command("leave", 1))
    assert (left(draft).state, draft.due) == ("open", None)


def test_close_tells_the_members_and_lists_them_by_score():
    draft = take(room_with(1, 2), add(2, 0), Command("close", body={"message": "Maintenance"}))
    rows = [
        {"id": 2, "name": "user2", "score": 1, "rating": 0, "prize": 0},
        {"id": 1, "name": "user1", "score": 0, "rating": 0, "prize": 0},
    ]
    closed = {"action": "close_room", "message": "Maintenance", "reason": "operator", "results": rows}
    assert sent(draft)[-1] == ((1, 2), {**closed, "room_id": 7, "v": 4})
    assert draft.moves == [Move("end", 1), Move("end", 2)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, ("operator", "")),
        ({"message": "Maintenance"}, ("operator", "Maintenance")),
        ({"reason": "lost", "message": "The room was lost."}, ("lost", "The room was lost.")),
    ],
)
def test_close_says_why_by_a_code(said, told):
    _, closed = sent(take(room_with(1), Command("close", body=said)))[-1]
    assert (closed["reason"], closed["message"]) == told


def test_commands_after_the_end_are_refused_in_the_same_turn():
    draft = take(room_with(1), Command("finish", 1), Command("leave", 1), add(1, 0), join(2))
    codes = [(to, body["code"]) for to, body in sent(draft) if body["action"] == "error"]
    assert codes == [((1,), "room_closed"), ((1,), "room_closed"), ((2,), "room_closed")]


def test_room_that_nobody_enters_closes():
    made = take(None, create())
    assert made.due == 1000 + LIMITS.empty_ms
    later = take(left(made), now=1000 + LIMITS.empty_ms)
    assert left(later).outcome == Outcome("Nobody came to play.", [], reason="nobody_came")


def test_kinds_of_the_room_are_those_it_handles():
    assert set(HANDLERS) == ROOM_KINDS


def test_create_of_an_unknown_game_is_refused():
    command = Command("create", 1, {**create().body, "game": "chess"}, reply="r")
    draft = take(None, command)
    assert draft.room is None
    assert [(name, json.loads(reply)["code"]) for name, reply in draft.replies()] == [("r", "unknown_game")]


def test_create_whose_game_raises_leaves_no_room():
    draft = take(None, create(crash=True), add(1, 0))
    assert draft.room is None
    assert [body["code"] for _, body in sent(draft)] == ["internal", "unknown_room"]


# ------------------------------------------------------------------------------------------ the game's commands


def test_recorded_events_count_and_others_carry_since():
    draft = take(room_with(1), add(1, 0), Command("whisper", 1), add(1, 1))
    assert sent(draft) == [
        ((1,), {"action": "added", "user": 1, "n": 0, "room_id": 7, "v": 2}),
        ((1,), {"action": "whispered", "room_id": 7, "v": 2, "since": 2}),
        ((1,), {"action": "added", "user": 1, "n": 1, "room_id": 7, "v": 3}),
    ]
    assert left(draft).v == 3


def test_command_of_a_stranger_is_refused():
    assert sent(take(room_with(1), add(2, 0))) == [((2,), NOT_MEMBER)]


def test_error_carries_the_ref():
    draft = take(room_with(1), add(2, 0, ref="x"))
    assert sent(draft) == [((2,), {**NOT_MEMBER, "ref": "x"})]


def test_refusal_of_the_game_reaches_its_sender_alone():
    draft = take(room_with(1, 2), add(1, 0), Command("refuse", 2), add(2, 0))
    assert [(to, body["action"]) for to, body in sent(draft)] == [
        ((1, 2), "added"),
        ((2,), "error"),
        ((1, 2), "added"),
    ]
    assert sent(draft)[1][1] == error("wrong_question", "No.")
    assert draft.poison == []


def test_poison_command_costs_its_sender_an_error_and_nobody_else_anything():
    room = room_with(1, 2)
    draft = take(room, add(1, 0), add(2, 0), Command("crash", 2), add(1, 1))
    clean = take(room, add(1, 0), add(2, 0), add(1, 1))
    assert left(draft).data == left(clean).data
    assert sent(draft)[2] == ((2,), error("internal", "Something went wrong on the server."))
    assert [(poison.kind, poison.user, type(poison.error)) for poison in draft.poison] == [("crash", 2, RuntimeError)]


def test_leave_over_which_the_game_raises_happens_anyhow():
    draft = take(room_with(1, 2), Command("leave", 2, {"crash": True}))
    assert (list(left(draft).seats), [body["action"] for _, body in sent(draft)]) == ([1], ["player_left"])


def test_turn_leaves_the_room_it_was_given_alone():
    room = room_with(1)
    before = msgspec.json.encode(room)
    take(room, join(2), add(1, 0, ref="x"), Command("leave", 1), Command("close"))
    assert msgspec.json.encode(room) == before


# ------------------------------------------------------------------------------------------ refs


def test_same_ref_counts_once_in_one_turn_and_in_a_later_one():
    draft = take(room_with(1), add(1, 0, ref="x"), add(1, 0, ref="x"))
    again = take(left(draft), add(1, 0, ref="x"), add(1, 1, ref="y"))
    assert [body["action"] for _, body in sent(draft) + sent(again)] == ["added", "added"]
    assert json.loads(bytes(left(again).data))["wrong"] == []


def test_same_ref_of_another_user_is_another_request():
    draft = take(room_with(1, 2), add(1, 0, ref="x"), add(2, 0, ref="x"))
    assert [body["user"] for _, body in sent(draft)] == [1, 2]


def test_ref_of_a_refused_command_is_refused_again():
    for kind in ("refuse", "decline", "crash"):
        draft = take(room_with(1), Command(kind, 1, ref="x"))
        again = take(left(draft), Command(kind, 1, ref="x"))
        codes = [(body["code"], body["ref"]) for _, body in sent(draft) + sent(again)]
        assert len(set(codes)) == 1
        assert len(codes) == 2


@pytest.mark.parametrize("ref", [None, "x"])
@pytest.mark.parametrize("kind", ["decline", "refuse"])
def test_refused_command_is_told_and_replied_the_same_with_and_without_a_ref(kind: str, ref: str | None):
    draft = take(room_with(1, 2), add(1, 0), Command(kind, 2, ref=ref, reply="r"), add(1, 1))
    told = [(to, body) for to, body in sent(draft) if body["action"] == "error"]
    assert told == [((2,), error("wrong_question", "No.", **({"ref": ref} if ref else {})))]
    reply = {"ok": False, "room": None, "closed": False, "code": "wrong_question", "message": "No.", "retry_ms": None}
    assert [(name, json.loads(body)) for name, body in draft.replies()] == [("r", reply)]


def test_join_that_the_game_refuses_as_a_value_is_undone():
    class Choosy(CountingGame):
        def handle(self, state, seats, commands, now):
            step = super().handle(state, seats, commands, now)
            step.refused = [(0, GameError("wrong_password", "No."))] if commands[0].kind == "join" else []
            return step

    draft = take_turn(room_with(1), {"counting": Choosy()}, [join(2), add(1, 0)], 1000)
    assert [(to, body.get("code")) for to, body in sent(draft)] == [((2,), "wrong_password"), ((1,), None)]
    assert (list(left(draft).seats), draft.poison) == ([1], [])


def test_repeated_command_gets_the_same_kind_of_reply():
    first, second = join(2, ref="x"), join(2, ref="x")
    first.reply, second.reply = "r1", "r2"
    draft = take(room_with(1), first, second)
    replies = dict(draft.replies())
    assert list(replies) == ["r1", "r2"]
    assert replies["r1"] == replies["r2"]


def test_brief_reply_leaves_the_players_out():
    first, second = join(2), join(3)
    first.reply, second.reply, first.brief = "r1", "r2", True
    replies = [json.loads(reply) for _, reply in take(room_with(1), first, second).replies()]
    assert [reply["room"]["players"] for reply in replies] == [[], [person(1), person(2), person(3)]]


def test_ref_that_is_too_long_is_cut():
    at_the_limit = "x" * LIMITS.ref_chars
    refs = [ref_of(Command("add", 1, {}, ref=ref)) for ref in (at_the_limit, at_the_limit + "y")]
    assert refs == [at_the_limit, at_the_limit]


def test_refs_of_a_user_are_bounded():
    draft = take(room_with(1), *(add(1, n, ref=str(n)) for n in range(100)))
    assert list(left(draft).refs[1]) == [str(n) for n in range(100 - LIMITS.refs, 100)]


def test_refs_of_a_crowd_are_bounded():
    users = range(1, 1001)
    room = room_with(*users, capacity=1000)
    for n in range(12):
        room = left(take(room, *(add(user, n, ref=str(n)) for user in users)))
    assert sum(map(len, room.refs.values())) == 8 * 1000


def test_refs_of_passers_by_are_bounded():
    room = room_with(1, capacity=2)
    for user in range(2, 200):
        room = left(take(room, join(user, ref="j"), Command("leave", user, ref="l")))
    assert len(room.refs) <= 2 * 2 + LIMITS.refs


# ------------------------------------------------------------------------------------------ time


def test_timer_comes_between_what_was_received_before_and_after():
    room = room_with(1, tick_ms=500, last_tick=1)
    draft = take(room, add(1, 0, time=1400), add(1, 1, time=1600), now=1700)
    assert [(body["action"], body["n"]) for _, body in sent(draft)] == [("added", 0), ("tick", 1), ("added", 1)]


def test_timer_too_early_does_nothing():
    draft = take(room_with(1, tick_ms=500, last_tick=1), now=1499)
    assert (sent(draft), draft.due) == ([], 1500)


def test_timer_that_is_late_catches_up_within_its_bound():
    draft = take(room_with(1, tick_ms=10, last_tick=1000), now=9000)
    assert [body["n"] for _, body in sent(draft)] == list(range(1, LIMITS.ticks + 1))
    assert draft.due == 1000 + 10 * (LIMITS.ticks + 1)


def test_timer_that_raises_is_tried_again_later(monkeypatch):
    room = room_with(1, tick_ms=500, last_tick=1)
    monkeypatch.setattr(CountingGame, "on_timer", lambda *_: 1 / 0)
    draft = take(room, add(1, 0), now=2000)
    assert [body["action"] for _, body in sent(draft)] == ["added"]
    assert (draft.due, [poison.kind for poison in draft.poison]) == (2000 + LIMITS.retry_ms, ["on_timer"])


# ------------------------------------------------------------------------------------------ lines of the inbox


def test_line_carries_the_time_of_receipt():
    assert parse_command(b'1234 {"kind":"add","user":1}') == Command("add", 1, time=1234)


def test_garbage_line_is_no_command():
    for line in (b"", b"{", b"12 ", b'12 {"user":1}', b"[]", "привет", b"\xff\xfe", b'99x {"kind":"add"}'):
        assert parse_command(line) is None


# ------------------------------------------------------------------------------------------ view = old view + events

COMMAND = st.one_of(
    st.builds(join, st.integers(1, 4)),
    st.builds(Command, st.sampled_from(["leave", "refuse", "decline", "crash", "secret"]), st.integers(1, 4)),
    st.builds(Command, st.just("whisper"), st.just(4)),
    st.builds(add, st.integers(1, 4), st.integers(0, 3), st.sampled_from([None, "x", "y"])),
    st.builds(lambda by, who: Command("kick", by, {"user": who}), st.integers(1, 4), st.integers(1, 4)),
)
#: with an end somewhere, perhaps
COMMANDS = st.lists(COMMAND | st.just(Command("finish", 1)), max_size=30)


def follow(view: dict[str, Any], event: dict[str, Any]) -> None:
    """A client's reading of the events."""
    assert event["v"] == view["v"] + 1, "a gap"
    view["v"] = event["v"]
    match event["action"]:
        case "player_joined":
            view["players"].append(event["user"])
        case "player_left":
            view["players"] = [player for player in view["players"] if player["id"] != event["user"]["id"]]
        case "added":
            view["counts"][str(event["user"])] = event["n"] + 1
            for player in view["players"]:
                player["score"] = view["counts"].get(str(player["id"]), 0)
        case "owner_changed":
            view["owner"] = event["owner"]
        case "tick":
            view["ticks"] = event["n"]
        case "close_room":
            view |= {"state": "closed", "results": event["results"]}


@given(COMMANDS, st.lists(st.integers(0, 30), max_size=4))
def test_old_view_and_events_make_the_fresh_view(commands, cuts):
    room = left(take(None, create(lasting=True), join(9)))
    seen = _view(room, 9)
    bounds = [0, *sorted(cut for cut in cuts if cut < len(commands)), len(commands)]
    for begin, end in pairwise(bounds):
        draft = take(room, *(msgspec.structs.replace(command) for command in commands[begin:end]))
        for event in draft.sent:
            body = json.loads(event.body)
            seen["mark"] = body.get("mark", seen["mark"])
            if event.entry and 9 in event.to:
                follow(seen, body)
            elif event.entry:
                seen["v"] = body["v"]  # addressed to others: the client learns of it by `synced`'s v
        room = left(draft)
        assert seen == _view(room, 9)


def _view(room: LiveRoom, user: int) -> dict[str, Any]:
    game = GAMES["counting"]
    state = msgspec.json.decode(room.data, type=game.State)
    return json.loads(msgspec.json.encode(room_view(room, game, state, user, 1000)))


@given(st.lists(COMMAND, max_size=30))
def test_one_turn_of_many_commands_is_many_turns_of_one(commands):
    burst = take(room_with(1, 2, 3), *(msgspec.structs.replace(command) for command in commands))
    room, told = room_with(1, 2, 3), []
    for command in commands:
        draft = take(room, msgspec.structs.replace(command))
        room = left(draft)
        told += sent(draft)
    for user in range(1, 5):
        assert known(sent(burst), user) == known(told, user)
    assert left(burst) == room


def known(told: list[tuple[tuple[int, ...], dict[str, Any]]], user: int) -> tuple[dict[str, Any] | None, list[Any]]:
    """What a client knows in the end: the room, once it was shown it, with every event since; and all else it heard."""
    room: dict[str, Any] | None = None
    others = []
    for body in deepcopy([body for to, body in told if user in to]):
        if body["action"] == "room":
            room = body
        elif room is not None and "v" in body and "since" not in body:
            room["v"] = body["v"] - 1  # it may have been another's secret in between
            follow(room, body)
        else:
            others.append({name: value for name, value in body.items() if name not in ("v", "since") or room is None})
    # a burst's refusals are told behind its events
    return room, sorted(others, key=lambda body: body["action"] == "error")
