"""Everything that writes accounts: registration, profile, passwords, bans, coins.

Each function is one transaction; sockets and caches hear of it after the commit.
"""

from typing import Any

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
from accounts.errors import BadResetLink, Taken, WrongPassword
from accounts.models import LedgerEntry, User
from accounts.names import email_key, name_key
from accounts.publisher import close_sockets
from accounts.selectors import user_of_reset
from wsgateway.wire.close_codes import BANNED, LOGGED_OUT

PROFILE_FIELDS = frozenset({"name", "email", "language", "about"})


def register_user(*, name: str, password: str, email: str, language: str = "en") -> User:
    """A new player. Raises `Taken`, or Django's `ValidationError` ({"password": [...]}) for a weak password."""
    user = User(name=name, email=email, language=language)
    _refuse_taken(user)
    _refuse_weak(password, user)
    user.set_password(password)
    _save(user)
    return user


def log_in(*, user: User) -> tuple[AuthToken, str]:
    """A token for somebody whose password was right: its row, and the text that is shown once."""
    update_last_login(User, user)
    return tokens.issue_token(user=user)


def update_profile(*, user: User, **changes: Any) -> User:
    """Change name, email, language or about. Raises `Taken`; the gateways see a new name from the next connect on."""
    assert changes.keys() <= PROFILE_FIELDS
    for field, value in changes.items():
        setattr(user, field, value)
    _refuse_taken(user)
    with transaction.atomic():
        _save(user, update_fields=list(changes))
        tokens.forget_sessions(user=user)
    return user


@transaction.atomic
def change_password(*, user: User, old: str, new: str, keep: str | None = None) -> None:
    """Set a new password and kill every token but the one with digest `keep`.

    Raises `WrongPassword`, or Django's `ValidationError` for a weak password.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.check_password(old):
        raise WrongPassword(_("The old password is wrong."))
    _refuse_weak(new, user, field="new_password")
    _set_password(user, new, keep=keep)


@transaction.atomic
def reset_password(*, uid: str, token: str, password: str) -> User:
    """Set a new password by the link of a mail, once. Every token of the user is dead and every socket closed.

    Raises `BadResetLink`, or Django's `ValidationError` for a weak password (the link stays good then).
    """
    user = user_of_reset(uid)
    if user is None or not default_token_generator.check_token(user, token):
        raise BadResetLink(_("This link has been used or is too old. Ask for a new one."))
    _refuse_weak(password, user)
    _set_password(user, password)
    return user


@transaction.atomic
def ban_user(*, user: User, reason: str = "") -> None:
    """Shut a user out: his tokens answer 403 `banned`, his sockets close with 4503. Banning twice is one ban."""
    User.objects.filter(pk=user.pk, banned_at=None).update(banned_at=timezone.now(), ban_reason=reason)
    user.refresh_from_db(fields=["banned_at", "ban_reason"])
    tokens.bury_tokens(user=user, code=BANNED)
    close_sockets(user.pk, BANNED, "banned")


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


def _set_password(user: User, password: str, keep: str | None = None) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    tokens.revoke_all_tokens(user=user, code=LOGGED_OUT, reason="password changed", keep=keep)


def _refuse_taken(user: User) -> None:
    """Raises `Taken` when another user has the name or the address."""
    others = User.objects.exclude(pk=user.pk)
    fields = {}
    if others.filter(name_key=name_key(user.name)).exists():
        fields["name"] = _("This name is taken.")
    if user.email and others.filter(email_key=email_key(user.email)).exists():
        fields["email"] = _("This e-mail is taken.")
    if fields:
        raise Taken(fields)


def _save(user: User, **kwargs: Any) -> None:
    """Saves; two who take the same name in the same instant get `Taken` too."""
    try:
        with transaction.atomic():
            user.save(**kwargs)
    except IntegrityError:
        _refuse_taken(user)
        raise
