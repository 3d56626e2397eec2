"""An empty Valkey for every test here (throttles, token cache), and clients that are who they say."""

import json
from collections.abc import Callable

import pytest
from django.utils import translation
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import Valkey
from tests.factories import UserFactory, make_token


@pytest.fixture(autouse=True)
def _empty_valkey(valkey: Valkey) -> None:
    """Counters of the throttles live there."""


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _english() -> None:
    """A request leaves its language behind in the thread."""
    translation.activate("en")


@pytest.fixture
def user(db) -> User:
    return UserFactory(name="bogdan", email="bogdan@example.org")


@pytest.fixture
def anonymous() -> APIClient:
    return APIClient()


class Device(APIClient):
    """A client with a token of its own."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token
        self.credentials(HTTP_AUTHORIZATION=f"Token {token}")


@pytest.fixture
def client_of() -> Callable[[User], Device]:
    """A new device of a user."""
    return lambda user: Device(make_token(user))


@pytest.fixture
def client(user: User, client_of) -> Device:
    """Bogdan's client."""
    return client_of(user)


class ControlChannel:
    """What was published on `control` since the test began."""

    def __init__(self, valkey: Valkey) -> None:
        self._pubsub = valkey.client().pubsub(ignore_subscribe_messages=True)
        self._pubsub.subscribe("control")
        self._pubsub.get_message(timeout=5)

    def messages(self) -> list[dict]:
        found = []
        while message := self._pubsub.get_message(timeout=0.2):
            found.append(json.loads(message["data"]))
        return found


@pytest.fixture
def control(valkey: Valkey) -> ControlChannel:
    return ControlChannel(valkey)
