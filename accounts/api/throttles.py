"""How often one may register, log in and ask for a reset: by address and by account, over all processes.

A counter in the shared cache for each window of time, counted up atomically, so that parallel requests can't slip
through together. When the cache is away nobody is held up: axes still guards passwords, from the database.
"""

import logging
import time
from hashlib import sha256
from typing import Any, cast

from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle
from rest_framework.views import APIView

from accounts.names import login_key

logger = logging.getLogger(__name__)


class WindowThrottle(BaseThrottle):
    """At most so many requests in each window of time. `scope` names the rate in `DEFAULT_THROTTLE_RATES`."""

    scope = ""
    kind = ""

    def counted(self, request: Request) -> str | None:
        """What is counted (an address, an account); None counts nothing."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Counts the request; False past the rate."""
        limit, self.window_s = parse_rate(cast(str, api_settings.DEFAULT_THROTTLE_RATES[self.scope]))
        counted = self.counted(request)
        return counted is None or limit is None or self._count(counted) <= limit

    def wait(self) -> float:
        """Seconds until the next window."""
        return self.window_s - time.time() % self.window_s

    def _count(self, counted: str) -> int:
        hashed = sha256(counted.encode()).hexdigest()[:32]
        key = f"throttle:{self.scope}:{self.kind}:{hashed}:{int(time.time() // self.window_s)}"
        try:
            cache.add(key, 0, self.window_s)
            return cache.incr(key)
        except (RedisError, ValueError):  # ValueError: the window ended between the two
            logger.warning("a request was not counted: %s", self.scope)
            return 0


class AddressThrottle(WindowThrottle):
    """By the address of the client."""

    kind = "address"

    def counted(self, request: Request) -> str | None:
        """The address; an IPv6 one by its /64, which is what one household has."""
        address = str(request.META.get("REMOTE_ADDR", ""))
        return ":".join(address.split(":")[:4]) if "::" not in address and ":" in address else address


class AccountThrottle(WindowThrottle):
    """By the account that is meant, by the key of a field of the body, whoever asks."""

    kind = "account"
    field = "name"

    def counted(self, request: Request) -> str | None:
        """The key of the name or address in the body."""
        body: Any = request.data
        value = body.get(self.field) if isinstance(body, dict) else None
        return login_key(value[:300]) if isinstance(value, str) else None


def parse_rate(rate: str) -> tuple[int | None, int]:
    """`"10/hour"` as (10, 3600). Units: second, minute, hour, day, by their first letter."""
    requests, seconds = SimpleRateThrottle.parse_rate(SimpleRateThrottle.__new__(SimpleRateThrottle), rate)
    return requests, seconds or 1


class RegistrationByAddress(AddressThrottle):
    scope = "registration"


class RegistrationByAccount(AccountThrottle):
    scope, field = "registration", "email"


class LoginByAddress(AddressThrottle):
    scope = "login"


class LoginByAccount(AccountThrottle):
    scope = "login"


class ResetByAddress(AddressThrottle):
    scope = "password_reset"


class ResetByAccount(AccountThrottle):
    scope, field = "password_reset", "email"
