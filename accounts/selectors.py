"""Everything that reads accounts."""

from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from accounts import redis
from accounts.models import User
from accounts.names import email_key
from wsgateway.wire import presence_keys

UID_MAX = 32  # characters of a `uid` in a reset link; a 64-bit id needs 26


def user_by_email(email: str) -> User | None:
    """The active user of an address, in any case, or None."""
    return User.objects.filter(email_key=email_key(email), is_active=True).first()


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


def online_users() -> list[tuple[int, str]]:
    """Everybody online now as (id, name), by name. From the hash that the gateways' presence keeps."""
    names = redis.connect().hgetall(presence_keys.online(redis.channels().prefix))
    return sorted(
        ((int(user_id), str(name)) for user_id, name in names.items()), key=lambda entry: (entry[1].casefold(), entry)
    )
