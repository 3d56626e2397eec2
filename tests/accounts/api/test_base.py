"""What holds on every door: envelopes, headers, bad input."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken
from rest_framework.throttling import BaseThrottle

from accounts.api.base import PublicView
from tests.accounts.api.bodies import error, ok, own

PROFILE = "/api/v1/profile"
DOORS = [
    "registration", "login", "profile/password", "password-reset", "password-reset/confirm",
]  # fmt: skip
pytestmark = pytest.mark.django_db
NO_OBJECT = "Invalid data. Expected a dictionary, but got {}."


def test_profile_without_a_token(anonymous):
    response = anonymous.get(PROFILE)
    expected = error("unauthorized", "Authentication credentials were not provided.")
    assert (response.status_code, response.json(), response["WWW-Authenticate"]) == (401, expected, "Token")


@pytest.mark.parametrize(
    "header", ["Token", "Token x", "Token a b", "Token " + "0" * 64, "Token " + "0" * 9999, "token \x7f", "Token é"]
)
def test_profile_with_a_bad_token(anonymous, header):
    response = anonymous.get(PROFILE, headers={"Authorization": header})
    assert response.status_code in (400, 401)
    assert response.json()["code"] in ("bad_request", "unauthorized")


def test_profile_with_a_token_that_is_not_utf8(user):
    from accounts.authentication import find_token

    assert find_token(b"\xff\xfe") is None


@pytest.mark.parametrize("header", ["Bearer x", "Basic eDp5", "Tokenx y"])
def test_profile_with_another_scheme(anonymous, header):
    assert anonymous.get(PROFILE, headers={"Authorization": header}).status_code == 401


def test_profile_with_an_expired_token(client, user):
    AuthToken.objects.update(expiry="2020-01-01T00:00:00Z")
    response = client.get(PROFILE)
    assert (response.status_code, response.json()) == (401, error("unauthorized", "Invalid token."))


def test_profile_needs_one_query(client, user):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(PROFILE)
    assert (response.json(), len(queries)) == (ok(user=own(user)), 1)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"nonsense", b'{"name": NaN}', b"[" * 100_000, b'{"a": ' * 20_000, b"1" * 5000,
     b'{"name": "\\u0000"}', b'{"name": "\\ud800"}', b'{"\\u0000": 1}', b"[]", b'"x"', b"7", b"null", b"true"],
    ids=lambda body: repr(body[:20]),
)  # fmt: skip
def test_door_with_a_bad_body(client, door, body):
    response = client.generic("POST", f"/api/v1/{door}", body, content_type="application/json")
    assert response.status_code == 400, response.content
    assert (response.json()["status"], response.json()["code"] in ("bad_request", "invalid", "too_deep")) == (1, True)


@pytest.mark.parametrize("door", DOORS)
def test_door_with_a_body_that_is_too_large(client, door):
    response = client.generic("POST", f"/api/v1/{door}", b" " * 300_000, content_type="application/json")
    assert (response.status_code, response.json()) == (413, error("too_large", "The request is too large."))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "x"])
def test_door_with_a_body_that_is_not_json(client, door, content_type):
    response = client.generic("POST", f"/api/v1/{door}", b"name=x", content_type=content_type)
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


def test_profile_that_must_be_xml(client):
    response = client.get(PROFILE, headers={"Accept": "application/xml"})
    assert (response.status_code, response.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_profile_with_a_method_it_has_not(client, method):
    response = getattr(client, method)(PROFILE)
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert {"GET", "PATCH"} <= set(response["Allow"].split(", "))


def test_errors_speak_the_language_asked_for(anonymous):
    response = anonymous.post("/api/v1/login", {"name": "x", "password": "y"}, headers={"Accept-Language": "ru"})
    assert response.json()["message"] == "Имя или пароль неверны."


def test_first_throttle_that_refuses_is_the_last_one_asked(rf):
    """DRF asks them all, and each one that is asked counts."""
    asked = []

    def throttle(name: str, *, allows: bool) -> type:
        class Named(BaseThrottle):
            def allow_request(self, request, view) -> bool:
                asked.append(name)
                return allows

            def wait(self) -> float:
                return 7

        return Named

    class Guarded(PublicView):
        throttle_classes = [throttle("a", allows=True), throttle("b", allows=False), throttle("c", allows=True)]

        def get(self, request):
            raise AssertionError("never reached")

    response = Guarded.as_view()(rf.get("/"))
    assert (response.status_code, response["Retry-After"], asked) == (429, "7", ["a", "b"])
