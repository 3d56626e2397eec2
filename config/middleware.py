"""What happens to every request before a view sees it."""

from collections.abc import Callable
from ipaddress import ip_address

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from config.errors import error_response

Respond = Callable[[HttpRequest], HttpResponseBase]


class Middleware:
    """The shape all of ours share: change the request, or answer it, or leave it alone."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request) or self.get_response(request)

    def answer(self, request: HttpRequest) -> HttpResponseBase | None:
        """A response that ends the matter, or None to go on."""
        raise NotImplementedError


class ClientAddress(Middleware):
    """Put the client's address into REMOTE_ADDR, where the throttles and the login lock look.

    nginx overwrites X-Forwarded-For with the one address it saw, and the gateway passes on what nginx told it, so the
    header holds exactly one address; behind nothing (runserver, tests) it is absent. nginx always sends
    X-Forwarded-Proto; a request without it came on the inner socket, which only our own gateways reach, and must not
    be redirected to https.
    """

    def answer(self, request: HttpRequest) -> None:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").strip()
        if is_address(forwarded):
            request.META["REMOTE_ADDR"] = forwarded
        if not request.META.get("REMOTE_ADDR"):
            request.META["REMOTE_ADDR"] = "127.0.0.1"  # a unix socket has no address
        if settings.SECURE_SSL_REDIRECT:
            request.META.setdefault("HTTP_X_FORWARDED_PROTO", "https")


class CleanRequest(Middleware):
    """Refuse what no honest client sends and what would be a 500 further in: headers that are not UTF-8, NUL bytes."""

    def answer(self, request: HttpRequest) -> HttpResponseBase | None:
        for name, value in request.META.items():
            if name.startswith("HTTP_") and isinstance(value, str) and not is_utf8(value):
                return error_response(400, "bad_request", f"The header {name[5:].replace('_', '-')} is not UTF-8.")
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return error_response(400, "bad_request", "The address contains a NUL byte.")
        return None


class OptionalFinalSlash(Middleware):
    """Let every path of the API end with or without a slash.

    Routes are written without one, so the schema lists each path once, and nothing is redirected.
    """

    def answer(self, request: HttpRequest) -> None:
        if request.path_info.startswith(("/api/", "/internal/")) and request.path_info.endswith("/"):
            request.path_info = request.path_info.rstrip("/")


class AnswerHeaders:
    """What every answer says of itself: it is for pages of our own origin, and the API's is to be kept by nobody,
    because it holds tokens, addresses and other people's names."""

    KEPT_BY_NOBODY = ("/api/", "/internal/", "/livez", "/readyz")

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # asked before: OptionalFinalSlash changes path_info further in
        kept_by_nobody = request.path_info.startswith(self.KEPT_BY_NOBODY)
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if kept_by_nobody:
            response.headers["Cache-Control"] = "no-store"
        return response


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy of the settings, loosened where a page of a library can't live with it."""

    #: the admin's theme brings Alpine.js, which makes functions of the texts of attributes (`x-show="open"`): nothing
    #: opens or closes without unsafe-eval, and Alpine's build for strict policies knows no such expressions, of which
    #: the theme is full. Neither page needs scripts in itself. Swagger UI writes style attributes
    LOOSER = {
        "/admin/": {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]},
        "/api/v1/docs": {"style-src": [SELF, UNSAFE_INLINE]},
    }

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The policy for this page."""
        parts = super().get_policy_parts(request, response, report_only)
        for prefix, directives in self.LOOSER.items():
            if request.path_info.startswith(prefix):
                parts.replace = {**(parts.replace or {}), **directives}
        return parts


def is_utf8(text: str) -> bool:
    """Whether a WSGI string (bytes read as Latin-1) is UTF-8."""
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def is_address(text: str) -> bool:
    """Whether the text is one IPv4 or IPv6 address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
