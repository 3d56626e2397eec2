"""What a quiz leaves behind: table, record, ratings, prizes."""

import pytest

from quiz.rules.rating import MAX_FIELD, Skill, rate
from rooms.live.game import Command
from tests.quiz.rules.playing import ANN, BOB, CID, GAME, answer, ended, seat, seats, setup

UP, DOWN = Skill(27.635389493140497, 8.06590141354368), Skill(22.364610506859503, 8.06590141354368)


def play(*answers: tuple[int, str], table=None, rounds: int = 2):
    """Everybody's tries in order, 1 s apart; answers the last step."""
    step = GAME.start(setup(rounds=rounds), 1_000)
    for nth, (user, text) in enumerate(answers):
        now = 2_000 + nth * 1_000
        step = GAME.handle(step.state, table or seats(ANN, BOB), [answer(user, text, time=now)], now)
    return step


def test_outcome_of_a_game_of_two():
    outcome = ended(play((BOB, "Lyon"), (ANN, "Paris"), (ANN, "Rome")))
    assert (outcome.reason, outcome.message) == ("finished", "The quiz is over.")
    assert outcome.results == [
        {"id": ANN, "name": "ann", "score": 2, "rating": 1603, "prize": 2},
        {"id": BOB, "name": "bob", "score": 0, "rating": 1445, "prize": 0},
    ]
    rounds = [
        {"question": 311, "number": 1, "winner": ANN, "answer": "Paris", "tries": 2, "started": 1_000, "ended": 3_000},
        {"question": 312, "number": 2, "winner": ANN, "answer": "Rome", "tries": 1, "started": 3_000, "ended": 4_000},
    ]
    same = {"mu_before": 25, "sigma_before": 25 / 3, "rating_before": 1500, "left": False}
    ann = {
        "id": ANN,
        "score": 2,
        "place": 1,
        "mu": pytest.approx(UP.mu),
        "sigma": pytest.approx(UP.sigma),
        "rating": 1603,
        "prize": 2,
        **same,
    }
    bob = {
        "id": BOB,
        "score": 0,
        "place": 2,
        "mu": pytest.approx(DOWN.mu),
        "sigma": pytest.approx(DOWN.sigma),
        "rating": 1445,
        "prize": 0,
        **same,
    }
    assert outcome.record == {"rounds": rounds, "players": [ann, bob], "reason": "finished"}


def test_watching_costs_nothing_and_alone_there_is_no_prize():
    outcome = ended(play((ANN, "Paris"), (ANN, "Rome")))
    assert [(row["id"], row["score"], row["rating"], row["prize"]) for row in outcome.results] == [
        (ANN, 2, 1500, 0),
        (BOB, 0, 1500, 0),
    ]
    assert [(row["mu"], row["sigma"]) for row in outcome.record["players"]] == [Skill(), Skill()]


def test_who_left_stands_in_the_results_with_a_score_and_in_the_record_without():
    step = play((BOB, "Paris"), (CID, "Lyon"), table=seats(ANN, BOB, CID))
    step = GAME.handle(step.state, seats(ANN), [answer(ANN, "Rome", 312, time=9_000)], 9_000)
    assert [(row["id"], row["score"]) for row in ended(step).results] == [(ANN, 1), (BOB, 1)]
    players = ended(step).record["players"]
    assert [(row["id"], row["place"], row["left"]) for row in players] == [
        (ANN, 1, False),
        (BOB, 1, True),
        (CID, 3, True),
    ]
    assert players[2]["rating"] < 1500


def test_score_survives_leaving_and_coming_back():
    step = play((BOB, "Paris"))
    step = GAME.handle(step.state, seats(ANN), [Command("leave", user=BOB)], 5_000)
    step = GAME.handle(step.state, seats(ANN, BOB), [Command("join", user=BOB)], 6_000)
    assert GAME.scores(step.state) == {BOB: 1}
    step = GAME.handle(step.state, seats(ANN, BOB), [answer(BOB, "Rome", 312, time=7_000)], 7_000)
    bob = ended(step).record["players"][0]
    assert (bob["id"], bob["score"], bob["place"], bob["left"]) == (BOB, 2, 1, False)


def test_last_one_leaving_ends_the_game_rated_as_it_stands():
    step = play((BOB, "Lyon"), (ANN, "Paris"))
    step = GAME.handle(step.state, seats(ANN), [Command("leave", user=BOB)], 5_000)
    assert step.outcome is None
    step = GAME.handle(step.state, {}, [Command("leave", user=ANN)], 6_000)
    assert (step.due, step.events, ended(step).message) == (None, [], "Everybody has left.")
    assert ended(step).reason == "everybody_left"
    assert ended(step).results == [{"id": ANN, "name": "ann", "score": 1, "rating": 1603, "prize": 1}]
    assert ended(step).record["reason"] == "everybody_left"
    again = GAME.handle(step.state, {}, [Command("leave", user=ANN)], 6_000)
    assert again.outcome is None


def test_game_closed_by_the_operator_counts_for_nothing():
    step = play((BOB, "Lyon"), (ANN, "Paris"))
    step = GAME.handle(step.state, seats(ANN, BOB), [Command("close", body={"message": "Maintenance"})], 5_000)
    assert (ended(step).reason, ended(step).record["reason"]) == ("operator", "operator")
    assert [(row["score"], row["rating"], row["prize"]) for row in ended(step).results] == [(1, 1500, 0), (0, 1500, 0)]


def test_rating_starts_from_the_seats_hidden_skill():
    table = {ANN: seat(ANN, rating=1900, hidden={"mu": 33.0, "sigma": 4.0}), BOB: seat(BOB)}
    players = ended(play((BOB, "Paris"), (ANN, "Rome"), table=table)).record["players"]
    assert [(row["id"], row["rating_before"]) for row in players] == [(ANN, 1900), (BOB, 1500)]
    assert players[0]["mu"] < 33.0
    assert players[1]["mu"] > 25.0


@pytest.mark.parametrize(
    ("skill", "rating"), [(Skill(), 1500), (Skill(30, 2), 2220), (Skill(25, 8), 1530), (Skill(-40, 8), 0)]
)
def test_rating_shown(skill: Skill, rating: int):
    assert skill.rating == rating


def test_rating_of_two_newcomers_and_of_a_draw():
    assert rate({1: Skill(), 2: Skill()}, {1: 3, 2: 0}) == {1: UP, 2: DOWN}
    drawn = rate({1: Skill(), 2: Skill()}, {1: 2, 2: 2})
    assert drawn[1].mu == pytest.approx(drawn[2].mu) == 25


def test_rating_of_one_and_of_nobody_changes_nothing():
    assert rate({1: Skill(30, 3)}, {1: 5}) == {1: Skill(30, 3)}
    assert rate({}, {}) == {}


def test_rating_of_a_large_field_moves_the_best_up_and_the_last_down():
    field = {player: Skill() for player in range(1, 3 * MAX_FIELD)}
    rated = rate(field, {player: player // 10 for player in field})
    assert rated.keys() == field.keys()
    assert rated[3 * MAX_FIELD - 1].mu > 25 > rated[1].mu
