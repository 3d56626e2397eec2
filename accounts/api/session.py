"""What gateways ask Django: whose token is this. Not for clients; nginx does not pass /internal/ on."""

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import tokens
from accounts.api.base import ApiView


class Session(ApiView):
    """GET: 200 `{"user": {id, name, account, rating, language}, "expires": ms}`, 401, or 403 `banned`."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Answers, and fills the cache that the gateways look into first. Raises 401 for a token revoked meanwhile."""
        if not tokens.cache_session(token=self.token):
            raise AuthenticationFailed
        return Response({"user": tokens.session_of(self.user), "expires": tokens.expires_ms(self.token)})
