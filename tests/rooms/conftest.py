"""Fixtures of the rooms' tests."""

import pytest

from accounts.models import User
from quiz.models import Category
from tests.factories import CategoryFactory, QuestionFactory, UserFactory
from tests.live_runner import live_runner, no_runner

__all__ = ["live_runner", "no_runner"]


@pytest.fixture
def owner(db: None) -> User:
    return UserFactory(name="olga")


@pytest.fixture
def guest(db: None) -> User:
    return UserFactory(name="gleb")


@pytest.fixture
def category(db: None) -> Category:
    """Three questions whose answers are `answer <n>`."""
    category = CategoryFactory(key="numbers", names={"en": "Numbers"})
    QuestionFactory.create_batch(3, category=category)
    return category
