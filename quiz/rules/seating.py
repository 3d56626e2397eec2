"""From a seat of the room to a player of the quiz."""

from quiz.rules.rating import MU, SIGMA
from quiz.rules.state import Player
from rooms.live.game import Seat


def player_of(seat: Seat) -> Player:
    """A player as they sit down: the skill comes from the seat's hidden part, a newcomer's when there is none."""
    return Player(
        id=seat.id,
        name=seat.name,
        account=seat.account,
        rating=seat.rating,
        mu=float(seat.hidden.get("mu", MU)),
        sigma=float(seat.hidden.get("sigma", SIGMA)),
    )
