"""POST profile/email and its confirmation: with the password, the same for any address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import addresses, tasks
from accounts.models import User
from tests.accounts.api.bodies import error, invalid, ok, own
from tests.factories import PASSWORD, UserFactory

URL, CONFIRM, PROFILE = "/api/v1/profile/email", "/api/v1/profile/email/confirm", "/api/v1/profile"
NEW = "new@example.org"
BAD_LINK = error("bad_link", "This link has been used or is too old. Ask for a new one.")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued(monkeypatch):
    """What requests hand to Celery, by the task's last name; no worker runs in these tests."""
    calls = []
    for name in ("send_confirmation", "tell_of_asked_change", "tell_of_change"):
        task = getattr(tasks, name)
        monkeypatch.setattr(task, "apply_async", lambda args, name=name, **options: calls.append((name, *args)))
    return calls


def rates(settings, **scopes):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": scopes}


def confirm(user: User) -> User:
    addresses.confirm_email(token=addresses.link_token(user))
    user.refresh_from_db()
    return user


def test_change_is_the_same_for_any_address(client, user, queued):
    confirm(user)
    confirm(UserFactory(name="olga", email="olga@example.org"))
    UserFactory(name="gleb", email="gleb@example.org")
    answers = []
    for email in ("olga@example.org", "gleb@example.org", NEW):
        with CaptureQueriesContext(connection) as queries:
            response = client.post(URL, {"email": email, "password": PASSWORD})
        answers.append((response.status_code, response.json(), len(queries)))
        user.refresh_from_db()
        assert (user.email, user.new_email) == ("bogdan@example.org", email)
    assert answers == [(200, ok(), 2)] * 3
    assert queued == [("send_confirmation", user.pk), ("tell_of_asked_change", user.pk)] * 3
    assert client.get(PROFILE).json() == ok(user=own(user, email_confirmed=True, new_email=NEW))


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"email": NEW, "password": "wrong"}, {"password": ["The password is wrong."]}),
        ({"email": NEW}, {"password": ["This field is required."]}),
        ({"email": "nobody", "password": PASSWORD}, {"email": ["Enter a valid email address."]}),
    ],
)
def test_change_refused(client, user, queued, body, errors):
    response = client.post(URL, body)
    user.refresh_from_db()
    assert (response.status_code, response.json()) == (400, invalid(**errors))
    assert (user.new_email, queued) == ("", [])


def test_change_without_a_token(anonymous):
    assert anonymous.post(URL, {"email": NEW, "password": PASSWORD}).status_code == 401


def test_change_without_a_broker_says_so(client, monkeypatch):
    def refuse(*args, **options):
        raise tasks.send_confirmation.OperationalError("no broker")

    monkeypatch.setattr(tasks.send_confirmation, "apply_async", refuse)
    response = client.post(URL, {"email": NEW, "password": PASSWORD})
    assert (response.status_code, response.json()["code"], response["Retry-After"]) == (503, "degraded", "5")


def test_change_is_throttled_by_user(client, client_of, settings):
    rates(settings, email="2/hour")
    other = client_of(UserFactory())
    mine = [client.post(URL, {"email": NEW, "password": PASSWORD}).status_code for _ in range(3)]
    theirs = other.post(URL, {"email": NEW, "password": PASSWORD}).status_code
    assert (mine, theirs) == ([200, 200, 429], 200)


def test_guesses_of_the_password_count_with_those_of_the_old_one(client, settings):
    rates(settings, email="100/hour")
    guesses = [client.post(URL, {"email": NEW, "password": "wrong"}).status_code for _ in range(10)]
    right = client.post(URL, {"email": NEW, "password": PASSWORD}).status_code
    other = client.post(
        "/api/v1/profile/password", {"old_password": PASSWORD, "new_password": "another horse 43"}
    ).status_code
    assert (guesses, right, other) == ([400] * 10, 429, 429)


