"""Redis URLs as connection parameters: `redis://[user:password@]host[:port][/db]`, `rediss://` (TLS), `unix://path`."""

import ssl
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec


class RedisAddress(msgspec.Struct, frozen=True):
    """Where Redis is and how to get in. `path` is set for a unix socket, `host` otherwise."""

    path: str = ""
    host: str = ""
    port: int = 6379
    tls: bool = False
    username: str = ""
    password: str = ""
    db: int = 0

    def ssl_context(self) -> ssl.SSLContext | None:
        """Verifying context for `rediss://`."""
        return ssl.create_default_context() if self.tls else None


def parse_redis_url(url: str) -> RedisAddress:
    """The same URLs as redis-py takes. Raises `ValueError` for any other scheme."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme == "unix":
        db = int(query.get("db", ["0"])[0])
        return RedisAddress(path=unquote(parts.path), db=db, username=username, password=password)
    if parts.scheme not in ("redis", "rediss"):
        raise ValueError(f"not a Redis URL: scheme {parts.scheme!r}")
    db = int(parts.path.strip("/") or query.get("db", ["0"])[0])
    host, port = parts.hostname or "127.0.0.1", parts.port or 6379
    tls = parts.scheme == "rediss"
    return RedisAddress(host=host, port=port, tls=tls, db=db, username=username, password=password)
