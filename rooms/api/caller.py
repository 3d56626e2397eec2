"""Who calls."""

from typing import cast

from rest_framework.request import Request

from accounts.models import User


def caller(request: Request) -> User:
    """The user of the request's token; the views let nobody else in."""
    return cast(User, request.user)
