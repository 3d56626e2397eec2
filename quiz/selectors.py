"""Reads of the quiz: categories to choose from, questions to ask."""

import random
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from config.languages import CODES
from quiz.models import Category, PlayerRating, Question, QuizGame, QuizRound
from rooms.models import Membership

#: how far back a player's rounds count as "seen"; more would only make the query longer
SEEN_ROUNDS = 1000

#: and how many of a player's last rooms are looked at for them: weeks of evenings, read in a moment
SEEN_ROOMS = 200


def askable_in(language: str, prefix: str = "") -> Q:
    """Active questions with a text in the language or, failing that, in the first of the house."""
    has_text = Q(**{f"{prefix}texts__has_key": language}) | Q(**{f"{prefix}texts__has_key": CODES[0]})
    return Q(**{f"{prefix}is_active": True}) & has_text


def list_categories(*, language: str) -> QuerySet[Any]:
    """Categories that have a question in the language, each with `cnt_questions`; one query."""
    counted = Count("questions", filter=askable_in(language, "questions__"))
    return Category.objects.annotate(cnt_questions=counted).filter(cnt_questions__gt=0).order_by("key")


def draw_questions(
    *, category: Category, language: str, count: int, players: Sequence[User] = (), rng: random.Random | None = None
) -> list[Question]:
    """Up to `count` different questions of a category, from easy to hard, all difficulties as evenly as there are.

    Questions none of the players has met are taken first, then those met longest ago. `rng` is for tests.
    """
    rng = rng or random.SystemRandom()
    rows = category.questions.filter(askable_in(language)).values_list("pk", "difficulty")
    met = _met_order(category, players)
    fresh = [row for row in rows if row[0] not in met]
    stale = sorted((row for row in rows if row[0] in met), key=lambda row: met[row[0]], reverse=True)
    chosen = _spread(fresh, rng)[:count]
    chosen += [pk for pk, _ in stale[: count - len(chosen)]]
    return sorted(_in_order(chosen), key=lambda question: question.difficulty)


def list_answers(*, category: Category) -> set[str]:
    """Every accepted answer of the category's active questions, in all languages."""
    rows = category.questions.filter(is_active=True).values_list("answers", flat=True)
    return {text for answers in rows for texts in answers.values() for text in texts}


def find_rating(*, user: User) -> PlayerRating | None:
    """How strong the user is at quizzes; None before the first recorded game."""
    return PlayerRating.objects.filter(user=user).first()


def _met_order(category: Category, players: Sequence[User]) -> dict[int, int]:
    """Question id -> how many rounds ago one of the players met it (0: the last one)."""
    rooms: set[int] = set()
    for player in players:
        stays = Membership.objects.filter(user=player).order_by("-room_id")
        rooms |= set(stays.values_list("room_id", flat=True)[:SEEN_ROOMS])
    games = QuizGame.objects.filter(room__in=rooms).values_list("pk", flat=True)
    rounds = QuizRound.objects.filter(game__in=list(games), question__category=category)
    latest = rounds.order_by("-id").values_list("question_id", flat=True)[:SEEN_ROUNDS]
    met: dict[int, int] = {}
    for position, question_id in enumerate(latest):
        met.setdefault(question_id, position)
    return met


def _spread(rows: Iterable[tuple[int, int]], rng: random.Random) -> list[int]:
    """Question ids in random order, taking turns between the difficulties."""
    by_difficulty: dict[int, list[int]] = {}
    for pk, difficulty in rows:
        by_difficulty.setdefault(difficulty, []).append(pk)
    for pks in by_difficulty.values():
        rng.shuffle(pks)
    return [pk for turn in zip_longest(*by_difficulty.values()) for pk in turn if pk is not None]


def _in_order(pks: Sequence[int]) -> list[Question]:
    found = Question.objects.in_bulk(pks)
    return [found[pk] for pk in pks]
