"""Every error a REST client can get, and the one place that turns exceptions into its body.

    ApiError                 any error of ours: status, code, message, field errors
    (rest_framework)         ValidationError 400, ParseError 400, NotAuthenticated 401, Throttled 429, ...
    accounts.errors          what accounts' services raise: 400, 401, 403, 429, or 503 when mail can't be queued
    (Django)                 Http404 404, PermissionDenied 403, SuspiciousOperation 400, ValidationError 400
    (outages)                database, Redis or broker away: 503 `degraded`

The body is `{"status": 1, "message": str, "code": str, "errors": {field: [str]}}` (PROTOCOL.md).
"""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from knox.settings import knox_settings
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.response import Response

from accounts.errors import (
    AccountsError,
    BadImage,
    BadLink,
    Banned,
    Busy,
    Later,
    LockedOut,
    Taken,
    WrongCredentials,
    WrongPassword,
)

logger = logging.getLogger(__name__)

RETRY_AFTER_OUTAGE_S = 5  # about what a restart of Redis or PostgreSQL takes
NON_FIELD = "non_field_errors"

# What the client reads as `code` for a status whose exception has no better name.
CODES = {
    400: "invalid",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    429: "throttled",
    500: "internal",
    503: "degraded",
}

_LATER = {LockedOut: (429, "locked_out"), Busy: (503, "busy")}


class ApiError(exceptions.APIException):
    """An error with our own code. `errors` are field errors; `retry_after_s` sets the Retry-After header."""

    def __init__(
        self,
        code: str,
        message: Any,
        *,
        status: int = 400,
        errors: dict[str, list[str]] | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(str(message), code)
        self.code, self.status_code, self.errors, self.wait = code, status, errors or {}, retry_after_s


def banned() -> ApiError:
    """403: an operator has shut this user out."""
    return ApiError("banned", gettext_lazy("This account is banned."), status=403)


def too_large() -> ApiError:
    """413: a body past what we read."""
    return ApiError("too_large", gettext_lazy("The request is too large."), status=413)


def too_deep() -> ApiError:
    """400: JSON that nests deeper than anything we ask for."""
    return ApiError("too_deep", gettext_lazy("The JSON is nested too deeply."))


def degraded() -> ApiError:
    """503: something we stand on is away for the moment."""
    message = gettext_lazy("The server is recovering; try again in a moment.")
    return ApiError("degraded", message, status=503, retry_after_s=RETRY_AFTER_OUTAGE_S)


def error_body(code: str, message: str, errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The body of an error answer."""
    return {"status": 1, "message": message, "code": code, "errors": errors or {}}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: the answer for an exception in a view, or None (a 500, which Django logs) when it is not foreseen."""
    known = _as_api_exception(error)
    if known is None:
        return None
    from rest_framework.views import set_rollback  # views load the authentication class, which needs this module

    set_rollback()
    return Response(_body(known), status=known.status_code, headers=_headers(known))


def _as_api_exception(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, AccountsError):
        return _of_accounts(error)
    if isinstance(error, ModelValidationError):
        return exceptions.ValidationError(error.message_dict if hasattr(error, "error_dict") else error.messages)
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return too_large()
    if isinstance(error, SuspiciousOperation | UnicodeError):
        return exceptions.ParseError()
    if isinstance(error, OperationalError | InterfaceError | RedisError | BrokerError):
        logger.exception("an outage was answered with 503")
        return degraded()
    return None


def _of_accounts(error: AccountsError) -> exceptions.APIException:
    if isinstance(error, Taken):
        return exceptions.ValidationError({field: [text] for field, text in error.fields.items()})
    if isinstance(error, WrongPassword):
        return exceptions.ValidationError({error.field: [error.message]})
    if isinstance(error, BadImage):
        return exceptions.ValidationError({"avatar": [error.message]})
    if isinstance(error, BadLink):
        return ApiError("bad_link", error.message)
    if isinstance(error, WrongCredentials):
        return ApiError("wrong_credentials", error.message, status=401)
    if isinstance(error, Banned):
        return banned()
    if isinstance(error, Later):
        status, code = _LATER.get(type(error), (429, "throttled"))
        return ApiError(code, error.message, status=status, retry_after_s=error.retry_after_s)
    return degraded()


def _body(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, ApiError):
        return error_body(error.code, str(error.detail), error.errors)
    code = CODES.get(error.status_code, "invalid")
    if isinstance(error, exceptions.ValidationError):
        return error_body(code, _("Some of the values are not right."), dict(_flatten(error.detail)))
    if isinstance(error, exceptions.ParseError):
        code = "bad_request"
    return error_body(code, str(error.detail))


def _flatten(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """`{"a": {"b": ["x"]}}` as `("a.b", ["x"])`; errors of no field under `non_field_errors`."""
    if isinstance(detail, dict):
        for field, inner in detail.items():
            yield from _flatten(inner, f"{path}.{field}" if path else str(field))
    elif isinstance(detail, list) and any(isinstance(inner, dict | list) for inner in detail):
        for index, inner in enumerate(detail):
            if inner:
                yield from _flatten(inner, f"{path}.{index}" if path else str(index))
    else:
        texts = detail if isinstance(detail, list) else [detail]
        yield path or NON_FIELD, [str(text) for text in texts]


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if error.status_code == 401:  # any of them says how to authenticate, that of a wrong password too
        headers["WWW-Authenticate"] = str(knox_settings.AUTH_HEADER_PREFIX)
    wait = getattr(error, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(max(1, int(wait)))
    return headers
