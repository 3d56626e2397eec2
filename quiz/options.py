"""The options of a quiz: what may be said when a room is made. Also what the OpenAPI schema shows of them."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from accounts.api.errors import ApiError
from accounts.api.fields import Choice
from accounts.models import User
from config.languages import LANGUAGES
from quiz.models import Category
from quiz.selectors import askable_in
from rooms.api.fields import ID_MAX, Whole

QUESTIONS, QUESTIONS_MAX = 10, 50
#: seconds till the hint; the answer is revealed after as many again
MAX_TIME, MAX_TIME_MIN, MAX_TIME_MAX = 20, 5, 120


class QuizOptions(serializers.Serializer[Any]):
    """`options` of `POST rooms` for the game `quiz`, beside the room's own; all but `category` may be left out."""

    category = Whole(min_value=1, max_value=ID_MAX, help_text="Id of a category.")
    questions = Whole(
        min_value=1,
        max_value=QUESTIONS_MAX,
        default=QUESTIONS,
        help_text="How many to ask; a category with fewer asks all it has.",
    )
    max_time = Whole(
        min_value=MAX_TIME_MIN, max_value=MAX_TIME_MAX, default=MAX_TIME, help_text="Seconds till the hint."
    )
    language = Choice(
        choices=list(LANGUAGES.items()),
        required=False,
        help_text="Language of the questions; without it, the maker's own.",
    )


def clean_options(options: dict[str, Any], *, user: User) -> dict[str, Any]:
    """The options complete.

    Raises DRF's `ValidationError` by field, `ApiError` `unknown_category` (404) when the category does not exist or
    has nothing to ask in the language.
    """
    reading = QuizOptions(data=options)
    reading.is_valid(raise_exception=True)
    clean: dict[str, Any] = dict(reading.validated_data)
    clean.setdefault("language", user.language)
    find_category(clean["category"], clean["language"])
    return clean


def find_category(category_id: int, language: str) -> Category:
    """A category that has something to ask in the language. Raises `ApiError` `unknown_category` (404)."""
    category = Category.objects.filter(askable_in(language, "questions__"), pk=category_id).first()
    if category is None:
        message = gettext("There is no such category, or it has no questions in this language.")
        raise ApiError("unknown_category", message, status=404, errors={"category": [message]})
    return category
