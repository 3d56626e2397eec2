"""The life of a token: issued, cached for the gateways, revoked.

Gateways read `Channels.token(digest)` instead of asking Django: JSON `{"id", "name", "account", "rating", "language",
"expires"}`, the last in ms since the epoch or null; a socket ends with its token.
A revoked token leaves a tombstone `{"gone": <close code>}` there, so that a check that read the database a moment
earlier can't bring it back, and its sockets are closed through `control`.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone
from knox.models import AuthToken

from accounts import publisher, redis
from accounts.models import User
from wsgateway.wire.close_codes import LOGGED_OUT

CACHE_SECONDS_MAX = 300  # after a flushed or failed-over Redis, a name or rating is at most this old
TOMBSTONE_SECONDS = 60  # longer than any check of a token takes
TOKENS_PER_USER_MAX = 20  # devices one person has; the oldest gives way

# Deletes the cached sessions among the keys and leaves tombstones alone.
_FORGET = """
for _, key in ipairs(KEYS) do
  local value = redis.call('GET', key)
  if value and not string.find(value, '"gone"', 1, true) then redis.call('DEL', key) end
end
"""


@transaction.atomic
def issue_token(*, user: User) -> tuple[AuthToken, str]:
    """A new token: its row, and the text that is shown once. The oldest beyond `TOKENS_PER_USER_MAX` are revoked."""
    User.objects.select_for_update().get(pk=user.pk)
    token, text = AuthToken.objects.create(user=user)
    others = AuthToken.objects.filter(user=user).exclude(pk=token.pk).order_by("-created")
    for old in others[TOKENS_PER_USER_MAX - 1 :]:
        revoke_token(token=old, reason="too many tokens")
    return token, text


@transaction.atomic
def revoke_token(*, token: AuthToken, code: int = LOGGED_OUT, reason: str = "logged out") -> None:
    """Kill one token and close its sockets."""
    AuthToken.objects.filter(pk=token.digest).delete()
    _bury([token.digest], code)
    publisher.close_sockets(token.user_id, code, reason, token.digest)


@transaction.atomic
def revoke_all_tokens(
    *, user: User, code: int = LOGGED_OUT, reason: str = "logged out", keep: str | None = None
) -> None:
    """Kill every token of a user but the one with digest `keep`, and close their sockets."""
    dead = AuthToken.objects.filter(user=user).exclude(digest=keep or "")
    digests = list(dead.values_list("digest", flat=True))
    dead.delete()
    _bury(digests, code)
    if keep is None:
        publisher.close_sockets(user.pk, code, reason)
        return
    for digest in digests:
        publisher.close_sockets(user.pk, code, reason, digest)


def bury_tokens(*, user: User, code: int) -> None:
    """Leave tombstones for a user's tokens without deleting them (a ban: they answer 403 until it is lifted)."""
    _bury(AuthToken.objects.filter(user=user).values_list("digest", flat=True), code)


def cache_session(*, token: AuthToken) -> bool:
    """Tell the gateways whose token this is. False when the token was revoked meanwhile (a tombstone is there)."""
    key = redis.channels().token(token.digest)
    text = msgspec.json.encode({**session_of(token.user), "expires": expires_ms(token)}).decode()
    seconds = _cache_seconds(token)
    if seconds <= 0:
        return False
    if redis.connect().set(key, text, ex=seconds, nx=True):
        return True
    return '"gone"' not in str(redis.connect().get(key))


def expires_ms(token: AuthToken) -> int | None:
    """When the token ends, ms since the epoch; None: never."""
    return None if token.expiry is None else int(token.expiry.timestamp() * 1000)


def session_of(user: User) -> dict[str, Any]:
    """What a gateway knows of a user."""
    return {
        "id": user.pk,
        "name": user.name,
        "account": user.account,
        "rating": user.rating,
        "language": user.language,
    }


def forget_sessions(*, user: User) -> None:
    """Drop what the gateways have cached of a user, so that the next check sees his new name; tombstones stay."""
    keys = [
        redis.channels().token(digest) for digest in AuthToken.objects.filter(user=user).values_list("pk", flat=True)
    ]
    if keys:
        publisher.after_commit(lambda: redis.connect().eval(_FORGET, len(keys), *keys))


def unbury_tokens(*, user: User) -> None:
    """Take the tombstones of a user's living tokens away (the ban is lifted)."""
    keys = [
        redis.channels().token(digest) for digest in AuthToken.objects.filter(user=user).values_list("pk", flat=True)
    ]
    if keys:
        publisher.after_commit(lambda: redis.connect().delete(*keys))


def _cache_seconds(token: AuthToken) -> int:
    if token.expiry is None:
        return CACHE_SECONDS_MAX
    return min(CACHE_SECONDS_MAX, int((token.expiry - timezone.now()).total_seconds()))


def _bury(digests: Iterable[str], code: int) -> None:
    keys = [redis.channels().token(digest) for digest in digests]
    if keys:
        publisher.after_commit(partial(_write_tombstones, keys, f'{{"gone":{code}}}'))


def _write_tombstones(keys: list[str], text: str) -> None:
    pipe = redis.connect().pipeline(transaction=False)
    for key in keys:
        pipe.set(key, text, ex=TOMBSTONE_SECONDS)
    pipe.execute()
