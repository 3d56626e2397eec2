"""What every answer of a SockJS endpoint has in common: whose pages may ask, CORS, caching, cookie, bare errors."""

import re
import time
from collections.abc import Mapping
from email.utils import formatdate
from typing import Any

from tornado.httputil import HTTPHeaders

from wsgateway.sockets.origins import Origins, normal_origin
from wsgateway.sockjs.package import CACHE_TIME, BaseTransportMixin, PreflightHandler

NO_CACHE = "no-store, no-cache, no-transform, must-revalidate, max-age=0"
COOKIE = re.compile(r"[\w.!~*+-]{1,128}")


def page_origin(headers: Mapping[str, str]) -> str | None:
    """Whose page asks. Scripts and frames (jsonp, htmlfile) send no `Origin`, so a foreign one is told by `Referer`.

    WebSocket drafts before RFC 6455 spell it `Sec-WebSocket-Origin`. None: no page, or one of our own.
    """
    origin = headers.get("Origin")
    if origin is None and headers.get("Sec-WebSocket-Version") in ("7", "8"):
        origin = headers.get("Sec-WebSocket-Origin")
    if origin is None and headers.get("Sec-Fetch-Site") == "cross-site":
        return normal_origin(headers.get("Referer", "")) or "null"
    return origin


def allowed(origins: Origins, headers: Mapping[str, str]) -> bool:
    """The one check of every transport."""
    return origins.allow(page_origin(headers), headers.get("Host"))


class SockJSHandler(BaseTransportMixin, PreflightHandler):
    """One request. `server` is wsgateway.sockjs.router.Router."""

    #: as Access-Control-Allow-Methods and Allow have it; `access_methods` is the package's name for it
    access_methods = "OPTIONS, POST"

    server: Any
    _headers: HTTPHeaders

    def set_default_headers(self) -> None:
        """Tornado's call; an answer has a Content-Type when it says so itself."""
        self.clear_header("Server")
        self.clear_header("Content-Type")

    def prepare(self) -> None:
        """Tornado's call, before the method's own."""
        if not allowed(self.server.origins, self.request.headers):
            self.server.reception.refused("origin")
            self.set_status(403)
            self.finish()

    def preflight(self) -> None:
        """CORS; the origin is one of the list, or there is none."""
        asked = self.request.headers
        origin = asked.get("Origin")
        self.set_header("Access-Control-Allow-Origin", origin or "*")
        if origin:
            self.set_header("Access-Control-Allow-Credentials", "true")
        if asked.get("Access-Control-Request-Headers"):
            self.set_header("Access-Control-Allow-Headers", asked["Access-Control-Request-Headers"])
        self.set_header("Vary", "Origin")

    def options(self, *args: str, **kwargs: str) -> None:
        """A browser asks whether it may ask."""
        self.enable_cache()
        self.handle_session_cookie()
        self.preflight()
        self.set_header("Access-Control-Allow-Methods", self.access_methods)
        self.set_header("Allow", self.access_methods)
        self.set_status(204)

    def enable_cache(self) -> None:
        """A year, for what never changes."""
        self.set_header("Cache-Control", f"public, max-age={CACHE_TIME}")
        self.set_header("Expires", formatdate(time.time() + CACHE_TIME, usegmt=True))
        self.set_header("Access-Control-Max-Age", str(CACHE_TIME))

    def disable_cache(self) -> None:
        """Nobody may keep this, nor recode it on its way."""
        self.set_header("Cache-Control", NO_CACHE)

    def handle_session_cookie(self) -> None:
        """JSESSIONID, if this endpoint wants it: the client's own, or `dummy`."""
        if not self.server.options.cookie:
            return
        sent = self.request.cookies.get("JSESSIONID")
        value = sent.value if sent is not None and COOKIE.fullmatch(sent.value) else "dummy"
        secure = "; Secure" if self.request.protocol == "https" else ""
        self.set_header("Set-Cookie", f"JSESSIONID={value}; Path=/; HttpOnly; SameSite=Lax{secure}")

    def text(self, status: int, body: str) -> None:
        """A short answer for humans and clients alike."""
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=UTF-8")
        self.write(body)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Tornado's call: an error is its status, without a page; a wrong method is told the right ones."""
        if status_code == 405:
            self.set_header("Allow", self.access_methods)
        self.finish()

    def compute_etag(self) -> None:
        """Tornado's call: no hash over answers that nobody may keep."""

    def _clear_representation_headers(self) -> None:
        """Tornado's: a 204 keeps its Content-Type, because Firefox takes one without for broken XML."""

    def check_xsrf_cookie(self) -> None:
        """Tornado's call: nothing here goes by a cookie."""


def session_headers(handler: SockJSHandler) -> None:
    """What every answer about a session begins with."""
    handler.preflight()
    handler.handle_session_cookie()
    handler.disable_cache()
