"""What can be played, and what is drawn."""

import random
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from quiz import selectors
from quiz.models import Category, Question, QuizGame, QuizRound
from quiz.selectors import draw_questions, list_categories
from tests.factories import CategoryFactory, MembershipFactory, QuestionFactory, RoomFactory, UserFactory
from tests.plans import as_if_full, plans

pytestmark = pytest.mark.django_db


def played(user: User, *questions: Question) -> None:
    """The user met these questions in a game."""
    room = RoomFactory()
    MembershipFactory(room=room, user=user)
    game = QuizGame.objects.create(room=room, reason="finished", ended_at=timezone.now())
    for number, question in enumerate(questions, start=1):
        QuizRound.objects.create(game=game, number=number, question=question)


def draw(category: Category, count: int, *, language: str = "en", players: list[User] | None = None) -> list[Question]:
    rng = random.Random(7)
    return draw_questions(category=category, language=language, count=count, players=players or [], rng=rng)


def test_list_categories_counts_what_can_be_asked_in_the_language(django_assert_num_queries) -> None:
    capitals = CategoryFactory(key="capitals", names={"en": "Capitals", "ru": "Столицы"})
    QuestionFactory(category=capitals, texts={"en": "a"})
    QuestionFactory(category=capitals, texts={"ru": "b"})
    QuestionFactory(category=capitals, texts={"en": "c", "ru": "d"}, is_active=False)
    QuestionFactory(category=CategoryFactory(key="russian", names={"ru": "Загадки"}), texts={"ru": "e"})
    CategoryFactory(key="empty")
    with django_assert_num_queries(2):
        found = {
            language: [(row.name_in(language), row.cnt_questions) for row in list_categories(language=language)]
            for language in ("en", "ru")
        }
    assert found == {"en": [("Capitals", 1)], "ru": [("Столицы", 2), ("Загадки", 1)]}


def test_draw_questions_takes_only_active_ones_with_a_text_in_the_language_or_english() -> None:
    category = CategoryFactory()
    fits = {QuestionFactory(category=category, texts=texts).pk for texts in ({"uk": "a"}, {"en": "b"})}
    QuestionFactory(category=category, texts={"ru": "c"})
    QuestionFactory(category=category, is_active=False)
    QuestionFactory()
    assert {question.pk for question in draw(category, 10, language="uk")} == fits


def test_draw_questions_spreads_over_the_difficulties_and_begins_with_the_easy() -> None:
    category = CategoryFactory()
    for difficulty in (1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 5, 5):
        QuestionFactory(category=category, difficulty=difficulty)
    drawn = draw(category, 6)
    assert [question.difficulty for question in drawn] == [1, 1, 3, 3, 5, 5]
    assert max(Counter(question.pk for question in drawn).values()) == 1


def test_draw_questions_differs_from_draw_to_draw() -> None:
    category = CategoryFactory()
    QuestionFactory.create_batch(40, category=category)
    orders = {
        tuple(q.pk for q in draw_questions(category=category, language="en", count=10, rng=random.Random(seed)))
        for seed in range(5)
    }
    assert len(orders) == 5


def test_draw_questions_takes_those_not_met_first_then_those_met_longest_ago() -> None:
    category, player = CategoryFactory(), UserFactory()
    old, older, new, unmet = QuestionFactory.create_batch(4, category=category)
    played(player, older, old)
    played(player, new)
    played(UserFactory(), unmet)
    assert {question.pk for question in draw(category, 1, players=[player])} == {unmet.pk}
    assert {question.pk for question in draw(category, 3, players=[player])} == {unmet.pk, older.pk, old.pk}
    assert len(draw(category, 9, players=[player])) == 4


def test_draw_questions_looks_at_the_players_own_rounds_alone(monkeypatch) -> None:
    """However many rounds there are: of the last rooms of each player, and no join that begins with everybody's."""
    category, player = CategoryFactory(), UserFactory()
    old, new = QuestionFactory.create_batch(2, category=category)
    played(player, old)
    played(player, new)
    with as_if_full(), CaptureQueriesContext(connection) as captured:
        draw(category, 2, players=[player])
        read = [(table, plan) for table in ("quiz_quizround", "rooms_membership") for plan in plans(captured, table)]
    assert len(read) == 2
    assert [plan for table, plan in read if plan.reads_all_of(table)] == []
    monkeypatch.setattr(selectors, "SEEN_ROOMS", 1)
    assert {question.pk for question in draw(category, 1, players=[player])} == {old.pk}
