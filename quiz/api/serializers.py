"""Bodies that the quiz API takes, and categories as it shows them."""

from typing import Any

from rest_framework import serializers

from accounts.api.fields import Choice
from config.languages import LANGUAGES
from quiz.game import QUIZ
from quiz.options import QuizOptions
from rooms.api.serializers import RoomSerializer, name_field
from rooms.options import RoomOptions, capacity_field


class LanguageSerializer(serializers.Serializer[Any]):
    """`GET quiz/categories`."""

    language = Choice(
        choices=list(LANGUAGES.items()), required=False, help_text="Of the questions; by default the user's own."
    )


class CategorySerializer(serializers.Serializer[Any]):
    """A category with the number of questions that can be asked in `language`."""

    id = serializers.IntegerField()
    name = serializers.CharField(help_text="In `language`, where it has such a name.")
    language = serializers.ChoiceField(choices=list(LANGUAGES.items()))
    cnt_questions = serializers.IntegerField()


class NewQuizSerializer(QuizOptions, RoomOptions):
    """A quiz: its options and its room's name in one; all but `category` may be left out."""

    name = name_field()
    capacity = capacity_field(QUIZ.seats)


class NewQuizAnswer(RoomSerializer):
    """The room's fields beside the envelope."""

    status = serializers.ChoiceField(choices=[0])
    message = serializers.ChoiceField(choices=["ok"])
