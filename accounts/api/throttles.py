"""How often one may do what costs something, over all processes.

What guards passwords is counted where they are checked (`accounts/credentials.py`): only there it is known what failed.
What guards mailboxes is counted where mails leave (`accounts/tasks.py`), so that nobody is refused for others'.
"""

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.buckets import Bucket
from accounts.places import address_of
from accounts.rates import rate_of


class BucketThrottle(BaseThrottle):
    """Every request takes a place. `scope` names the rate in `DEFAULT_THROTTLE_RATES`."""

    scope = ""
    wait_s = 0.0

    def counted(self, request: Request) -> str | None:
        """What is counted, such as `address 10.0.0.1`; None counts nothing."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Takes a place; False when there is none."""
        whose = self.counted(request)
        self.wait_s = 0.0 if whose is None else Bucket(self.scope, whose, rate_of(self.scope)).take()
        return not self.wait_s

    def wait(self) -> float:
        """Seconds until there is one."""
        return self.wait_s


class AddressThrottle(BucketThrottle):
    """By the address of the client."""

    def counted(self, request: Request) -> str | None:
        """Its key."""
        return f"address {address_of(request)}"


class RegistrationByAddress(AddressThrottle):
    scope = "registration"


class UserThrottle(BucketThrottle):
    """By the user whose token it is."""

    def counted(self, request: Request) -> str | None:
        """Their key."""
        return f"user {request.user.pk}"


class ConfirmByAddress(AddressThrottle):
    scope = "email_confirm"


class EmailByUser(UserThrottle):
    scope = "email"


class AvatarByUser(UserThrottle):
    scope = "avatar"
