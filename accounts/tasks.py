"""Accounts' work that Celery does.

Whose an address is, is looked up here and not in the request, so that the request does the same for any address.
"""

import smtplib
from typing import Any

from celery import shared_task
from django.core.cache import cache

from accounts import addresses, mail
from accounts.buckets import Bucket
from accounts.errors import Undeliverable
from accounts.limits import EMAIL_TOLD_S
from accounts.models import User
from accounts.names import email_key
from accounts.rates import rate_of
from accounts.selectors import user_by_email

# A broker that is away must not hang the request: one more try, then the client is told.
QUEUE_RETRY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.1}

_RETRY: dict[str, Any] = {
    "autoretry_for": (OSError, smtplib.SMTPException),
    "retry_backoff": 10,
    "retry_backoff_max": 300,
    "max_retries": 5,
}


@shared_task(**_RETRY)
def send_password_reset(email: str) -> None:
    """Mail a reset link to the user of the address, if there is one."""
    user = user_by_email(email)
    if user is not None:
        mail.send_reset_link(user)


@shared_task(**_RETRY)
def send_confirmation(user_id: int) -> None:
    """Mail the link that confirms the address which waits; if it is somebody else's, tell the owner instead."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    address = "" if user is None else addresses.waiting_address(user)
    if user is None or not address:
        return
    owner = addresses.owner_of(address, but=user)
    if owner is None and not Bucket("mailbox", email_key(address), rate_of("mailbox")).take():
        mail.send_confirmation_link(user, address)
    elif owner is not None:
        _tell_owner(owner)


@shared_task(**_RETRY)
def tell_of_asked_change(user_id: int) -> None:
    """Tell the address that an account has now that another one was asked for."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None and user.new_email and addresses.is_reached(user):
        mail.tell_of_asked_change(user)


@shared_task(**_RETRY)
def tell_of_change(user_id: int, old: str) -> None:
    """Tell the address that an account had until now."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        mail.tell_of_change(user, old)


def queue_password_reset(email: str) -> None:
    """Have the worker send a reset link. Raises `Undeliverable` when the broker is away."""
    _queue(send_password_reset, email)


def queue_confirmation(user: User) -> None:
    """Have the worker send the link to an address. Raises `Undeliverable`."""
    _queue(send_confirmation, user.pk)


def queue_asked_change(user: User) -> None:
    """Have the worker write to both addresses. Raises `Undeliverable`."""
    _queue(send_confirmation, user.pk)
    _queue(tell_of_asked_change, user.pk)


def queue_change(user: User, old: str) -> None:
    """Have the worker write to the old address. Raises `Undeliverable`."""
    if old:
        _queue(tell_of_change, user.pk, old)


def _tell_owner(owner: User) -> None:
    """Once a day: whoever tries again and again must not flood a mailbox."""
    key = f"email_told:{owner.pk}"
    if not cache.add(key, 1, EMAIL_TOLD_S):
        return
    try:
        mail.tell_of_attempt(owner)
    except BaseException:
        cache.delete(key)
        raise


def _queue(task: Any, *args: Any) -> None:
    try:
        task.apply_async(args, retry=True, retry_policy=QUEUE_RETRY, argsrepr="(not logged)")
    except task.OperationalError as error:
        raise Undeliverable("the broker is away") from error
