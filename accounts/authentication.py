"""Who is asking: knox tokens, looked up with one SELECT.

knox reads a token by its first characters and then the user's other tokens; ours goes by the digest, which is the
primary key, and leaves expired tokens to the nightly clean-up.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import knox_settings
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from structlog.contextvars import bind_contextvars

from accounts.api.errors import banned
from accounts.models import User

TOKEN_MAX = 200  # characters; ours have 64


class TokenAuthentication(KnoxAuthentication):
    """`Authorization: Token <token>`. Raises `AuthenticationFailed` (401); a banned user gets 403 `banned`."""

    @staticmethod
    def scheme() -> str:
        """The value of WWW-Authenticate."""
        return str(knox_settings.AUTH_HEADER_PREFIX)

    def authenticate_header(self, request: Request) -> str:
        """DRF's hook for a 401."""
        return self.scheme()

    def authenticate(self, request: Request) -> tuple[User, AuthToken] | None:
        """The user and his token; None when the header is absent or of another scheme."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != self.scheme().lower().encode():
            return None
        if len(words) != 2 or len(words[1]) > TOKEN_MAX:
            raise AuthenticationFailed(_("Invalid token."))
        return self.authenticate_credentials(words[1])

    def authenticate_credentials(self, token: bytes) -> tuple[User, AuthToken]:
        """The user and token row of a token as it came in the header (any bytes)."""
        found = find_token(token)
        if found is None or not found.user.is_active:
            raise AuthenticationFailed(_("Invalid token."))
        if found.user.is_banned:
            raise banned()
        bind_contextvars(user=found.user_id)  # for every line this request logs
        if knox_settings.AUTO_REFRESH and found.expiry:
            self.renew_token(found)
        return found.user, found

    def renew_token(self, auth_token: AuthToken) -> None:
        """Moves the expiry on, at most once in `MIN_REFRESH_INTERVAL` seconds (knox's own brings a dead token back)."""
        latest = auth_token.created + knox_settings.AUTO_REFRESH_MAX_TTL
        expiry = min(timezone.now() + knox_settings.TOKEN_TTL, latest)
        if (expiry - auth_token.expiry).total_seconds() > knox_settings.MIN_REFRESH_INTERVAL:
            AuthToken.objects.filter(pk=auth_token.pk).update(expiry=expiry)
            auth_token.expiry = expiry


def find_token(token: bytes) -> AuthToken | None:
    """The live token row with its user, or None when it is malformed, unknown or expired."""
    try:
        digest = token_digest(token.decode("ascii"))
    except UnicodeDecodeError:
        return None
    row = AuthToken.objects.select_related("user").filter(digest=digest).first()
    return None if row is None or is_expired(row) else row


def is_expired(token: Any) -> bool:
    """Whether the token's time is over."""
    return token.expiry is not None and token.expiry <= timezone.now()


def token_digest(token: str) -> str:
    """The digest under which a token is stored, cached and named on `control`: SHA-512, hex."""
    return str(hash_token(token))
