"""Checking a name and password, for the API and for the operators' site: one way in, one count of what failed.

Wrong ones are counted by address and by account. At a place of its own (`accounts/places.py`) an account has a count
of its own instead, so what others do, there or elsewhere, does not hold its owner up.
"""

from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import limits, places
from accounts.buckets import Bucket, counting
from accounts.errors import Banned, LockedOut, WrongCredentials, WrongPassword
from accounts.models import User
from accounts.names import login_key
from accounts.rates import rate_of
from config.rates import parse_rate

LOCKOUT_SECONDS = 900  # said in Retry-After when axes knows no end


def check_credentials(request: HttpRequest, *, name: str, password: str) -> User:
    """The player whose name (or e-mail) and password these are, in the same time whether there is one or not.

    Raises `WrongCredentials`, `Banned` (only to those who know the password), `TooManyAttempts`, `LockedOut` (axes: too
    many wrong ones for this name from this address), `Busy`.
    """
    with _counted(request, name):
        user = _authenticate(request, username=login_key(name), password=password)
        if user.is_banned:
            raise Banned(_("This account is banned."))
        return user


def check_operator(request: HttpRequest, *, name: str, password: str, code: str) -> User:
    """The operator whose these are. Whatever does not let in is one failure: a player's right password, a banned
    operator's, a missing or wrong code of the second factor. Raises as `check_credentials`, but for `Banned`."""
    with _counted(request, name):
        return _authenticate(request, username=login_key(name), password=password, operator=True, otp_token=code)


def check_old_password(*, user: User, password: str) -> None:
    """That somebody logged in knows the account's password too. Raises `WrongPassword`, `TooManyAttempts`, `Busy`."""
    bucket = Bucket("old_password", f"user {user.pk}", parse_rate(limits.OLD_PASSWORD_RATE))
    with counting([bucket], (WrongPassword,)):
        if not user.check_password(password):
            raise WrongPassword(_("The old password is wrong."))


def _counted(request: HttpRequest, name: str) -> Any:
    user = _meant(name)
    account = f"user {user.pk}" if user else f"name {login_key(name)}"
    place = places.own_place(request, user)
    # axes counts by address: a browser of the account's own is not to be locked out with others behind the same router
    request.own_device = bool(place and place.startswith("device"))  # type: ignore[attr-defined]
    if place is not None:
        buckets = [Bucket("login", f"{account} at {place}", parse_rate(limits.OWN_PLACE_RATE))]
    else:
        rate = rate_of("login")
        buckets = [
            Bucket("login", f"address {places.address_of(request)}", rate), Bucket("login", account, rate),
        ]  # fmt: skip
    return counting(buckets, (WrongCredentials, Banned))


def _meant(name: str) -> User | None:
    try:
        return User.objects.get_by_natural_key(login_key(name))
    except User.DoesNotExist:
        return None


def _authenticate(request: Any, **credentials: Any) -> User:
    user = authenticate(request=request, **credentials)
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False  # or axes' middleware would answer instead of us
        cool_off = get_cool_off()
        raise LockedOut(retry_after_s=int(cool_off.total_seconds()) if cool_off else LOCKOUT_SECONDS)
    if not isinstance(user, User):
        raise WrongCredentials(_("Name or password is wrong."))
    return user
