"""GET /internal/session, and the token cache that the gateways read."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from knox.models import AuthToken

from accounts import services, tokens
from accounts.authentication import find_token, token_digest
from tests.accounts.api.bodies import error, ok

URL = "/internal/session"
pytestmark = pytest.mark.django_db(transaction=True)


def cached(valkey, client):
    text = valkey.client().get(f"token:{token_digest(client.token)}")
    return text and json.loads(text)


def session(user):
    return {"id": user.pk, "name": "bogdan", "account": 0, "rating": 1500, "language": "en"}


def test_session_answers_and_fills_the_cache(client, user, valkey):
    response = client.get(URL)
    expires = int(AuthToken.objects.get().expiry.timestamp() * 1000)
    assert (response.status_code, response.json()) == (200, ok(user=session(user), expires=expires))
    assert cached(valkey, client) == {**session(user), "expires": expires}
    assert 295 <= valkey.client().ttl(f"token:{token_digest(client.token)}") <= 300


def test_session_is_cached_no_longer_than_the_token_lives(client, valkey):
    end = timezone.now() + timedelta(seconds=20)
    AuthToken.objects.update(created=end - timedelta(days=90), expiry=end)  # as old as a token gets
    client.get(URL)
    assert 15 <= valkey.client().ttl(f"token:{token_digest(client.token)}") <= 20


def test_session_of_an_unknown_token(anonymous):
    response = anonymous.get(URL, headers={"Authorization": "Token " + "0" * 64})
    assert (response.status_code, response.json()) == (401, error("unauthorized", "Invalid token."))


def test_session_of_the_banned(client, user):
    services.ban_user(user=user)
    response = client.get(URL)
    assert (response.status_code, response.json()) == (403, error("banned", "This account is banned."))


def test_check_that_races_a_logout_does_not_bring_the_token_back(client, valkey):
    checked = find_token(client.token.encode())
    client.post("/api/v1/logout")
    assert tokens.cache_session(token=checked) is False
    assert cached(valkey, client) == {"gone": 4501}


def test_logout_overwrites_the_cached_session(client, valkey):
    client.get(URL)
    client.post("/api/v1/logout")
    assert cached(valkey, client) == {"gone": 4501}


def test_change_of_name_leaves_tombstones(client, user, valkey):
    key = f"token:{token_digest(client.token)}"
    valkey.client().set(key, '{"gone":4501}')
    services.update_profile(user=user, name="Newname")
    assert cached(valkey, client) == {"gone": 4501}


def test_session_is_not_in_the_schema(anonymous):
    schema = anonymous.get("/api/v1/schema?format=json").json()
    assert [path for path in schema["paths"] if "session" in path] == []


def test_publishing_waits_for_the_commit_and_is_dropped_on_rollback(user, control, client_of):
    from django.db import transaction

    client_of(user)
    with transaction.atomic():
        tokens.revoke_all_tokens(user=user)
        before = control.messages()
        transaction.set_rollback(True)
    assert before == []
    assert (control.messages(), AuthToken.objects.count()) == ([], 1)


@pytest.mark.parametrize(("used", "ends", "then_ends"), [(0.5, 30, 30), (2, 30, 32), (70, 75, 90), (85, 90, 90)])
def test_token_in_use_lives_on_for_a_quarter_at_most(client, used, ends, then_ends):
    """All in days after it was made; within a day nothing is written."""
    made = AuthToken.objects.get().created
    AuthToken.objects.update(expiry=made + timedelta(days=ends))
    with time_machine.travel(made + timedelta(days=used), tick=False):
        assert client.get(URL).status_code == 200
    assert AuthToken.objects.get().expiry == made + timedelta(days=then_ends)
