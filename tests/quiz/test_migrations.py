"""A database from before still says what it said."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from quiz.models import Question, QuizGame
from tests.factories import QuestionFactory, RoomFactory

BEFORE, AFTER = ("quiz", "0001_initial"), ("quiz", "0003_question_media")


@pytest.mark.django_db(transaction=True)
def test_0003_turns_reasons_into_codes_and_keeps_addresses_of_other_sites() -> None:
    question = QuestionFactory(image="https://example.org/a.jpg")
    words = ("finished", "everybody left", "nobody came", "closed", "The room was lost.")
    MigrationExecutor(connection).migrate([BEFORE])
    try:
        games = MigrationExecutor(connection).loader.project_state([BEFORE]).apps.get_model("quiz", "QuizGame")
        for word in words:
            games.objects.create(room_id=RoomFactory().pk, reason=word, ended_at=timezone.now())
    finally:
        MigrationExecutor(connection).migrate([AFTER])
    reasons = list(QuizGame.objects.order_by("pk").values_list("reason", flat=True))
    assert reasons == ["finished", "everybody_left", "nobody_came", "operator", "The room was lost."]
    assert Question.objects.get(pk=question.pk).image.name == "https://example.org/a.jpg"
