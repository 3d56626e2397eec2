"""Operators' pages."""

import pytest
from django.test import Client
from knox.models import AuthToken

from accounts import hashers
from accounts.authentication import token_digest
from accounts.models import LedgerEntry, User
from accounts.services import ban_user, create_operator, credit_account
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
USERS = "/admin/accounts/user/"


@pytest.fixture
def operator(db) -> User:
    return create_operator(name="operator", password="correct horse 42")[0]


@pytest.fixture
def site(operator) -> Client:
    client = Client()
    client.force_login(operator, backend="accounts.backends.AccountBackend")
    return client


def test_operator_logs_in_by_any_spelling(operator):
    site = Client()
    response = site.post("/admin/login/", {"username": "OPERATOR", "password": "correct horse 42", "next": "/admin/"})
    assert (response.status_code, response["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("page", [
    USERS, f"{USERS}?q=bog", f"{USERS}?banned=yes", f"{USERS}add/", "/admin/accounts/ledgerentry/",
    "/admin/knox/authtoken/", "/admin/axes/accessattempt/",
])  # fmt: skip
def test_page_opens(site, user, client, page):
    credit_account(user=user, amount=5, key="k", reason="won")
    assert site.get(page).status_code == 200


def test_page_of_a_user_opens(site, user):
    assert site.get(f"{USERS}{user.pk}/change/").status_code == 200


def test_page_of_a_token_shows_no_secret(site, user, client):
    digest = token_digest(client.token)
    listed = site.get("/admin/knox/authtoken/").content.decode()
    assert ("bogdan" in listed, client.token in listed) == (True, False)
    page = site.get(f"/admin/knox/authtoken/{digest}/change/").content.decode()
    assert client.token[:15] not in page


def test_ban_asks_first_and_then_closes_sockets(site, user, client, control):
    chosen = {"action": "ban", "_selected_action": [user.pk]}
    asked = site.post(USERS, chosen)
    user.refresh_from_db()
    assert (asked.status_code, "bogdan" in asked.content.decode(), user.is_banned) == (200, True, False)
    site.post(USERS, {**chosen, "confirmed": "yes", "reason": "spam"})
    user.refresh_from_db()
    assert (user.is_banned, user.ban_reason) == (True, "spam")
    assert control.messages() == [{"do": "close", "user": user.pk, "code": 4503, "reason": "banned"}]
    assert client.get("/api/v1/profile").status_code == 403


def test_ban_from_the_users_page_asks_first(site, user):
    url = f"{USERS}{user.pk}/ban-one"
    found = [link for link in (url, url + "/", f"{USERS}{user.pk}/ban_one/") if site.get(link).status_code == 200]
    user.refresh_from_db()
    assert (len(found) > 0, user.is_banned) == (True, False)
    site.post(found[0], {"confirmed": "yes", "reason": ""})
    user.refresh_from_db()
    assert user.is_banned


def test_unban(site, user, client):
    ban_user(user=user)
    site.post(USERS, {"action": "unban", "_selected_action": [user.pk]})
    assert client.get("/api/v1/profile").status_code == 200


def test_operator_does_not_ban_himself(site, operator):
    site.post(USERS, {"action": "ban", "_selected_action": [operator.pk], "confirmed": "yes", "reason": ""})
    operator.refresh_from_db()
    assert not operator.is_banned


def test_banned_operator_is_out_of_the_site(site, operator):
    ban_user(user=operator)
    assert site.get(USERS).status_code == 302


def test_user_made_by_an_operator(site):
    fields = {
        "name": "Новый",
        "email": "",
        "language": "ru",
        "password1": "correct horse 42",
        "password2": "correct horse 42",
    }
    assert site.post(f"{USERS}add/", fields).status_code == 302
    assert User.objects.get(name="Новый").check_password("correct horse 42")


def test_user_with_a_look_alike_name_is_refused(site, user):
    fields = {
        "name": "bоgdan",
        "email": "",
        "language": "ru",
        "password1": "correct horse 42",
        "password2": "correct horse 42",
    }
    response = site.post(f"{USERS}add/", fields)
    assert (response.status_code, "This name is taken." in response.content.decode()) == (200, True)


def test_password_set_by_an_operator_kills_the_tokens(site, user, client, control):
    passwords = {"password1": "another horse 43", "password2": "another horse 43"}
    site.post(f"{USERS}{user.pk}/password/", passwords)
    user.refresh_from_db()
    assert user.check_password("another horse 43")
    assert control.messages() == [{"do": "close", "user": user.pk, "code": 4501, "reason": "password changed"}]


def test_token_deleted_by_an_operator_closes_its_sockets(site, user, client, control):
    digest = token_digest(client.token)
    site.post("/admin/knox/authtoken/", {"action": "delete_selected", "_selected_action": [digest], "post": "yes"})
    assert not AuthToken.objects.exists()
    closed = {"do": "close", "user": user.pk, "code": 4501, "reason": "logged out", "digest": digest}
    assert control.messages() == [closed]


def test_user_deleted_by_an_operator_is_thrown_out(site, user, client, control):
    site.post(f"{USERS}{user.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(name="bogdan").exists()
    assert [message["code"] for message in control.messages()] == [4501]


def test_ledger_is_read_only(site, user):
    credit_account(user=user, amount=5, key="k", reason="won")
    entry = LedgerEntry.objects.get()
    statuses = [
        site.post(f"/admin/accounts/ledgerentry/{path}").status_code for path in ("add/", f"{entry.pk}/delete/")
    ]
    assert (statuses, site.get(f"/admin/accounts/ledgerentry/{entry.pk}/change/").status_code) == ([403, 403], 200)


def test_search_finds_look_alikes(site):
    UserFactory(name="Богдан")
    assert "Богдан" in site.get(f"{USERS}?q=Богдан").content.decode()


def own_password(site: Client, old: str):
    new = "another horse 43"
    return site.post("/admin/password_change/", {"old_password": old, "new_password1": new, "new_password2": new})


def test_operator_s_own_new_password_kills_their_tokens_and_keeps_the_session(site, operator, client_of):
    device = client_of(operator)
    assert own_password(site, "correct horse 42").status_code == 302
    assert (device.get("/api/v1/profile").status_code, site.get("/admin/").status_code) == (401, 200)


def test_operator_s_guesses_of_the_old_password_count(site, operator):
    pages = [own_password(site, "x").content.decode() for _ in range(11)]
    told = ["The old password is wrong." in page for page in pages]
    assert (told, "Too many attempts." in pages[-1]) == ([True] * 10 + [False], True)
    assert "Too many attempts." in own_password(site, "correct horse 42").content.decode()


def test_page_that_hashes_says_when_it_is_busy(site, user, monkeypatch, settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2InTurns", *settings.PASSWORD_HASHERS]
    monkeypatch.setattr(hashers, "TURNS", hashers.Turns(1, 0, 10))
    passwords = {"password1": "another horse 43", "password2": "another horse 43"}
    with hashers.TURNS.turn():
        response = site.post(f"{USERS}{user.pk}/password/", passwords)
    assert (response.status_code, response["Retry-After"]) == (503, "2")
