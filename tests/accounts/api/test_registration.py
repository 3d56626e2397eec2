"""POST registration."""

from datetime import UTC, datetime

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.api.bodies import error, invalid, ok, own
from tests.factories import UserFactory

URL = "/api/v1/registration"
BODY = {"name": "bogdan", "password": "correct horse 42", "email": "bogdan@example.org"}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", [URL, f"{URL}/"])
def test_registration_makes_a_user(anonymous, url):
    response = anonymous.post(url, BODY)
    user = User.objects.get()
    assert (response.status_code, response.json()) == (201, ok(user=own(user)))
    assert user.check_password(BODY["password"])
    assert (user.name, user.is_staff, user.is_superuser) == ("bogdan", False, False)


def test_registration_stores_argon2(anonymous, settings):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[::-1]
    anonymous.post(URL, BODY)
    assert User.objects.get().password.startswith("argon2$argon2id$")


def test_registration_takes_the_language_of_the_request(anonymous):
    anonymous.post(URL, BODY, headers={"Accept-Language": "uk-UA,uk;q=0.9"})
    assert User.objects.get().language == "uk"


def test_registration_ignores_fields_that_are_not_the_players(anonymous):
    anonymous.post(URL, {**BODY, "is_staff": True, "account": 1000, "id": 7})
    user = User.objects.get()
    assert (user.is_staff, user.account) == (False, 0)


@pytest.mark.parametrize("name", ["Bogdan", "bоgdan", "ｂｏｇｄａｎ", "b0gdan"])
def test_registration_with_a_look_alike_name(anonymous, name):
    UserFactory(name="bogdan")
    response = anonymous.post(URL, {**BODY, "name": name})
    assert (response.status_code, response.json()) == (400, invalid(name=["This name is taken."]))


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("short", "This password is too short. It must contain at least 8 characters."),
        ("password1", "This password is too common."),
        ("8642097531", "This password is entirely numeric."),
        ("bogdan!!", "The password is too similar to the name."),
    ],
)
def test_registration_with_a_weak_password(anonymous, password, message):
    response = anonymous.post(URL, {**BODY, "password": password})
    assert response.status_code == 400
    assert message in response.json()["errors"]["password"]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "a\u202eb", "The name has characters that can't be seen."),
        ("name", " ab", "A name has no spaces at its ends and no two in a row."),
        ("name", "evil.example.com", "A name can't be a link."),
        ("name", "аdmin", "This name is kept for those who run the site."),
        ("name", "z\u0301\u0301\u0301\u0301a", "The name has too many marks above or below a letter."),
        ("name", "\u3164\u2800", "The name has characters that can't be seen."),
        ("name", "x", "A name has 2 to 32 characters."),
        ("name", "x" * 33, "A name has 2 to 32 characters."),
        ("name", 7, "Not a valid string."),
        ("name", None, "This field may not be null."),
        ("email", "nobody", "Enter a valid email address."),
        ("email", ["a@b.org"], "Enter a valid email address."),
        ("password", {"a": 1}, "Not a valid string."),
        ("password", "x" * 129, "Ensure this field has no more than 128 characters."),
        ("language", "fi", '"fi" is not a valid choice.'),
        ("language", True, '"True" is not a valid choice.'),
    ],
)
def test_registration_with_a_wrong_field(anonymous, field, value, message):
    response = anonymous.post(URL, {**BODY, field: value})
    assert (response.status_code, response.json()) == (400, invalid(**{field: [message]}))


def test_registration_without_fields(anonymous):
    missing = ["This field is required."]
    response = anonymous.post(URL, {})
    assert (response.status_code, response.json()) == (400, invalid(name=missing, password=missing, email=missing))


def test_registration_by_address_is_throttled(anonymous, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"registration": "2/hour"}}
    codes = [anonymous.post(URL, {**BODY, "email": f"{n}@example.org"}).status_code for n in range(2)]
    refused = anonymous.post(URL, BODY)
    assert codes == [201, 400]
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert (refused.json()["code"], refused.json()["status"]) == ("throttled", 1)
    elsewhere = anonymous.post(URL, {**BODY, "name": "other"}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 201


def test_registration_that_loses_a_race_is_told_so(anonymous, monkeypatch):
    """Two with one name, both past the look: the database refuses one, who hears what the other look would say."""
    from accounts import services

    looks = iter([lambda user: None, services._refuse_taken])
    monkeypatch.setattr(services, "_refuse_taken", lambda user: next(looks)(user))
    UserFactory(name="BOGDAN")
    response = anonymous.post(URL, BODY)
    assert (response.status_code, response.json()) == (400, invalid(name=["This name is taken."]))


def test_registration_with_a_get(anonymous):
    response = anonymous.get(URL)
    assert (response.status_code, response.json()) == (
        405,
        error("method_not_allowed", 'Method "GET" not allowed.'),
    )
    assert "POST" in response["Allow"]


def test_pub_of_a_hundred_gets_in_behind_one_router_within_ten_minutes():
    """All sign up and log in from one address; every other one is wrong at first, at both."""
    with time_machine.travel(datetime(2030, 1, 1, 20, tzinfo=UTC), tick=False) as clock:
        answers: list[int] = []
        for number in range(100):
            phone, body = APIClient(), {**BODY, "name": f"guest {number}", "email": f"guest{number}@example.org"}
            if number % 2:
                answers.append(phone.post(URL, {**body, "password": "12345678"}).status_code)
                answers.append(phone.post("/api/v1/login", {**body, "password": "x"}).status_code)
            answers.append(phone.post(URL, body).status_code)
            answers.append(phone.post("/api/v1/login", body).status_code)
            clock.shift(6)
    assert {status: answers.count(status) for status in answers} == {201: 100, 200: 100, 400: 50, 401: 50}
    assert User.objects.count() == 100


def test_flood_of_registrations_is_slowed_to_one_a_minute():
    with time_machine.travel(datetime(2030, 1, 1, 20, tzinfo=UTC), tick=False) as clock:
        flood = [APIClient().post(URL, {}) for _ in range(400)]
        statuses = [response.status_code for response in flood]
        assert (statuses.count(400), statuses.count(429), flood[-1]["Retry-After"]) == (300, 100, "60")
        clock.shift(60)
        assert [APIClient().post(URL, {}).status_code for _ in range(2)] == [400, 429]
        clock.shift(600)
        assert [APIClient().post(URL, {}).status_code for _ in range(11)] == [400] * 10 + [429]


def test_flood_from_one_64_is_one_address():
    statuses = [
        APIClient().post(URL, {}, REMOTE_ADDR=f"2001:db8:1:2:{number:x}::{number:x}").status_code
        for number in range(301)
    ]
    assert statuses == [400] * 300 + [429]


def test_others_hold_up_no_address_of_mail():
    """Whoever asks for somebody's address again and again uses up their own limit alone."""
    flood = {APIClient().post(URL, {**BODY, "name": "x"}, REMOTE_ADDR="10.0.0.1").status_code for _ in range(310)}
    assert flood == {400, 429}
    assert APIClient().post(URL, BODY, REMOTE_ADDR="10.0.0.2").status_code == 201
