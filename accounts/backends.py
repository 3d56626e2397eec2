"""How Django and axes see somebody who logs in, by name or by e-mail."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts import second_factor
from accounts.models import User
from accounts.names import login_key
from accounts.places import address_of


class AccountBackend(ModelBackend):
    """Django's backend (it hashes for unknown names too, so that time tells nothing), minus banned operators' sessions.

    The password of a banned user is still checked, so that only they learn that they are banned.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """With `operator`, only somebody whom the operators' site lets in; `otp_token` is their one-time code."""
        operator, code = kwargs.pop("operator", False), kwargs.pop("otp_token", "")
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if not isinstance(user, User) or not operator:
            return user if isinstance(user, User) else None
        if not user.is_staff or user.is_banned or not second_factor.passes(user, code):
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        """The user of an admin session; None (logged out) when they are banned or inactive."""
        user = super().get_user(user_id)
        return None if user is None or user.is_banned else user


def axes_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """Under what name axes counts an attempt: the key, or every spelling of a name would have its own ten tries."""
    given = credentials or request.POST
    # axes itself names the field after USERNAME_FIELD, Django's authenticate() and the admin's form say "username"
    typed = given.get("username") or given.get(User.USERNAME_FIELD)
    return login_key(typed) if isinstance(typed, str) else None


def axes_address(request: HttpRequest) -> str:
    """Under what address axes counts an attempt."""
    return address_of(request)


def axes_leaves_alone(request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
    """A browser of the account's own: its tries have a count of their own (`accounts/credentials.py`)."""
    return getattr(request, "own_device", False)
