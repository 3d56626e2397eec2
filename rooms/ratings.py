"""How players stand in each game. What a rating is computed from is the game's own."""

from django.db import transaction

from accounts.models import RATING_START, User
from accounts.services import set_rating as set_profile_rating
from config.games import PROFILE_GAME
from rooms.models import GameRating


def find_rating(*, user: User, game: str) -> int:
    """The user's rating in the game, a newcomer's when there is none."""
    known = GameRating.objects.filter(user=user, game=game).values_list("rating", flat=True).first()
    if known is not None:
        return known
    return user.rating if game == PROFILE_GAME else RATING_START


@transaction.atomic
def set_rating(*, user: User, game: str, rating: int) -> None:
    """Write the rating that a recorded game left; that of one game is the profile's too, which older clients read."""
    GameRating.objects.update_or_create(user=user, game=game, defaults={"rating": rating})
    if game == PROFILE_GAME:
        set_profile_rating(user=user, rating=rating)
