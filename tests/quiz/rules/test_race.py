"""The race told as scenes, with everything that members are told in them."""

from typing import Any

import pytest

from quiz.rules.tries import MAX_ANSWER, TOO_LATE
from rooms.live.errors import Refused
from rooms.live.game import Command
from rooms.live.turn import read_body
from tests.quiz.rules.playing import (
    ANN,
    BOB,
    CID,
    GAME,
    answer,
    asked,
    bodies,
    capital,
    ended,
    question,
    refused,
    said,
    seats,
    setup,
    through_json,
    tried,
    view,
)
from wsgateway.wire.errors import ERRORS

TABLE = seats(ANN, BOB)
CLOSED = ERRORS["wrong_question"]


def started(**fields: Any):
    return through_json(GAME.start(setup(**fields), 1_000).state)


def test_start_asks_the_first_question_at_once():
    step = GAME.start(setup(), 1_000)
    assert bodies(step) == [asked(1, 21_000)]
    assert (step.due, step.outcome) == (21_000, None)


def test_view_of_the_first_question():
    assert view(started()) == {
        "state": "running",
        "phase": "question",
        "phase_ends": 21_000,
        "max_time": 20,
        "min_players": 1,
        "language": "en",
        "cnt_questions": 3,
        "category": {"id": 3, "name": "Capitals"},
        "question": question(1),
        "hint": None,
        "tries": [],
        "results": None,
    }


def test_start_waits_for_min_players():
    step = GAME.start(setup(min_players=2), 1_000)
    assert (step.events, step.due, view(step.state)["state"], view(step.state)["phase"]) == (
        [],
        None,
        "waiting",
        "waiting",
    )

    alone = GAME.handle(step.state, seats(ANN), [Command("join", user=ANN)], 2_000)
    assert (alone.events, alone.due) == ([], None)
    early = GAME.handle(alone.state, seats(ANN), [answer(ANN, "Paris", ref="r1")], 2_500)
    assert (early.events, refused(early)) == ([], [(0, "not_started", ERRORS["not_started"])])

    both = GAME.handle(early.state, TABLE, [Command("join", user=BOB)], 3_000)
    assert (bodies(both), both.due) == ([asked(1, 23_000)], 23_000)


def test_game_goes_on_when_fewer_than_min_players_are_left():
    state = GAME.handle(started(min_players=2), TABLE, [Command("join", user=BOB)], 2_000).state
    step = GAME.handle(state, seats(ANN), [Command("leave", user=BOB)], 3_000)
    assert (step.events, step.due, step.outcome) == ([], 22_000, None)


def test_first_right_answer_wins_and_the_next_question_comes():
    burst = [
        answer(ANN, "Lyon", 311, time=5_000),
        answer(BOB, "paris", 311, time=5_001),
        answer(ANN, "Paris", 311, time=5_002),
    ]
    step = GAME.handle(started(), TABLE, burst, 5_010)
    assert [said(event) for event in step.events] == [
        tried(ANN, "Lyon", False, 5_000),
        tried(BOB, "paris", True, 5_001),
        asked(2, 25_010, won=BOB, right="Paris"),
    ]
    assert refused(step) == [(2, "wrong_question", TOO_LATE)]
    assert (step.due, GAME.scores(step.state)) == (25_010, {BOB: 1})


def test_late_wrong_answer_is_not_judged_against_the_next_question():
    won = GAME.handle(started(), TABLE, [answer(BOB, "Paris", 311, time=5_000)], 5_010)
    late = GAME.handle(won.state, TABLE, [answer(ANN, "Rome", 311, time=5_020, ref="x")], 5_030)
    assert (late.events, refused(late)) == ([], [(0, "wrong_question", CLOSED)])
    assert GAME.scores(late.state) == {BOB: 1}


def test_answer_without_question_is_for_the_one_its_author_saw():
    won = GAME.handle(started(), TABLE, [answer(BOB, "Paris", time=5_000), answer(ANN, "Rome", time=5_010)], 5_010)
    assert refused(won) == [(1, "wrong_question", CLOSED)]
    step = GAME.handle(won.state, TABLE, [answer(ANN, "Paris", time=5_009), answer(ANN, "Rome", time=5_011)], 5_020)
    assert refused(step) == [(0, "wrong_question", TOO_LATE)]
    assert [said(event) for event in step.events] == [
        tried(ANN, "Rome", True, 5_011),
        asked(3, 25_020, won=ANN, right="Rome"),
    ]


