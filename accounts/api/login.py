"""Checking a name and password that came over the API."""

from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from accounts.api.errors import ApiError, banned
from accounts.models import User
from accounts.names import login_key

LOCKOUT_SECONDS = 900  # said in Retry-After when axes knows no end


def check_credentials(request: Request, *, name: str, password: str) -> User:
    """The user whose name (or e-mail) and password these are, in the same time whether there is one or not.

    Raises `ApiError`: 401 `wrong_credentials`, 403 `banned` (only to those who know the password), 429 `locked_out`
    (axes: too many wrong passwords for this name from this address).
    """
    plain: Any = request._request  # what axes and the login signals work with
    user = authenticate(request=plain, username=login_key(name), password=password)
    if getattr(plain, "axes_locked_out", False):
        plain.axes_locked_out = False  # or axes' middleware would answer instead of us
        raise _locked_out()
    if not isinstance(user, User):
        raise ApiError("wrong_credentials", _("Name or password is wrong."), status=401)
    if user.is_banned:
        raise banned()
    return user


def _locked_out() -> ApiError:
    cool_off = get_cool_off()
    seconds = int(cool_off.total_seconds()) if cool_off else LOCKOUT_SECONDS
    return ApiError("locked_out", _("Too many wrong passwords. Try later."), status=429, retry_after_s=seconds)
