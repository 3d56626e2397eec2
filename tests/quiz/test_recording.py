"""A played quiz into the database."""

from typing import Any

import pytest

from accounts.models import LedgerEntry, User
from quiz.models import PlayerRating, QuizGame, QuizResult, QuizRound
from quiz.recording import belief_about, record_game
from quiz.rules.rating import MU, SIGMA, Skill
from rooms.models import Room
from tests.factories import QuestionFactory, RoomFactory, UserFactory

pytestmark = pytest.mark.django_db

NEW = Skill(MU, SIGMA)


def player(user: User, *, before: Skill = NEW, after: Skill = NEW, **fields: Any) -> dict[str, Any]:
    """A line of `record.players`, as quiz.rules.ending writes it."""
    skills = {"mu": after.mu, "sigma": after.sigma, "mu_before": before.mu, "sigma_before": before.sigma}
    shown = {"rating": after.rating, "rating_before": before.rating, "score": 0, "place": 1, "prize": 0, "left": False}
    return {"id": user.pk, **skills, **shown, **fields}


def outcome(room: Room, *players: dict[str, Any], rounds: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    record = {"rounds": rounds or [], "players": list(players), "reason": "finished"}
    return {"room_id": room.pk, "message": "The quiz is over.", "results": [], "record": record, "closed": 9_000}


def test_record_game_stores_rounds_results_ratings_and_prizes() -> None:
    winner, loser, question, room = UserFactory(), UserFactory(), QuestionFactory(), RoomFactory()
    room.display["category"] = {"id": question.category_id, "name": "any"}
    rounds = [
        {"question": question.pk, "winner": winner.pk, "answer": "Paris", "tries": 3, "started": 1_000, "ended": 2_500},
        {"question": 10**9, "winner": None, "answer": "Rome", "tries": 0, "started": 2_500, "ended": 9_000},
    ]
    up, down = Skill(27.0, 8.0), Skill(23.0, 8.0)
    record_game(
        room=room,
        outcome=outcome(
            room,
            player(winner, after=up, score=1, place=1, prize=1),
            player(loser, after=down, place=2, left=True),
            rounds=[{"number": number, **each} for number, each in enumerate(rounds, start=1)],
        ),
    )
    game = QuizGame.objects.get()
    assert (game.room_id, game.category_id, game.language, game.reason) == (
        room.pk,
        question.category_id,
        "en",
        "finished",
    )
    assert [at and at.timestamp() for at in (game.started_at, game.ended_at)] == [1.0, 9.0]
    assert list(QuizRound.objects.values_list("number", "question", "winner", "answer", "tries")) == [
        (1, question.pk, winner.pk, "Paris", 3),
        (2, None, None, "Rome", 0),
    ]
    columns = ("user", "score", "place", "rating_before", "rating", "prize", "left")
    assert list(QuizResult.objects.values_list(*columns)) == [
        (winner.pk, 1, 1, 1500, up.rating, 1, False),
        (loser.pk, 0, 2, 1500, down.rating, 0, True),
    ]
    assert list(PlayerRating.objects.order_by("user").values_list("user", "mu", "sigma", "games")) == [
        (winner.pk, 27.0, 8.0, 1),
        (loser.pk, 23.0, 8.0, 1),
    ]
    assert list(User.objects.filter(pk__in=[winner.pk, loser.pk]).order_by("pk").values_list("rating", "account")) == [
        (up.rating, 1),
        (down.rating, 0),
    ]
    assert list(LedgerEntry.objects.values_list("user", "amount", "key")) == [
        (winner.pk, 1, f"quiz:{room.pk}:{winner.pk}")
    ]
    assert belief_about(winner) == {"mu": 27.0, "sigma": 8.0}


def test_record_game_of_two_games_at_once_counts_both_changes() -> None:
    user, one, two = UserFactory(), RoomFactory(), RoomFactory()
    record_game(room=one, outcome=outcome(one, player(user, after=Skill(MU + 2, SIGMA * 0.9))))
    record_game(room=two, outcome=outcome(two, player(user, after=Skill(MU - 1, SIGMA * 0.8))))
    stored = PlayerRating.objects.get()
    assert (stored.mu, stored.sigma, stored.games) == (pytest.approx(MU + 1), pytest.approx(SIGMA * 0.72), 2)
    user.refresh_from_db()
    assert user.rating == Skill(stored.mu, stored.sigma).rating
    assert list(QuizResult.objects.order_by("game_id").values_list("rating", flat=True)) == [
        Skill(MU + 2, SIGMA * 0.9).rating,
        Skill(MU - 1, SIGMA * 0.8).rating,
    ]


def test_record_game_leaves_the_rating_of_an_unrated_player_alone() -> None:
    user, room = UserFactory(rating=1700), RoomFactory()
    record_game(room=room, outcome=outcome(room, player(user)))
    user.refresh_from_db()
    assert (user.rating, PlayerRating.objects.count()) == (1700, 0)


def test_record_game_without_a_record_stores_a_game_that_never_began() -> None:
    room = RoomFactory()
    said = {"message": "Nobody came to play.", "reason": "nobody_came"}
    empty = {"room_id": room.pk, **said, "results": [], "record": {}, "closed": 1_000}
    record_game(room=room, outcome=empty)
    assert QuizGame.objects.values("room", "reason", "started_at").get() == {
        "room": room.pk,
        "reason": "nobody_came",
        "started_at": None,
    }


def test_record_game_leaves_out_a_user_who_was_deleted() -> None:
    user, gone, room = UserFactory(), UserFactory(), RoomFactory()
    rows = [player(gone, score=2, prize=2), player(user, score=1, place=2)]
    User.objects.filter(pk=gone.pk).delete()
    record_game(room=room, outcome=outcome(room, *rows))
    assert list(QuizResult.objects.values_list("user", "place")) == [(user.pk, 2)]


def test_belief_about_a_newcomer_is_the_rules_own() -> None:
    assert belief_about(UserFactory()) == {"mu": MU, "sigma": SIGMA}
