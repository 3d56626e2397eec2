"""POST login, logout and logout-all."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import hashers
from knox.models import AuthToken

from accounts.authentication import token_digest
from accounts.services import ban_user
from accounts.tokens import TOKENS_PER_USER_MAX
from tests.accounts.api.bodies import error, ok, own
from tests.factories import PASSWORD

URL = "/api/v1/login"
WRONG = error("wrong_credentials", "Name or password is wrong.")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["bogdan", "BOGDAN", "bоgdan", "bogdan@example.org", "Bogdan@Example.ORG"])
def test_login_by_name_or_email(anonymous, user, typed):
    now = datetime(2030, 1, 1, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        response = anonymous.post(URL, {"name": typed, "password": PASSWORD})
    token = response.json().get("token")
    expected = ok(token=token, expiry=(now + timedelta(days=30)).isoformat().replace("+00:00", "Z"), user=own(user))
    assert (response.status_code, response.json()) == (200, expected)
    assert AuthToken.objects.get().digest == token_digest(token)


def test_login_token_opens_the_profile(anonymous, user):
    token = anonymous.post(URL, {"name": "bogdan", "password": PASSWORD}).json()["token"]
    response = anonymous.get("/api/v1/profile", headers={"Authorization": f"Token {token}"})
    assert (response.status_code, response.json()) == (200, ok(user=own(user)))


@pytest.mark.parametrize("name", ["bogdan", "nobody", "nobody@example.org", "\u202e", "x" * 254])
def test_login_with_wrong_credentials(anonymous, user, name):
    response = anonymous.post(URL, {"name": name, "password": "wrong"})
    assert (response.status_code, response.json(), response["WWW-Authenticate"]) == (401, WRONG, "Token")


@pytest.mark.parametrize("name", ["bogdan", "nobody"])
def test_login_hashes_once_known_or_not(anonymous, user, name, monkeypatch):
    hashed: list[object] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def encode_and_count(self, *args):
        hashed.append(args)
        return encode(self, *args)

    monkeypatch.setattr(hasher, "encode", encode_and_count)
    anonymous.post(URL, {"name": name, "password": "wrong"})
    assert len(hashed) == 1


def test_login_of_the_banned_is_told_only_with_the_password(anonymous, user):
    ban_user(user=user)
    right = anonymous.post(URL, {"name": "bogdan", "password": PASSWORD})
    wrong = anonymous.post(URL, {"name": "bogdan", "password": "wrong"})
    assert (right.status_code, right.json()) == (403, error("banned", "This account is banned."))
    assert (wrong.status_code, wrong.json()) == (401, WRONG)


def test_login_of_an_inactive_user(anonymous, user):
    user.is_active = False
    user.save()
    response = anonymous.post(URL, {"name": "bogdan", "password": PASSWORD})
    assert (response.status_code, response.json()) == (401, WRONG)


def rates(settings, rate):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"login": rate}}


def test_login_by_address_is_throttled(anonymous, user, settings):
    rates(settings, "2/hour")
    codes = [anonymous.post(URL, {"name": f"n{n}", "password": "x"}).status_code for n in range(3)]
    assert codes == [401, 401, 429]
    assert anonymous.post(URL, {"name": "n4", "password": "x"}, REMOTE_ADDR="10.0.0.9").status_code == 401


def test_login_by_account_is_throttled_in_any_spelling(anonymous, user, settings):
    rates(settings, "2/hour")
    spellings = ["bogdan", "BOGDAN", "bоgdan"]
    codes = [
        anonymous.post(URL, {"name": name, "password": "x"}, REMOTE_ADDR=f"10.0.0.{n}").status_code
        for n, name in enumerate(spellings)
    ]
    assert codes == [401, 401, 429]


def test_login_throttle_ends_with_its_window(anonymous, user, settings):
    rates(settings, "1/hour")
    with time_machine.travel(datetime(2030, 1, 1, 10, 59, 50, tzinfo=UTC), tick=False) as clock:
        first = anonymous.post(URL, {"name": "bogdan", "password": PASSWORD})
        second = anonymous.post(URL, {"name": "bogdan", "password": PASSWORD})
        clock.shift(10)
        third = anonymous.post(URL, {"name": "bogdan", "password": PASSWORD})
    assert [r.status_code for r in (first, second, third)] == [200, 429, 200]
    assert second["Retry-After"] == "10"


def test_login_is_locked_after_ten_wrong_passwords(anonymous, user, settings):
    rates(settings, "100/hour")
    codes = [anonymous.post(URL, {"name": "Bogdan", "password": "x"}).status_code for _ in range(10)]
    locked = anonymous.post(URL, {"name": "bogdan", "password": PASSWORD})
    elsewhere = anonymous.post(URL, {"name": "bogdan", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9")
    assert codes == [401] * 9 + [429]
    assert (locked.status_code, locked.json()) == (429, error("locked_out", "Too many wrong passwords. Try later."))
    assert (locked["Retry-After"], elsewhere.status_code) == ("900", 200)


def test_login_beyond_the_limit_ends_the_oldest_token(anonymous, user, settings, client_of, valkey):
    rates(settings, "100/hour")
    oldest = client_of(user)
    rest = [client_of(user) for _ in range(TOKENS_PER_USER_MAX - 1)]
    anonymous.post(URL, {"name": "bogdan", "password": PASSWORD})
    assert (oldest.get("/api/v1/profile").status_code, rest[0].get("/api/v1/profile").status_code) == (401, 200)
    assert AuthToken.objects.count() == TOKENS_PER_USER_MAX


@pytest.mark.django_db(transaction=True)
def test_logout_kills_the_token_and_its_sockets(client, client_of, user, control, valkey):
    other = client_of(user)
    response = client.post("/api/v1/logout")
    digest = token_digest(client.token)
    assert (response.status_code, response.json()) == (200, ok())
    closed = {"do": "close", "user": user.pk, "code": 4501, "reason": "logged out", "digest": digest}
    assert control.messages() == [closed]
    assert json.loads(valkey.client().get(f"token:{digest}")) == {"gone": 4501}
    assert 0 < valkey.client().ttl(f"token:{digest}") <= 60
    assert (client.get("/api/v1/profile").status_code, other.get("/api/v1/profile").status_code) == (401, 200)


@pytest.mark.django_db(transaction=True)
def test_logout_all_kills_every_token(client, client_of, user, control, valkey):
    other = client_of(user)
    response = client.post("/api/v1/logout-all/")
    assert (response.status_code, response.json()) == (200, ok())
    assert control.messages() == [{"do": "close", "user": user.pk, "code": 4501, "reason": "logged out"}]
    tombstones = [valkey.client().get(f"token:{token_digest(device.token)}") for device in (client, other)]
    assert tombstones == ['{"gone":4501}'] * 2
    assert [device.get("/api/v1/profile").status_code for device in (client, other)] == [401, 401]
