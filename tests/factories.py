"""Factories of our models, for every test."""

import factory
from knox.models import AuthToken

from accounts.models import User

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
