"""Accounts' work that Celery does."""

import smtplib

from celery import shared_task

from accounts import mail
from accounts.errors import Undeliverable
from accounts.selectors import user_by_email

# A broker that is away must not hang the request: one more try, then the client is told.
QUEUE_RETRY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.1}


@shared_task(autoretry_for=(OSError, smtplib.SMTPException), retry_backoff=10, retry_backoff_max=300, max_retries=5)
def send_password_reset(email: str) -> None:
    """Mail a reset link to the user of the address, if there is one.

    Looked up here and not in the request, so that the request does the same for any address.
    """
    user = user_by_email(email)
    if user is not None:
        mail.send_reset_link(user)


def queue_password_reset(email: str) -> None:
    """Have the worker send a reset link. Raises `Undeliverable` when the broker is away."""
    try:
        send_password_reset.apply_async((email,), retry=True, retry_policy=QUEUE_RETRY, argsrepr="(address)")
    except send_password_reset.OperationalError as error:
        raise Undeliverable("the broker is away") from error
