"""What became of an old database: `python -m tests.upgrade.look`, DATABASE_URL naming it. Migrates, prints JSON.

A process of its own, because its database is not that of the tests.
"""

import json
import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def look() -> dict[str, Any]:
    """Through the API where there is one: fields of models may have got other names since."""
    from django.conf import settings
    from rest_framework.test import APIClient

    from accounts.models import LedgerEntry, User
    from quiz.models import PlayerRating, Question, QuizResult, QuizRound
    from rooms.models import Membership, ParkedOutcome, Room
    from tests.upgrade.make_dump import PASSWORD, TOKEN

    settings.ALLOWED_HOSTS = ["testserver"]
    anna = APIClient(headers={"Authorization": f"Token {TOKEN}"})
    profile = anna.get("/api/v1/profile").json()["user"]
    closed = [anna.get(f"/api/v1/rooms/{pk}").json()["room"] for pk in (1, 2)]
    log_in = APIClient().post("/api/v1/login", {"name": "boris", "password": PASSWORD}, format="json")
    boris = APIClient(headers={"Authorization": f"Token {log_in.json()['token']}"})
    made = boris.post(
        "/api/v1/rooms", {"game": "quiz", "name": "New", "options": {"category": 1, "questions": 3}}, format="json"
    )
    joined = anna.post(f"/api/v1/rooms/{made.json()['room']['room_id']}/join", {}, format="json")
    return {
        "users": list(User.objects.order_by("pk").values_list("name", "email", "language", "is_superuser")),
        "profile": [profile[name] for name in ("name", "email", "language", "account", "rating")],
        "rooms": [[room[name] for name in ("room_id", "name", "state", "private")] for room in closed],
        "results": [[row["name"], row["score"]] for row in closed[0]["results"]],
        "memberships": list(
            Membership.objects.exclude(room__name="New").order_by("pk").values_list("room", "user", "ending")
        ),
        "open": list(Room.objects.filter(name="Lasting").values_list("state", "capacity")),
        "kept": [model.objects.count() for model in (Question, QuizRound, QuizResult, PlayerRating, LedgerEntry)],
        "parked": list(ParkedOutcome.objects.values_list("room_id", "tries")),
        "categories": [
            [row["name"], row["cnt_questions"]] for row in anna.get("/api/v1/quiz/categories").json()["results"]
        ],
        "login": log_in.status_code,
        "made": [made.status_code, made.json()["room"]["question"]["q"], made.json()["room"]["cnt_questions"]],
        "joined": [player["name"] for player in joined.json()["room"]["players"]],
    }


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("check")
    print(json.dumps(look()))