def test_answer_to_a_question_never_asked():
    for number in (312, 999, -1, 0):
        step = GAME.handle(started(), TABLE, [answer(ANN, "Rome", number, time=5_000)], 5_010)
        assert (step.events, refused(step)) == ([], [(0, "wrong_question", CLOSED)])


def test_same_player_may_try_again_and_again():
    burst = [answer(ANN, text, 311, time=5_000) for text in ("Lyon", "Lyon", "Paris")]
    step = GAME.handle(started(), TABLE, burst, 5_010)
    assert [said(event).get("is_true") for event in step.events] == [False, False, True, None]
    assert step.state.ended[0].tries == 3


def test_view_keeps_the_last_fifty_tries():
    burst = [answer(ANN, f"guess {nth}", 311, time=5_000 + nth) for nth in range(70)]
    state = GAME.handle(started(), TABLE, burst[:30], 5_100).state
    state = GAME.handle(state, TABLE, burst[30:], 5_200).state
    assert [attempt["answer"] for attempt in view(state)["tries"]] == [f"guess {nth}" for nth in range(20, 70)]


def test_hint_then_answer_then_next_question_when_nobody_knows():
    hint = GAME.on_timer(started(), TABLE, 21_000)
    assert bodies(hint) == [{"action": "hint", "id": 311, "hint": "P____", "phase_ends": 41_000}]
    assert (hint.due, view(hint.state)["phase"], view(hint.state)["hint"]) == (41_000, "hint", "P____")

    reveal = GAME.on_timer(through_json(hint.state), TABLE, 41_000)
    assert bodies(reveal) == [asked(2, 61_000, right="Paris")]
    assert (reveal.due, view(reveal.state)["hint"], GAME.scores(reveal.state)) == (61_000, None, {})


def test_answer_after_the_hint_wins():
    hint = GAME.on_timer(started(), TABLE, 21_000)
    step = GAME.handle(hint.state, TABLE, [answer(ANN, "Paris", 311, time=30_000)], 30_001)
    assert bodies(step) == [tried(ANN, "Paris", True, 30_000), asked(2, 50_001, won=ANN, right="Paris")]


def test_answer_after_the_time_but_before_the_turn_that_tells_so_counts():
    step = GAME.handle(started(), TABLE, [answer(ANN, "Paris", 311, time=21_500)], 21_600)
    assert bodies(step) == [tried(ANN, "Paris", True, 21_500), asked(2, 41_600, won=ANN, right="Paris")]


def test_timer_too_early_or_twice_changes_nothing():
    early = GAME.on_timer(started(), TABLE, 20_999)
    assert (early.events, early.due, view(early.state)) == ([], 21_000, view(started()))
    hint = GAME.on_timer(started(), TABLE, 21_000)
    again = GAME.on_timer(hint.state, TABLE, 21_000)
    assert (again.events, again.due, view(again.state)) == ([], 41_000, view(hint.state))


def test_timer_ten_minutes_late_gives_the_hint_its_full_time():
    step = GAME.on_timer(started(), TABLE, 621_000)
    assert bodies(step) == [{"action": "hint", "id": 311, "hint": "P____", "phase_ends": 641_000}]
    assert step.due == 641_000


def test_whole_game_by_the_clock_ends_after_the_last_question():
    state = started(rounds=2)
    told: list[Any] = []
    for now in (21_000, 41_000, 61_000, 81_000):
        step = GAME.on_timer(through_json(state), TABLE, now)
        state = step.state
        told += bodies(step)
    assert told == [
        {"action": "hint", "id": 311, "hint": "P____", "phase_ends": 41_000},
        asked(2, 61_000, right="Paris"),
        {"action": "hint", "id": 312, "hint": "R___", "phase_ends": 81_000},
        asked(None, None, right="Rome"),
    ]
    assert (step.due, ended(step).message) == (None, "The quiz is over.")
    assert (view(state)["state"], view(state)["phase"], view(state)["question"]) == ("closed", "over", None)
    after = GAME.on_timer(state, TABLE, 99_000)
    assert (after.events, after.due, after.outcome) == ([], None, None)


