"""One line in the log for each request, and its id, user and room in every line written on the way."""

import logging
import secrets
import time
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bind_contextvars, clear_contextvars

from config.metrics.requests import route_of
from config.middleware import Respond

logger = logging.getLogger(__name__)
#: asked every few seconds by whoever watches; their lines would be most of the log
QUIET = frozenset({"livez", "readyz", "internal/metrics"})


class RequestLog:
    """Middleware. The address is written as its pattern: what stands in the path or the query stays out of the log."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        clear_contextvars()
        bind_contextvars(request=secrets.token_hex(4))
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            self._write(request, response.status_code, time.perf_counter() - began)
            return response
        finally:
            clear_contextvars()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Django's call, when the address is known."""
        if "room_id" in kwargs:
            bind_contextvars(room=kwargs["room_id"])

    def _write(self, request: HttpRequest, status: int, seconds: float) -> None:
        route = route_of(request)
        if route not in QUIET:
            fields = {"method": request.method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            logger.info("request", extra=fields)
