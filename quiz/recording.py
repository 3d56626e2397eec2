"""A played quiz into the database: game, rounds, results, ratings, prizes. Called by rooms, once a room."""

from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from accounts.services import credit_account
from config.languages import CODES
from quiz.models import REASON_MAX, PlayerRating, Question, QuizGame, QuizResult, QuizRound
from quiz.rules.rating import MU, SIGMA, Skill
from quiz.selectors import find_rating
from rooms.models import Room
from rooms.ratings import set_rating


def belief_about(user: User) -> dict[str, Any]:
    """What the rules' rating begins from (`Seat.hidden`): the stored belief, a newcomer's when there is none."""
    known = find_rating(user=user)
    return {"mu": known.mu, "sigma": known.sigma} if known else {"mu": MU, "sigma": SIGMA}


def record_game(*, room: Room, outcome: dict[str, Any]) -> QuizGame:
    """Store the outbox entry of a quiz (its `record` is what quiz.rules.ending made). Inside the caller's transaction.

    A room that closed without its game's word (nobody came) has an empty record: a game without rounds or players. A
    user or question deleted meanwhile is left out or left blank. Raises `KeyError`, `TypeError` or `ValueError` for a
    record of another shape.
    """
    record = outcome["record"] or {"rounds": [], "players": [], "reason": _reason_of(outcome)}
    game = QuizGame.objects.create(
        room=room,
        category_id=_category_of(room),
        language=room.display.get("language", CODES[0]),
        reason=record["reason"],
        started_at=_time(record["rounds"][0]["started"]) if record["rounds"] else None,
        ended_at=_time(outcome["closed"]),
    )
    users = _lock_users([player["id"] for player in record["players"]])
    _store_rounds(game, record["rounds"])
    for player in sorted(record["players"], key=lambda each: each["id"]):
        if player["id"] in users:
            _store_player(game, users[player["id"]], player)
    return game


def _reason_of(outcome: dict[str, Any]) -> str:
    """An entry that lay in the outbox while the product was updated has none."""
    return str(outcome.get("reason") or outcome["message"])[:REASON_MAX]


def _lock_users(ids: list[int]) -> dict[int, User]:
    """The players, locked in the order of their ids: two games with the same players wait and don't deadlock."""
    return {user.pk: user for user in User.objects.select_for_update().filter(pk__in=ids).order_by("pk")}


def _store_rounds(game: QuizGame, rounds: list[dict[str, Any]]) -> None:
    questions = set(Question.objects.filter(pk__in=[each["question"] for each in rounds]).values_list("pk", flat=True))
    winners = set(User.objects.filter(pk__in=[each["winner"] for each in rounds]).values_list("pk", flat=True))
    QuizRound.objects.bulk_create(
        QuizRound(
            game=game,
            number=each["number"],
            question_id=each["question"] if each["question"] in questions else None,
            winner_id=each["winner"] if each["winner"] in winners else None,
            answer=each["answer"],
            tries=each["tries"],
            started_at=_time(each["started"]),
            ended_at=_time(each["ended"]),
        )
        for each in rounds
    )


def _store_player(game: QuizGame, user: User, player: dict[str, Any]) -> None:
    copied = ("score", "place", "rating", "rating_before", "prize", "left")
    QuizResult.objects.create(game=game, user=user, **{name: player[name] for name in copied})
    _move_rating(user, player)
    if player["prize"]:
        key = f"quiz:{game.room_id}:{user.pk}"
        credit_account(user=user, amount=player["prize"], key=key, reason=f"Prize in {game.room.name}")


def _move_rating(user: User, player: dict[str, Any]) -> None:
    """Move the stored skill by what this game changed. The user is locked.

    By the change and not to the result: another game may have been stored since this one took its seats, and both are
    to count. The mean moves by the difference, the deviation shrinks by the same share.
    """
    before, after = Skill(player["mu_before"], player["sigma_before"]), Skill(player["mu"], player["sigma"])
    if after == before:
        return
    known = find_rating(user=user) or PlayerRating(user=user, mu=MU, sigma=SIGMA)
    now = Skill(known.mu, known.sigma)
    moved = after if now == before else Skill(now.mu + after.mu - before.mu, now.sigma * after.sigma / before.sigma)
    known.mu, known.sigma, known.games = moved.mu, moved.sigma, known.games + 1
    known.save()
    set_rating(user=user, game="quiz", rating=moved.rating)


def _category_of(room: Room) -> int | None:
    category = room.display.get("category")
    return category["id"] if category else None


def _time(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms / 1000, UTC)
