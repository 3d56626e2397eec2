"""How a quiz ends: the final table, the new ratings, the prizes, and what the database is to store.

Rated are those who took part, that is, tried at least once, whether they stayed or not: leaving saves nobody from a
loss, and watching costs nothing. With fewer than two of them there is neither a rating nor a prize; a prize is a coin
a point. A quiz that is closed by hand counts for nothing.
"""

from typing import Any, NamedTuple

import msgspec

from quiz.rules.rating import Skill, rate
from quiz.rules.seating import player_of
from quiz.rules.state import Player, QuizState
from quiz.rules.turn import Turn
from rooms.live.game import Outcome
from wsgateway.wire.client_out import ResultRow

#: reasons for which a quiz counts, in English; any other is the word of whoever closed it by hand
MESSAGES = {"finished": "The quiz is over.", "everybody_left": "Everybody has left."}
COINS_PER_POINT = 1


class Placed(NamedTuple):
    """A player with what the quiz brought. Equal scores share a place, and the next one is skipped (1, 1, 3)."""

    player: Player
    place: int
    skill: Skill
    rating: int
    prize: int
    left: bool


def finish(turn: Turn, reason: str) -> None:
    """End the quiz now: no question is open any more, and the room will close with the outcome."""
    placed = _place(turn, counts=reason in MESSAGES)
    results = tuple(_result(row) for row in placed if row.player.score or not row.left)
    turn.change(phase="over", open=None, results=results)
    turn.outcome = Outcome(
        message=MESSAGES.get(reason, ""),
        reason=reason,
        results=msgspec.to_builtins(list(results)),
        record=_record(turn.state, placed, reason),
    )


def _place(turn: Turn, *, counts: bool) -> list[Placed]:
    seated = {seat.id: player_of(seat) for seat in turn.seats.values()}
    players = sorted({**seated, **turn.state.players}.values(), key=lambda player: (-player.score, player.id))
    rated = _rate(players) if counts else {}
    scores = [player.score for player in players]
    return [
        Placed(
            player=player,
            place=scores.index(player.score) + 1,
            skill=rated.get(player.id, Skill(player.mu, player.sigma)),
            rating=rated[player.id].rating if player.id in rated else player.rating,
            prize=player.score * COINS_PER_POINT if player.id in rated else 0,
            left=player.id not in turn.seats,
        )
        for player in players
    ]


def _rate(players: list[Player]) -> dict[int, Skill]:
    took_part = [player for player in players if player.tries]
    if len(took_part) < 2:
        return {}
    skills = {player.id: Skill(player.mu, player.sigma) for player in took_part}
    return rate(skills, {player.id: player.score for player in took_part})


def _result(row: Placed) -> ResultRow:
    player = row.player
    return ResultRow(id=player.id, name=player.name, score=player.score, rating=row.rating, prize=row.prize)


def _record(state: QuizState, placed: list[Placed], reason: str) -> dict[str, Any]:
    return {
        "rounds": msgspec.to_builtins(list(state.ended)),
        "players": [_player_record(row) for row in placed],
        "reason": reason,
    }


def _player_record(row: Placed) -> dict[str, Any]:
    return {
        "id": row.player.id,
        "score": row.player.score,
        "place": row.place,
        "mu": row.skill.mu,
        "sigma": row.skill.sigma,
        # what the quiz began from: another quiz of this player may be stored first
        "mu_before": row.player.mu,
        "sigma_before": row.player.sigma,
        "rating": row.rating,
        "rating_before": row.player.rating,
        "prize": row.prize,
        "left": row.left,
    }
