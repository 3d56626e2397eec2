"""What the database holds of a played room, read through `manage.py shell`."""

import json
from typing import Any

from tests.stack.product import Product

_READ = """
import json
from django.db.models import F
from accounts.models import LedgerEntry, User
from quiz.models import PlayerRating, QuizGame
from rooms.models import Membership, Room
room = Room.objects.get(pk={room_id})
games = QuizGame.objects.filter(room=room)
print(json.dumps({{
    "state": room.state,
    "games": [[game.reason, game.language] for game in games],
    "rounds": [
        [each.number, each.winner_id, each.answer, each.tries]
        for game in games for each in game.rounds.order_by("number")
    ],
    "results": [
        [each.user_id, each.score, each.place, each.rating, each.prize]
        for game in games for each in game.results.order_by("place")
    ],
    "memberships": [[stay.user_id, stay.ending] for stay in Membership.objects.filter(room=room).order_by("user_id")],
    "ledger": [
        [entry.user_id, entry.amount]
        for entry in LedgerEntry.objects.filter(key__startswith="quiz:{room_id}:").order_by("user_id")
    ],
    "users": [
        [user.pk, user.account, user.rating]
        for user in User.objects.filter(memberships__room=room).order_by("pk")
    ],
    "rated": PlayerRating.objects.filter(user__memberships__room=room, games=1).count(),
}}))
"""


def read_stored(stack: Product, room_id: int) -> dict[str, Any]:
    """Game, rounds, results, memberships, ledger and users of one room."""
    found: dict[str, Any] = json.loads(stack.manage("shell", "-v0", "-c", _READ.format(room_id=room_id)))
    return found
