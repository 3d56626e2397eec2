"""How often one may ask for a reset link, and try one.

Asking is counted by address; a browser that has logged in counts by its user instead, whatever its neighbours do. For
the account that is meant nobody is refused, or others could keep its owner out: what is bounded there is the mails.
"""

from contextlib import AbstractContextManager

from django.http import HttpRequest

from accounts import limits, places
from accounts.buckets import Bucket, counting, take_all
from accounts.errors import BadLink
from accounts.rates import rate_of
from config.rates import parse_rate


def count_request(request: HttpRequest) -> None:
    """One more that asks. Raises `TooManyAttempts`."""
    users = places.device_of(request).users
    whose = f"user {users[-1]}" if users else f"address {places.address_of(request)}"
    take_all([Bucket("password_reset", whose, rate_of("password_reset"))])


def may_mail(email: str) -> bool:
    """Whether a mail goes to this address now; if not, there is a good link in its inbox."""
    return not Bucket("reset_mail", email, parse_rate(limits.RESET_MAIL_RATE)).take()


def counting_links(request: HttpRequest) -> AbstractContextManager[None]:
    """A try with a link; only bad ones count. Raises `TooManyAttempts`."""
    whose = f"address {places.address_of(request)}"
    return counting([Bucket("reset_link", whose, rate_of("password_reset"))], (BadLink,))
