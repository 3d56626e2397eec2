"""Addresses under /internal/, for our own gateways only."""

from django.urls import path

from accounts.api.session import Session

urlpatterns = [path("session", Session.as_view(), name="internal-session")]
