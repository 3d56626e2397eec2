"""What can go wrong in accounts' services. The API turns these into answers, the admin into messages.

AccountsError
    Taken            the name or address belongs to somebody else; `.fields` says which
    WrongPassword    the password that one has now is not this
    WrongCredentials name and password do not let anybody in
    Banned           they do, but an operator has shut this account out
    Later            not now, but in `.retry_after_s` seconds
        TooManyAttempts  too often, from one address or for one account
        LockedOut        axes: too many wrong passwords for this name from this address
        Busy             too many passwords are being hashed
    BadLink          the link of a mail is used, too old, or never was one
    BadImage         the avatar can't be used
    TooManyPictures  others are being drawn; again in a few seconds
    Undeliverable    mail can't be queued now
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

# ruff: noqa: N818 - `raise Taken` says it


class AccountsError(Exception):
    """Base. `message` is for people, translated when shown."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


class Taken(AccountsError):
    """A name or address that is somebody else's: `fields` is `{"name": message}`, `{"email": ...}` or both."""

    def __init__(self, fields: dict[str, Any]) -> None:
        super().__init__(next(iter(fields.values())))
        self.fields = fields


class WrongPassword(AccountsError):
    """The password that one has now is not this; `field` is where it was given."""

    def __init__(self, message: Any, field: str = "old_password") -> None:
        super().__init__(message)
        self.field = field


class WrongCredentials(AccountsError):
    """Name and password do not let anybody in."""


class Banned(AccountsError):
    """An operator has shut this account out."""


class Later(AccountsError):
    """Not now: `retry_after_s` says when."""

    said: Any = ""

    def __init__(self, *, retry_after_s: int) -> None:
        super().__init__(self.said)
        self.retry_after_s = retry_after_s


class TooManyAttempts(Later):
    """Too often, from one address or for one account."""

    said = _("Too many attempts. Try again in a moment.")


class LockedOut(Later):
    """axes: too many wrong passwords for this name from this address."""

    said = _("Too many wrong passwords. Try later.")


class Busy(Later):
    """Too many passwords are being hashed."""

    said = _("Too many people are logging in right now. Try again in a moment.")


class BadLink(AccountsError):
    """The link is used, too old, or never was one."""

    def __init__(self) -> None:
        super().__init__(_("This link has been used or is too old. Ask for a new one."))


class BadImage(AccountsError):
    """The upload is no picture we take."""


class TooManyPictures(AccountsError):
    """Others are being drawn; again in a few seconds."""


class Undeliverable(AccountsError):
    """The broker is away, so that no mail can be sent."""
