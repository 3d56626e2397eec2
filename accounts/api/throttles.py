"""How often one may register: by address, over all processes. What guards passwords is counted where they are checked
(`accounts/credentials.py`), because there only failures count."""

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.buckets import Bucket
from accounts.places import address_of
from accounts.rates import rate_of


class AddressThrottle(BaseThrottle):
    """By the address of the client. `scope` names the rate in `DEFAULT_THROTTLE_RATES`."""

    scope = ""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Takes a place; False when there is none."""
        self.wait_s = Bucket(self.scope, f"address {address_of(request)}", rate_of(self.scope)).take()
        return not self.wait_s

    def wait(self) -> float:
        """Seconds until there is one."""
        return self.wait_s


class RegistrationByAddress(AddressThrottle):
    scope = "registration"
