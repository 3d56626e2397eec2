"""Housekeeping that belongs to no app."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone
from knox.models import get_token_model


@shared_task
def delete_expired() -> None:
    """Delete tokens and operators' sessions that have expired. They are refused anyway; tables stay small."""
    get_token_model().objects.filter(expiry__lt=timezone.now()).delete()
    call_command("clearsessions")
