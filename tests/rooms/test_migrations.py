"""A database from before still says what it said."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from rooms.codes import CODE_LETTERS
from rooms.models import GameRating, Room
from tests.factories import UserFactory

BEFORE, AFTER = ("rooms", "0010_history"), ("rooms", "0011_codes_and_ratings")


@pytest.mark.django_db(transaction=True)
def test_0011_gives_open_rooms_codes_and_keeps_ratings_as_the_quizs() -> None:
    rated, _ = UserFactory(rating=1623), UserFactory()
    MigrationExecutor(connection).migrate([BEFORE])
    try:
        rooms = MigrationExecutor(connection).loader.project_state([BEFORE]).apps.get_model("rooms", "Room")
        for name in ("one", "two"):
            rooms.objects.create(game="quiz", name=name, name_key=name, capacity=5, state="running")
        rooms.objects.create(
            game="quiz", name="old", name_key="old", capacity=5, state="closed", closed_at=rated.date_joined
        )
    finally:
        MigrationExecutor(connection).migrate([AFTER])
    codes = list(Room.objects.exclude(state="closed").values_list("code", flat=True))
    assert (len(set(codes)), {len(code) for code in codes}, set("".join(codes)) <= set(CODE_LETTERS)) == (2, {6}, True)
    assert Room.objects.get(state="closed").code == ""
    assert list(GameRating.objects.values_list("user", "game", "rating")) == [(rated.pk, "quiz", 1623)]
    assert User.objects.get(pk=rated.pk).rating == 1623
