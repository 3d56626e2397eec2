"""Whose pages may talk to the gateway: one list for every transport.

A request without `Origin` is no browser's page and is let through: its token is what counts. A page of the gateway's
own host is let in, and those of `ALLOWED_ORIGINS` and `PUBLIC_BASE_URL`. `null` (a file, a sandboxed frame) is nobody.
"""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=256)  # a handful of origins come again with every connect (44 us each)
def normal_origin(origin: str) -> str:
    """Scheme, host and port in one spelling: lower case, the scheme's own port left out. "" for what is no origin."""
    try:
        parts = urlsplit(origin.strip())
        port = parts.port
    except ValueError:
        return ""
    if not parts.scheme or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != DEFAULT_PORTS.get(parts.scheme) else "")


class Origins:
    """The list. `allowed_origins` is comma-separated, as in the environment."""

    def __init__(self, allowed_origins: str, *more: str) -> None:
        listed: Iterable[str] = [*allowed_origins.split(","), *more]
        self._allowed = {normal for origin in listed if (normal := normal_origin(origin))}

    def allow(self, origin: str | None, host: str | None) -> bool:
        """Whether a page of `origin` may connect to `host` (the request's headers)."""
        if origin is None:
            return True
        normal = normal_origin(origin)
        if not normal:
            return False
        return normal in self._allowed or (host is not None and _same_host(normal, host))


def _same_host(origin: str, host: str) -> bool:
    scheme = origin.partition("://")[0]
    return normal_origin(f"{scheme}://{host}") == origin
