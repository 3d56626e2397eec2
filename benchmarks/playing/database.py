"""What the benchmark does in the product's database, through Django: `python -m benchmarks.playing.database make 2000`.

`make N` writes N users with a token each, in bulk and without passwords: registering them over REST would measure
Argon2 and nothing else. Prints {"users": [[id, token], ...], "category": id, "answers": {question id: answer}}.
`count` prints {"games", "results", "open"}: quizzes and players' results stored so far, rooms not closed.
"""

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db.models import Count  # noqa: E402  Django has to be set up first
from django.utils import timezone  # noqa: E402
from knox.crypto import create_token_string, hash_token  # noqa: E402
from knox.models import AuthToken  # noqa: E402
from knox.settings import CONSTANTS, knox_settings  # noqa: E402

from accounts.models import User  # noqa: E402
from quiz.models import Category, Question, QuizGame, QuizResult  # noqa: E402
from rooms.models import Room, RoomState  # noqa: E402


def make_people(count: int) -> dict[str, Any]:
    """The users, and what the bots have to know to win now and then: the answers of the largest category."""
    users = [User(name=f"bot {number:05}", password="!") for number in range(count)]
    for user in users:
        user._set_keys()
    users = User.objects.bulk_create(users, batch_size=500)
    texts = [create_token_string() for _ in users]
    AuthToken.objects.bulk_create(
        [
            AuthToken(
                digest=hash_token(text),
                token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH],
                user=user,
                expiry=timezone.now() + knox_settings.TOKEN_TTL,
            )
            for user, text in zip(users, texts, strict=True)
        ],
        batch_size=500,
    )
    category = Category.objects.annotate(size=Count("questions")).order_by("-size", "pk")[0]
    answers = {q.pk: q.answers.get("en", [""])[0] for q in Question.objects.filter(category=category)}
    return {
        "users": [[user.pk, text] for user, text in zip(users, texts, strict=True)],
        "category": category.pk,
        "answers": answers,
    }


def count_games() -> dict[str, int]:
    """Stored quizzes, their results, and rooms that are still open."""
    return {
        "games": QuizGame.objects.count(),
        "results": QuizResult.objects.count(),
        "open": Room.objects.exclude(state=RoomState.CLOSED).count(),
    }


if __name__ == "__main__":
    print(json.dumps(make_people(int(sys.argv[2])) if sys.argv[1] == "make" else count_games()))
