"""Whole bodies, as the API must answer them."""

from typing import Any

from accounts.models import User


def own(user: User, **changed: Any) -> dict[str, Any]:
    """The `user` of an answer."""
    joined = user.date_joined.isoformat().replace("+00:00", "Z")
    fields = {"id": user.pk, "name": user.name, "email": user.email, "language": "en", "about": "", "avatar": None}
    fields |= {"email_confirmed": user.email_confirmed, "new_email": user.new_email}
    return {**fields, "account": 0, "rating": 1500, "date_joined": joined, **changed}


def ok(**fields: Any) -> dict[str, Any]:
    """The success envelope."""
    return {"status": 0, "message": "ok", **fields}


def error(code: str, message: str, **errors: list[str]) -> dict[str, Any]:
    """The error envelope."""
    return {"status": 1, "message": message, "code": code, "errors": errors}


def invalid(**errors: list[str]) -> dict[str, Any]:
    """A body with field errors."""
    return error("invalid", "Some of the values are not right.", **errors)
