"""Where an account has logged in before: its addresses, kept in Redis, and its browsers, which carry a signed cookie.

Such a place is not held up by what others do to the account: its wrong passwords are counted apart
(`accounts/credentials.py`). It opens nothing by itself; the password is asked as ever.
"""

import logging
import secrets
import time
from hashlib import sha256

import msgspec
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError

from accounts import limits, redis
from accounts.models import User
from config.addresses import address_key

logger = logging.getLogger(__name__)

COOKIE, SALT = "known_device", "accounts.places"
SECONDS = limits.PLACE_DAYS * 24 * 3600


class Device(msgspec.Struct):
    """A browser: a random name, and the ids of the users who have logged in with it, the latest last."""

    name: str = msgspec.field(default_factory=lambda: secrets.token_hex(8))
    users: list[int] = []


def address_of(request: HttpRequest) -> str:
    """The client's address as limits count it."""
    return address_key(str(request.META.get("REMOTE_ADDR", "")))


def device_of(request: HttpRequest) -> Device:
    """What the cookie says; a new one's when there is none, or it is forged or too old."""
    try:
        text = signing.Signer(salt=SALT).unsign_object(request.COOKIES.get(COOKIE, ""))
        device = msgspec.convert(text["device"], Device)
        return device if text["until"] > time.time() else Device()
    except (signing.BadSignature, ValueError, KeyError, TypeError):  # msgspec's error is a ValueError
        return Device()


def own_place(request: HttpRequest, user: User | None) -> str | None:
    """The name of the place, when this user has logged in from it before: the browser, or else the address. For nobody
    the same is asked, so that time tells nothing."""
    device, address = device_of(request), address_of(request)
    try:
        known = redis.connect().zscore(_key(user), _hashed(address)) is not None
    except RedisError:
        logger.warning("nobody knows from what addresses an account has logged in before")
        known = False
    if user is not None and user.pk in device.users:
        return f"device {device.name}"
    return f"address {address}" if known else None


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """This user has logged in from here."""
    device = device_of(request)
    device.users = [*(known for known in device.users if known != user.pk), user.pk][-limits.DEVICE_USERS :]
    value = {"device": msgspec.to_builtins(device), "until": int(time.time()) + SECONDS}
    response.set_cookie(
        COOKIE, signing.Signer(salt=SALT).sign_object(value), max_age=SECONDS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    try:
        pipe = redis.connect().pipeline(transaction=False)
        pipe.zadd(_key(user), {_hashed(address_of(request)): time.time()})
        pipe.zremrangebyrank(_key(user), 0, -limits.PLACES - 1)
        pipe.expire(_key(user), SECONDS)
        pipe.execute()
    except RedisError:
        logger.warning("where an account logged in was not remembered")


def _key(user: User | None) -> str:
    return f"{redis.channels().prefix}places:{user.pk if user else 0}"


def _hashed(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:16]
