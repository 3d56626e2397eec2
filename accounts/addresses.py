"""Addresses of mail: asked for with the password, confirmed by the link that is mailed to them.

Nothing here tells whose an address is: what the request does and answers is the same for any, and the worker looks
(`accounts.tasks`). A link is good once, for the address that waits and the password of the moment it was made.
"""

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.credentials import check_old_password
from accounts.errors import BadLink, Taken, WrongPassword
from accounts.limits import EMAIL_LINK_S
from accounts.models import User
from accounts.names import email_key
from accounts.selectors import user_by_email

SALT = "accounts.addresses"


def ask_for_email(*, user: User, email: str, password: str) -> None:
    """Let the address wait for its link; one's own, not yet confirmed, gets its link again.

    Raises `WrongPassword`, `TooManyAttempts`.
    """
    try:
        check_old_password(user=user, password=password)
    except WrongPassword:
        raise WrongPassword(_("The password is wrong."), field="password") from None
    own = email_key(email) == user.email_key
    # the password that was checked is that of this very moment: no change of it slips in between
    now = User.objects.filter(pk=user.pk, password=user.password)
    if not now.update(new_email="" if own else email):
        raise WrongPassword(_("The password is wrong."), field="password")


def waiting_address(user: User) -> str:
    """The address that a link is to be mailed to; empty when none waits."""
    return user.new_email or ("" if user.email_confirmed else user.email)


def owner_of(address: str, *, but: User) -> User | None:
    """Another user who has confirmed the address."""
    owners = User.objects.filter(email_key=email_key(address), email_confirmed_at__isnull=False)
    return owners.exclude(pk=but.pk).first()


def link_token(user: User) -> str:
    """What the link of a mail carries. It names the user and nothing else; the address stays out of it."""
    return signing.dumps([user.pk, _stamp(user)], salt=SALT)


def confirm_email(*, token: str) -> tuple[User, str]:
    """The address that waited is the user's from now on; answers with the one it replaces, empty when there is none.

    Raises `BadLink`, or `Taken` when somebody else has confirmed the address meanwhile.
    """
    try:
        pk, stamp = signing.loads(token, salt=SALT, max_age=EMAIL_LINK_S)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadLink from None
    try:
        with transaction.atomic():
            return _confirm(pk, stamp)
    except IntegrityError:
        raise Taken({"email": _("This e-mail belongs to another account.")}) from None


def _confirm(pk: int, stamp: str) -> tuple[User, str]:
    user = User.objects.select_for_update().filter(pk=pk, is_active=True).first()
    if user is None or not constant_time_compare(stamp, _stamp(user)) or not waiting_address(user):
        raise BadLink
    old = user.email if user.new_email and is_reached(user) else ""
    user.email, user.new_email, user.email_confirmed_at = waiting_address(user), "", timezone.now()
    user.save(update_fields=["email", "new_email", "email_confirmed_at"])
    return user, old


def is_reached(user: User) -> bool:
    """Whether the address is this user's as far as we know: mail about the account may go there."""
    return bool(user.email) and user_by_email(user.email) == user


def _stamp(user: User) -> str:
    """Changes with whatever makes an older link worthless."""
    parts = (user.pk, user.password, user.email_key, user.email_confirmed_at, user.new_email)
    return salted_hmac(SALT, repr(parts), algorithm="sha256").hexdigest()[:32]