def test_confirmation_by_the_link(anonymous, client, user, queued):
    confirm(user)
    client.post(URL, {"email": NEW, "password": PASSWORD})
    user.refresh_from_db()
    token = addresses.link_token(user)
    first = anonymous.post(CONFIRM, {"token": token})
    second = anonymous.post(CONFIRM, {"token": token})
    assert (first.status_code, first.json()) == (200, ok())
    assert (second.status_code, second.json()) == (400, BAD_LINK)
    assert queued[2:] == [("tell_of_change", user.pk, "bogdan@example.org")]
    user.refresh_from_db()
    assert client.get(PROFILE).json() == ok(user=own(user, email=NEW, email_confirmed=True, new_email=""))


@pytest.mark.parametrize("token", ["x", "é", "x" * 200])
def test_confirmation_with_a_forged_link(anonymous, token):
    response = anonymous.post(CONFIRM, {"token": token})
    assert (response.status_code, response.json()) == (400, BAD_LINK)


def test_confirmation_of_what_somebody_else_has_confirmed(anonymous, user):
    token = addresses.link_token(user)
    confirm(UserFactory(name="olga", email=user.email))
    response = anonymous.post(CONFIRM, {"token": token})
    assert (response.status_code, response.json()) == (400, invalid(email=["This e-mail belongs to another account."]))


def test_confirmation_is_throttled_by_address(anonymous, settings):
    rates(settings, email_confirm="2/hour")
    statuses = [anonymous.post(CONFIRM, {"token": "x"}).status_code for _ in range(3)]
    elsewhere = anonymous.post(CONFIRM, {"token": "x"}, REMOTE_ADDR="10.0.0.9")
    assert (statuses, elsewhere.status_code) == ([400, 400, 429], 400)


@pytest.mark.parametrize("email", ["olga@example.org", "nobody@example.org", "bogdan@example.org", None, 7])
def test_profile_takes_no_email_and_says_where(client, user, email):
    confirm(UserFactory(name="olga", email="olga@example.org"))
    response = client.patch(PROFILE, {"email": email, "about": "x"})
    expected = invalid(email=["Change it by POST profile/email, with the password."])
    assert (response.status_code, response.json()) == (400, expected)
    user.refresh_from_db()
    assert (user.email, user.about) == ("bogdan@example.org", "")


@pytest.mark.parametrize("email", ["olga@example.org", "OLGA@example.org", "gleb@example.org", "nobody@example.org"])
def test_registration_is_the_same_for_any_address(anonymous, queued, email):
    confirm(UserFactory(name="olga", email="olga@example.org"))
    UserFactory(name="gleb", email="gleb@example.org")
    with CaptureQueriesContext(connection) as queries:
        response = anonymous.post("/api/v1/registration", {"name": "vera", "password": PASSWORD, "email": email})
    vera = User.objects.get(name="vera")
    assert (response.status_code, response.json()) == (201, ok(user=own(vera, email=email)))
    assert queued == [("send_confirmation", vera.pk)]
    assert [query["sql"] for query in queries if "email_key" in query["sql"].partition("WHERE")[2]] == []


def test_registration_works_without_a_broker(anonymous, monkeypatch):
    def refuse(*args, **options):
        raise tasks.send_confirmation.OperationalError("no broker")

    monkeypatch.setattr(tasks.send_confirmation, "apply_async", refuse)
    body = {"name": "vera", "password": PASSWORD, "email": NEW}
    assert anonymous.post("/api/v1/registration", body).status_code == 201


def log_in(anonymous, name: str) -> int:
    return anonymous.post("/api/v1/login", {"name": name, "password": PASSWORD}).status_code


def test_login_by_an_address_that_two_have_is_whose_confirmed_it(anonymous, user):
    assert log_in(anonymous, user.email) == 200
    other = UserFactory(name="olga", email=user.email)
    assert log_in(anonymous, user.email) == 401
    confirm(other)
    response = anonymous.post("/api/v1/login", {"name": user.email, "password": PASSWORD})
    assert (response.status_code, response.json()["user"]["id"]) == (200, other.pk)
    assert log_in(anonymous, user.name) == 200


def test_reset_goes_to_whose_confirmed_the_address(user, mailoutbox):
    other = UserFactory(name="olga", email=user.email)
    tasks.send_password_reset(user.email)
    assert mailoutbox == []
    confirm(other)
    tasks.send_password_reset(user.email)
    assert ["Hello olga," in mail.body for mail in mailoutbox] == [True]
