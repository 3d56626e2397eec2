"""Bans, coins, ratings, operators."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import services
from accounts.authentication import token_digest
from accounts.models import LedgerEntry, User

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_ban_closes_the_sockets_and_shuts_the_doors(user, client, control, valkey):
    services.ban_user(user=user, reason="spam")
    user.refresh_from_db()
    assert (user.ban_reason, (timezone.now() - user.banned_at).total_seconds() < 10) == ("spam", True)
    assert control.messages() == [{"do": "close", "user": user.pk, "code": 4503, "reason": "banned"}]
    assert valkey.client().get(f"token:{token_digest(client.token)}") == '{"gone":4503}'
    response = client.get("/api/v1/profile")
    assert (response.status_code, response.json()["code"]) == (403, "banned")


@pytest.mark.django_db(transaction=True)
def test_unban_opens_the_doors_at_once(user, client, valkey):
    services.ban_user(user=user)
    services.unban_user(user=user)
    assert client.get("/internal/session").status_code == 200
    assert (user.is_banned, user.ban_reason) == (False, "")


def test_ban_twice_keeps_the_first_reason(user):
    services.ban_user(user=user, reason="first")
    services.ban_user(user=user, reason="second")
    assert user.ban_reason == "first"


def test_credit_account_once_per_key(user):
    done = [services.credit_account(user=user, amount=5, key="quiz:7:1", reason="won") for _ in range(3)]
    other = services.credit_account(user=user, amount=-2, key="quiz:8:1", reason="fee")
    assert (done, other, user.account) == ([True, False, False], True, 3)
    entries = list(LedgerEntry.objects.order_by("id").values_list("user", "amount", "reason", "key"))
    assert entries == [(user.pk, 5, "won", "quiz:7:1"), (user.pk, -2, "fee", "quiz:8:1")]


def test_set_rating(user):
    services.set_rating(user=user, rating=1623)
    assert User.objects.get().rating == 1623


def test_create_operator_is_idempotent(db, capsys):
    for password in ("correct horse 42", "other"):
        call_command("create_operator", name="Operator", password=password)
    user = User.objects.get()
    assert (user.name, user.is_staff, user.is_superuser) == ("Operator", True, True)
    assert user.check_password("correct horse 42")
    assert capsys.readouterr().out.splitlines() == ["Operator: made", "Operator: was there already"]


def test_create_operator_with_a_bad_name(db):
    with pytest.raises(CommandError, match="2 to 32"):
        call_command("create_operator", name="x", password="correct horse 42")
