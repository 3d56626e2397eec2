"""Mails to players, in their language. Every link is built from `PUBLIC_BASE_URL`."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.addresses import link_token
from accounts.limits import EMAIL_LINK_S
from accounts.models import User
from accounts.names import validate_name
from accounts.selectors import reset_uid


def page(path: str, **query: str) -> str:
    """The address of a page of ours."""
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}/{path}" + (f"?{urlencode(query)}" if query else "")


def reset_link(user: User) -> str:
    """The one-time link to set a new password; good for `PASSWORD_RESET_TIMEOUT` seconds."""
    return page("reset", uid=reset_uid(user), token=default_token_generator.make_token(user))


def send_reset_link(user: User) -> None:
    """Mail a reset link."""
    with override(user.language):
        note = _(
            "The link works once, for %(minutes)s minutes. If it wasn't you, do nothing: your password stays as it is."
        )
        _send(
            user,
            user.email,
            subject=_("A new password for Gamehub"),
            said=_("Somebody, probably you, asked for a new password at Gamehub. Set it here:"),
            link=reset_link(user),
            button=_("Set a new password"),
            note=note % {"minutes": settings.PASSWORD_RESET_TIMEOUT // 60},
        )


def send_confirmation_link(user: User, address: str) -> None:
    """Mail the link that makes an address the user's own."""
    with override(user.language):
        note = _("The link works once, for %(hours)s hours. If it wasn't you, do nothing: the account won't get it.")
        _send(
            user,
            address,
            subject=_("Confirm your address at Gamehub"),
            said=_("Somebody, probably you, gave this address for an account at Gamehub. Confirm that it is yours:"),
            link=page("confirm", token=link_token(user)),
            button=_("Confirm the address"),
            note=note % {"hours": EMAIL_LINK_S // 3600},
        )


def tell_of_attempt(owner: User) -> None:
    """Tell who has an address that somebody gave it for another account."""
    with override(owner.language):
        _send(
            owner,
            owner.email,
            subject=_("Somebody gave your address at Gamehub"),
            said=_("Somebody gave this address for another account at Gamehub. It stays yours, nothing has changed."),
            link=page("forgot"),
            button=_("Set a new password"),
            note=_("If it was you and you have forgotten your password, set a new one. If it wasn't you, do nothing."),
        )


def tell_of_asked_change(user: User) -> None:
    """Tell the present address that another one was asked for, while there is time to stop it."""
    with override(user.language):
        said = _("Somebody who knows your password asked to change the address of your account to %(address)s.")
        _send(
            user,
            user.email,
            subject=_("Your address at Gamehub is to change"),
            said=said % {"address": user.new_email},
            link=page("forgot"),
            button=_("Set a new password"),
            note=_("It changes when the link mailed there is opened. If it wasn't you, a new password stops it."),
        )


def tell_of_change(user: User, old: str) -> None:
    """Tell the former address that it no longer is the account's."""
    with override(user.language):
        said = _("The address of your account has changed to %(address)s. This mail is the last one to come here.")
        _send(
            user,
            old,
            subject=_("Your address at Gamehub has changed"),
            said=said % {"address": user.email},
            link=page("login"),
            button=_("Log in"),
            note=_("If it wasn't you, write to whoever runs this site."),
        )


def _send(user: User, to: str, *, subject: str, **parts: Any) -> None:
    """As text and as HTML."""
    context = {"greeting": _greeting(user), **parts}
    text, html = (render_to_string(f"accounts/mail/letter.{kind}", context) for kind in ("txt", "html"))
    mail = EmailMultiAlternatives(subject, text, to=[to])
    mail.attach_alternative(html, "text/html")
    mail.send()


def _greeting(user: User) -> str:
    """By name, unless it is an old one that mail programs would make a link of."""
    try:
        validate_name(user.name)
    except ValidationError:
        return _("Hello,")
    return _("Hello %(name)s,") % {"name": user.name}