def test_answers_after_the_last_question_of_the_same_burst():
    burst = [
        answer(ANN, "Paris", 311, time=5_000),
        answer(BOB, "paris", 311, time=5_001),
        answer(BOB, "x", 311, time=5_002),
    ]
    step = GAME.handle(started(rounds=1), TABLE, burst, 5_010)
    assert len(step.events) == 2
    assert refused(step) == [(1, "wrong_question", TOO_LATE), (2, "wrong_question", CLOSED)]
    assert ended(step).results == [
        {"id": ANN, "name": "ann", "score": 1, "rating": 1500, "prize": 0},
        {"id": BOB, "name": "bob", "score": 0, "rating": 1500, "prize": 0},
    ]


def test_bad_commands_harm_no_other():
    burst = [
        answer(ANN, "P" * (MAX_ANSWER + 1), 311, ref="b"),
        answer(ANN, " \n ", 311),
        answer(ANN, "\ud83d", 311),
        answer(CID, "Paris", 311),
        Command("dance", user=BOB, ref="c"),
        answer(BOB, "P" * MAX_ANSWER, 311, time=5_000),
    ]
    step = GAME.handle(started(), TABLE, burst, 5_010)
    expected = ["too_long", "bad_message", "bad_message", "not_member", "unknown_action"]
    assert refused(step) == [(index, code, ERRORS[code]) for index, code in enumerate(expected)]
    assert bodies(step) == [tried(BOB, "P" * MAX_ANSWER, False, 5_000)]


def test_body_of_another_shape_never_reaches_the_rules():
    shapeless: list[dict[str, Any]] = [
        {},
        {"answer": 5},
        {"answer": "Paris", "id": "311"},
        {"answer": "Paris", "id": True},
    ]
    for body in shapeless:
        with pytest.raises(Refused) as refusal:
            read_body(Command("answer", user=ANN, body=body), GAME)
        assert refusal.value.code == "bad_message"


def test_question_in_the_rooms_language_with_its_own_hint_and_explanation():
    rounds = [
        {
            "id": 311,
            "texts": {"en": "Capital of France?", "uk": "Столиця Франції?"},
            "answers": {"en": ["Paris"], "uk": ["Париж", "місто Париж"]},
            "hints": {"en": ["On the Seine"], "uk": ["На Сені", "Ейфелева вежа"]},
            "image": "/media/x.png",
            "explanation": {"en": "Since 987.", "uk": "З 987 року."},
        }
    ]
    start = GAME.start(setup(rounds=0, language="uk") | {"rounds": rounds}, 1_000)
    assert said(start.events[0])["question"] == {
        "id": 311,
        "q": "Столиця Франції?",
        "image": "/media/x.png",
        "audio": None,
        "video": None,
        "number": 1,
        "texts": {"en": "Capital of France?", "uk": "Столиця Франції?"},
    }
    hint = GAME.on_timer(start.state, TABLE, 21_000)
    assert said(hint.events[0])["hint"] == "На Сені"
    won = GAME.handle(hint.state, TABLE, [answer(ANN, "paris", 311, time=22_000)], 22_000)
    assert (said(won.events[1])["right_answer"], said(won.events[1])["explanation"]) == ("Париж", "З 987 року.")


def test_hint_that_would_give_the_answer_away_is_masked():
    given = {
        "P____": capital(1, "France", "Paris", hints={"en": ["paris!"]}),
        "__________": capital(1, "x", "Phosphorus", answers={"en": ["Phosphorus", "P"]}),
        "N__ Y___": capital(1, "x", "New York"),
        "4_": capital(1, "x", "42"),
        "_": capital(1, "x", "7"),
    }
    for hint, round_ in given.items():
        state = GAME.start(setup() | {"rounds": [round_]}, 1_000).state
        assert said(GAME.on_timer(state, TABLE, 21_000).events[0])["hint"] == hint


def test_quiz_without_questions_is_over_at_once():
    step = GAME.start(setup(rounds=0), 1_000)
    assert bodies(step) == [asked(None, None)]
    assert (step.due, ended(step).results) == (None, [])


def test_handle_leaves_the_state_it_was_given_as_it_was():
    state = started()
    before = through_json(state)
    GAME.handle(state, TABLE, [answer(ANN, "Lyon", 311, time=5_000), answer(ANN, "Paris", 311, time=5_000)], 5_010)
    GAME.on_timer(state, TABLE, 21_000)
    assert state == before
