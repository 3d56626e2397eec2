"""Everything that writes accounts: registration, profile, passwords, bans, coins.

Each function is one transaction; sockets and caches hear of it after the commit.
"""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import update_last_login
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from accounts import tokens
from accounts.credentials import check_old_password
from accounts.errors import BadLink, Taken, WrongCredentials, WrongPassword
from accounts.models import LedgerEntry, User
from accounts.names import name_key
from accounts.publisher import close_sockets
from accounts.selectors import user_of_reset
from accounts.signals import user_banned
from wsgateway.wire.close_codes import BANNED, LOGGED_OUT

PROFILE_FIELDS = frozenset({"name", "language", "about"})


def register_user(*, name: str, password: str, email: str, language: str = "en") -> User:
    """A new player, the address not yet confirmed. It may be anybody's: that is never told here.

    Raises `Taken`, or Django's `ValidationError` ({"password": [...]}) for a weak password.
    """
    user = User(name=name, email=email, language=language)
    _refuse_taken(user)
    _refuse_weak(password, user)
    user.set_password(password)
    _save(user)
    return user


@transaction.atomic
def log_in(*, user: User, password: str) -> tuple[AuthToken, str]:
    """A token for somebody whose password was right a moment ago: its row, and the text that is shown once.

    Looked at again under the row's lock: a change of the password kills the tokens that are there, and so must stop
    this one, which is not there yet. Raises `WrongCredentials`.
    """
    now = User.objects.select_for_update().filter(pk=user.pk, is_active=True, banned_at=None).first()
    # the same text is the same password; another may be the same password hashed anew by a login beside this one
    if now is None or (now.password != user.password and not now.check_password(password)):
        raise WrongCredentials(_("Name or password is wrong."))
    update_last_login(User, now)
    return tokens.issue_token(user=now)


@transaction.atomic
def log_out_everywhere(*, user: User) -> None:
    """Kill every token, close every socket, end every session of the operators' site."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    tokens.revoke_all_tokens(user=user)


def update_profile(*, user: User, **changes: Any) -> User:
    """Change name, language or about. Raises `Taken`; the gateways see a new name from the next connect on."""
    assert changes.keys() <= PROFILE_FIELDS
    for field, value in changes.items():
        setattr(user, field, value)
    _refuse_taken(user)
    with transaction.atomic():
        _save(user, update_fields=list(changes))
        tokens.forget_sessions(user=user)
    return user


def change_password(*, user: User, old: str, new: str, keep: str | None = None) -> None:
    """Set a new password and kill every token but the one with digest `keep`.

    Raises `WrongPassword` (a wrong old password counts, by account: `TooManyAttempts`), or Django's `ValidationError`
    for a weak password.
    """
    seen = User.objects.get(pk=user.pk)
    check_old_password(user=seen, password=old)
    _refuse_weak(new, seen, field="new_password")
    hashed = make_password(new)  # before the lock: it takes its time, and its turn
    with transaction.atomic():
        now = User.objects.select_for_update().get(pk=user.pk)
        if now.password != seen.password:
            raise WrongPassword(_("The old password is wrong."))
        _set_password(now, hashed, keep=keep)


def reset_password(*, uid: str, token: str, password: str) -> User:
    """Set a new password by the link of a mail, once. Every token of the user is dead and every socket closed.

    Raises `BadLink`, or Django's `ValidationError` for a weak password (the link stays good then).
    """
    _refuse_weak(password, _user_of_link(uid, token))
    hashed = make_password(password)  # before the lock: it takes its time, and its turn
    with transaction.atomic():
        user = _user_of_link(uid, token)
        _set_password(user, hashed)
    return user


@transaction.atomic
def ban_user(*, user: User, reason: str = "") -> None:
    """Shut a user out: their tokens answer 403 `banned`, their sockets close with 4503, their seats are free.

    Banning twice is one ban.
    """
    User.objects.filter(pk=user.pk, banned_at=None).update(banned_at=timezone.now(), ban_reason=reason)
    user.refresh_from_db(fields=["banned_at", "ban_reason"])
    tokens.bury_tokens(user=user, code=BANNED)
    close_sockets(user.pk, BANNED, "banned")
    user_banned.send(sender=User, user=user)


@transaction.atomic
def unban_user(*, user: User) -> None:
    """Let a user in again; the tokens he had work again."""
    User.objects.filter(pk=user.pk).update(banned_at=None, ban_reason="")
    user.refresh_from_db(fields=["banned_at", "ban_reason"])
    tokens.unbury_tokens(user=user)


@transaction.atomic
def credit_account(*, user: User, amount: int, key: str, reason: str) -> bool:
    """Move `amount` coins to a user's account (from it when negative), once per `key`. False: done before."""
    values = {"user": user, "amount": amount, "reason": reason}
    _entry, created = LedgerEntry.objects.get_or_create(key=key, defaults=values)
    if created:
        User.objects.filter(pk=user.pk).update(account=F("account") + amount)
        user.refresh_from_db(fields=["account"])
    return created


def set_rating(*, user: User, rating: int) -> None:
    """Write the rating that a recorded game left."""
    User.objects.filter(pk=user.pk).update(rating=rating)
    user.rating = rating


@transaction.atomic
def create_operator(*, name: str, password: str, email: str = "") -> tuple[User, bool]:
    """The operator of that name with every right, and whether he is new. Of one who exists only the rights are set."""
    user = User.objects.filter(name_key=name_key(name)).first()
    if user is None:
        return User.objects.create_superuser(name, password, email), True
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True, is_active=True)
    return user, False


def _refuse_weak(password: str, user: User, field: str = "password") -> None:
    """Raises `ValidationError` under the field's name."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise ValidationError({field: weak.messages}) from None


@transaction.atomic
def _user_of_link(uid: str, token: str) -> User:
    """Locked until the transaction ends. Raises `BadLink`."""
    user = user_of_reset(uid)
    if user is None or not default_token_generator.check_token(user, token):
        raise BadLink
    return user


def _set_password(user: User, hashed: str, keep: str | None = None) -> None:
    user.password = hashed
    user.save(update_fields=["password"])
    tokens.revoke_all_tokens(user=user, code=LOGGED_OUT, reason="password changed", keep=keep)


def _refuse_taken(user: User) -> None:
    """Raises `Taken` when another user has the name."""
    if User.objects.exclude(pk=user.pk).filter(name_key=name_key(user.name)).exists():
        raise Taken({"name": _("This name is taken.")})


def _save(user: User, **kwargs: Any) -> None:
    """Saves; two who take the same name in the same instant get `Taken` too."""
    try:
        with transaction.atomic():
            user.save(**kwargs)
    except IntegrityError:
        _refuse_taken(user)
        raise
