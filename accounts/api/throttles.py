"""How often one may register, open links and do what costs something: by address or by user, over all processes.

What guards passwords is counted where they are checked (`accounts/credentials.py`), because there only failures count;
what guards mailboxes where mails leave (`accounts/tasks.py`), so that nobody's request is refused for others'.
"""

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.buckets import Bucket
from accounts.places import address_of
from accounts.rates import rate_of


class BucketThrottle(BaseThrottle):
    """`scope` names the rate in `DEFAULT_THROTTLE_RATES`."""

    scope = ""

    def whose(self, request: Request) -> str:
        """By what it is counted."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Takes a place; False when there is none."""
        self.wait_s = Bucket(self.scope, self.whose(request), rate_of(self.scope)).take()
        return not self.wait_s

    def wait(self) -> float:
        """Seconds until there is one."""
        return self.wait_s


class AddressThrottle(BucketThrottle):
    """By the address of the client."""

    def whose(self, request: Request) -> str:
        """The address; a /64 is one."""
        return f"address {address_of(request)}"


class UserThrottle(BucketThrottle):
    """By the user whose token it is."""

    def whose(self, request: Request) -> str:
        """The user's id."""
        return f"user {request.user.pk}"


class RegistrationByAddress(AddressThrottle):
    scope = "registration"


class ConfirmByAddress(AddressThrottle):
    scope = "email_confirm"


class EmailByUser(UserThrottle):
    scope = "email"


class AvatarByUser(UserThrottle):
    scope = "avatar"
