"""Mails to players, in their language. Every link is built from `PUBLIC_BASE_URL`."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.selectors import reset_uid


def reset_link(user: User) -> str:
    """The one-time link to set a new password; good for `PASSWORD_RESET_TIMEOUT` seconds."""
    query = urlencode({"uid": reset_uid(user), "token": default_token_generator.make_token(user)})
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}/reset?{query}"


def send_reset_link(user: User) -> None:
    """Mail a reset link, as text and as HTML."""
    with override(user.language):
        context = {"user": user, "link": reset_link(user), "minutes": settings.PASSWORD_RESET_TIMEOUT // 60}
        text, html = (render_to_string(f"accounts/mail/reset.{kind}", context) for kind in ("txt", "html"))
        mail = EmailMultiAlternatives(_("A new password for Gamehub"), text, to=[user.email])
    mail.attach_alternative(html, "text/html")
    mail.send()
