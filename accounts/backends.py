"""How Django and axes see somebody who logs in, by name or by e-mail."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User
from accounts.names import login_key


class AccountBackend(ModelBackend):
    """Django's backend (it hashes for unknown names too, so that time tells nothing), minus banned operators' sessions.

    The password of a banned user is still checked, so that only he learns that he is banned.
    """

    def get_user(self, user_id: int) -> User | None:
        """The user of an admin session; None (logged out) when he is banned or inactive."""
        user = super().get_user(user_id)
        return None if user is None or user.is_banned else user


def axes_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """Under what name axes counts an attempt: the key, or every spelling of a name would have its own ten tries."""
    given = credentials or request.POST
    # axes itself names the field after USERNAME_FIELD, Django's authenticate() and the admin's form say "username"
    typed = given.get("username") or given.get(User.USERNAME_FIELD)
    return login_key(typed) if isinstance(typed, str) else None
