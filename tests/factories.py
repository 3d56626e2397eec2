"""Factories of our models, for every test."""

import factory
from django.utils import timezone
from knox.models import AuthToken

from accounts.models import User
from accounts.names import name_key
from quiz.models import Category, Question
from rooms.models import Membership, Room

PASSWORD = "correct horse 42"


class UserFactory(factory.django.DjangoModelFactory):
    """A player whose password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"player {n}")
    email = factory.Sequence(lambda n: f"player{n}@example.org")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **{"password": PASSWORD, **kwargs})


def make_token(user: User) -> str:
    """A live token of the user, as text."""
    return AuthToken.objects.create(user=user)[1]


class CategoryFactory(factory.django.DjangoModelFactory):
    """An empty category; `QuestionFactory(category=...)` fills it."""

    class Meta:
        model = Category

    key = factory.Sequence(lambda n: f"category {n}")
    names = factory.Sequence(lambda n: {"en": f"Category {n}"})


class QuestionFactory(factory.django.DjangoModelFactory):
    """A question whose right answer is `answer <its number>`, in English."""

    class Meta:
        model = Question

    class Params:
        number = factory.Sequence(lambda n: n)

    category = factory.SubFactory(CategoryFactory)
    texts = factory.LazyAttribute(lambda question: {"en": f"Question {question.number}?"})
    answers = factory.LazyAttribute(lambda question: {"en": [f"answer {question.number}"]})


class RoomFactory(factory.django.DjangoModelFactory):
    """An open room in the database alone; nobody sits in it and it does not live."""

    class Meta:
        model = Room

    game = "quiz"
    name = factory.Sequence(lambda n: f"Room {n}")
    name_key = factory.LazyAttribute(lambda room: name_key(room.name))
    owner = factory.SubFactory(UserFactory)
    state = "running"
    capacity = 50
    display = factory.LazyFunction(
        lambda: {"category": None, "language": "en", "max_time": 20, "min_players": 1, "cnt_questions": 2}
    )
    opened_at = factory.LazyFunction(timezone.now)


class MembershipFactory(factory.django.DjangoModelFactory):
    """Somebody sits in a room."""

    class Meta:
        model = Membership

    room = factory.SubFactory(RoomFactory)
    user = factory.SubFactory(UserFactory)
