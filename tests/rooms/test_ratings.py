"""A rating belongs to a game; that of the first game is the profile's too."""

import pytest

from accounts.models import User
from rooms.models import GameRating
from rooms.ratings import find_rating, set_rating

pytestmark = pytest.mark.django_db


def test_rating_of_one_game_is_not_anothers(owner: User) -> None:
    set_rating(user=owner, game="seabattle", rating=1600)
    set_rating(user=owner, game="quiz", rating=1400)
    set_rating(user=owner, game="quiz", rating=1410)
    assert [find_rating(user=owner, game=game) for game in ("seabattle", "quiz", "chess")] == [1600, 1410, 1500]
    assert sorted(GameRating.objects.values_list("game", "rating")) == [("quiz", 1410), ("seabattle", 1600)]


def test_profile_shows_the_quizs(owner: User) -> None:
    set_rating(user=owner, game="seabattle", rating=1600)
    assert User.objects.get().rating == 1500
    set_rating(user=owner, game="quiz", rating=1400)
    assert User.objects.get().rating == 1400
