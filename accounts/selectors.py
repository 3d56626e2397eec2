"""Everything that reads accounts."""

from collections.abc import Sequence
from typing import Any

from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from accounts import redis
from accounts.models import User
from accounts.names import email_key
from wsgateway.wire import presence_keys

ID_DIGITS = 20  # of any 64-bit id
UID_MAX = 32  # characters of a `uid` in a reset link; a 64-bit id needs 26


def user_by_email(email: str) -> User | None:
    """The active user whose address it is (`Users.of_email`), in any case, or None."""
    user = User.objects.of_email(email_key(email))
    return user if user is not None and user.is_active else None


def reset_uid(user: User) -> str:
    """How a reset link names a user."""
    return urlsafe_base64_encode(force_bytes(user.pk))


def user_of_reset(uid: str) -> User | None:
    """The active user of a reset link, locked until the transaction ends; None when `uid` names nobody."""
    try:
        pk = int(urlsafe_base64_decode(uid[:UID_MAX]).decode("ascii"))
    except (ValueError, OverflowError):
        return None
    return User.objects.select_for_update().filter(pk=pk, is_active=True).first()


class OnlineUsers(Sequence[tuple[int, str]]):
    """(id, name) by name, made for those who are looked at: of twenty thousand a page shows a hundred."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        # one text for each to be sorted by: tuples take four times as long
        self._order = sorted(f"{name.casefold()}\0{user_id:>{ID_DIGITS}}" for user_id, name in names.items())

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self._entry(order) for order in self._order[at]]
        return self._entry(self._order[at])

    def _entry(self, order: str) -> tuple[int, str]:
        user_id = order[-ID_DIGITS:].lstrip()
        return int(user_id), self._names[user_id]


def online_users() -> OnlineUsers:
    """Everybody online now. From the hash that the gateways' presence keeps."""
    names: Any = redis.connect().hgetall(presence_keys.online(redis.channels().prefix))
    return OnlineUsers(names)
