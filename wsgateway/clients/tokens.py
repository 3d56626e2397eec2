"""Whose token is this: the answer from the Redis cache, from Django on a miss.

Tokens are knox's; the cache is keyed by their SHA-512 (Django writes the entry, and a tombstone in its
place at logout, password change and ban). A token itself is never written to a log or a key.
"""

import asyncio
import hashlib
import re

import msgspec
from redis.exceptions import RedisError

from config.languages import CODES
from wsgateway.django_client import DjangoClient, DjangoUnavailable
from wsgateway.redis.link import RedisLink
from wsgateway.wire import close_codes
from wsgateway.wire.channels import Channels


class CachedToken(msgspec.Struct):
    """The cache entry: a user, or a tombstone with the close code."""

    id: int = 0
    name: str = ""
    account: int = 0
    rating: int = 0
    language: str = CODES[0]
    #: when the token ends, ms since the epoch; None: not known, or never
    expires: int | None = None
    gone: int | None = None


class TokenRefused(Exception):  # noqa: N818  reads better where it is raised
    """The token is nobody's; `code` is the close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class SessionAnswer(msgspec.Struct):
    """What Django's `/internal/session` says."""

    user: CachedToken
    expires: int | None = None


REASONS = {
    close_codes.UNAUTHORIZED: "unauthorized",
    close_codes.LOGGED_OUT: "logged out",
    close_codes.BANNED: "banned",
}

#: what can stand in a header behind `Token`; anything else was never issued, and is not passed on to anybody
TOKEN = re.compile(r"[!-~]+")

_cached = msgspec.json.Decoder(CachedToken)
_answer = msgspec.json.Decoder(SessionAnswer)


def token_digest(token: str) -> str:
    """knox's digest of a token, hex."""
    return hashlib.sha512(token.encode("utf-8", "surrogatepass")).hexdigest()


class TokenCheck:
    """Checks tokens; the same token asked for many times at once is one call to Django."""

    def __init__(self, redis: RedisLink, django: DjangoClient, channels: Channels) -> None:
        self._redis, self._django, self._channels = redis, django, channels
        self._asked: dict[str, asyncio.Task[CachedToken]] = {}

    async def whose(self, token: str, digest: str, address: str, *, ask_django: bool = False) -> CachedToken:
        """The token's user. Raises `TokenRefused`, or `DjangoUnavailable` when nobody can tell now. `ask_django`: the
        cache may be older than what is wanted."""
        if not TOKEN.fullmatch(token):
            raise TokenRefused(close_codes.UNAUTHORIZED, REASONS[close_codes.UNAUTHORIZED])
        cached = None if ask_django else await self._look_up(digest)
        if cached is None:
            cached = await self._ask_once(token, digest, address)
        if cached.gone is not None:
            raise TokenRefused(cached.gone, REASONS.get(cached.gone, "unauthorized"))
        return cached

    async def _look_up(self, digest: str) -> CachedToken | None:
        try:
            entry = await self._redis.command("GET", self._channels.token(digest))
            return None if entry is None else _cached.decode(entry)
        except (RedisError, msgspec.DecodeError):
            return None

    async def _ask_once(self, token: str, digest: str, address: str) -> CachedToken:
        task = self._asked.get(digest)
        if task is None:
            task = self._asked[digest] = asyncio.create_task(self._ask(token, address))
            task.add_done_callback(lambda _: self._asked.pop(digest, None))
        return await asyncio.shield(task)

    async def _ask(self, token: str, address: str) -> CachedToken:
        answer = await self._django.request("GET", "/internal/session", token, address)
        if answer.status == 200:
            try:
                session = _answer.decode(answer.body)
            except msgspec.DecodeError:
                raise DjangoUnavailable("unreadable answer") from None
            session.user.expires = session.expires
            return session.user
        if answer.status == 403 and answer.error_code == "banned":
            return CachedToken(gone=close_codes.BANNED)
        if answer.status in (401, 403):
            return CachedToken(gone=close_codes.UNAUTHORIZED)
        raise DjangoUnavailable(f"status {answer.status}")
