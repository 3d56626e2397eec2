"""Players' skill, after Weng & Lin (2011), "A Bayesian Approximation Method for Online Ranking", Plackett-Luce model.

Skill is believed to be normal with mean `mu` and deviation `sigma`, 25 and 25/3 for a newcomer. What is shown is the
careful estimate `mu - 3 sigma` (openskill's ordinal), moved and stretched to look like a chess rating:

    rating = max(0, round(1500 + 30 * (mu - 3 * sigma)))

so that a newcomer has 1500. Between settled players the odds to win are e^(d/c) with c = sqrt(2) * 25/6 = 5.9 for a
difference d of the means, so 10 : 1 is a difference of 13.6 of mu: at 30 a unit about 400 points, as in Elo's scale.
"""

from collections.abc import Mapping
from typing import NamedTuple

from openskill.models import PlackettLuce

_MODEL = PlackettLuce()
MU, SIGMA = _MODEL.mu, _MODEL.sigma
NEWCOMER, POINTS_PER_UNIT = 1500, 30
#: the model compares everybody with everybody: 1,000 players would hold a gateway up for 0.3 s, and each would hardly
#: move. Larger fields are dealt, by place, into cross-sections of at most this many, each rated by itself (3 ms)
MAX_FIELD = 100


class Skill(NamedTuple):
    """What is believed of a player."""

    mu: float = MU
    sigma: float = SIGMA

    @property
    def rating(self) -> int:
        """The number that is shown."""
        return max(0, round(NEWCOMER + POINTS_PER_UNIT * (self.mu - 3 * self.sigma)))


def rate(skills: Mapping[int, Skill], scores: Mapping[int, int]) -> dict[int, Skill]:
    """Everybody's skill after a quiz, by score; equal scores are a draw. Alone, one stays as one was."""
    order = sorted(skills, key=lambda player: (-scores[player], player))
    fields = -(-len(order) // MAX_FIELD)
    rated: dict[int, Skill] = {}
    for start in range(fields):
        rated.update(_rate_field(order[start::fields], skills, scores))
    return rated


def _rate_field(field: list[int], skills: Mapping[int, Skill], scores: Mapping[int, int]) -> dict[int, Skill]:
    if len(field) < 2:
        return {player: skills[player] for player in field}
    teams = [[_MODEL.rating(mu=skills[player].mu, sigma=skills[player].sigma)] for player in field]
    after = _MODEL.rate(teams, scores=[float(scores[player]) for player in field])
    return {player: Skill(team[0].mu, team[0].sigma) for player, team in zip(field, after, strict=True)}
