"""What every request meets before and after the views: addresses, slashes, broken headers, errors, policies."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from config.middleware import ClientAddress
from config.urls import urlpatterns as product_urls
from tests.conftest import Valkey

NOT_FOUND = {"status": 1, "message": "There is nothing at this address.", "code": "not_found", "errors": {}}


def crash(request: HttpRequest) -> HttpResponse:
    """A view with a bug."""
    raise RuntimeError("a bug")


urlpatterns = [path("api/v1/crash", crash), *product_urls]
handler400, handler403 = "config.errors.bad_request", "config.errors.permission_denied"
handler404, handler500 = "config.errors.not_found", "config.errors.server_error"


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/", "/api/v2/rooms", "/internal/nothing", "/api/v1/rooms/x/y"]
)
def test_unknown_path_of_the_api_answers_in_the_envelope(client: Client, path: str):
    answer = client.get(path)

    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


def test_unknown_path_elsewhere_is_a_page(client: Client):
    assert client.get("/nothing").headers["Content-Type"].startswith("text/html")


@override_settings(ROOT_URLCONF=__name__)
def test_crash_answers_in_the_envelope_and_tells_nothing():
    answer = Client(raise_request_exception=False).get("/api/v1/crash")

    assert (answer.status_code, answer.json()) == (
        500,
        {"status": 1, "message": "Something went wrong on the server.", "code": "internal", "errors": {}},
    )


@pytest.mark.parametrize("header", ["Authorization", "Accept-Language", "X-Anything"])
def test_header_that_is_not_utf8_is_a_clean_400(client: Client, header: str):
    answer = client.get("/api/v1/rooms", headers={header: "Token \xff\xfe"})

    assert (answer.status_code, answer.json()) == (
        400,
        {"status": 1, "message": f"The header {header.upper()} is not UTF-8.", "code": "bad_request", "errors": {}},
    )


@pytest.mark.parametrize("path", ["/api/v1/rooms?state=%00", "/api/v1/rooms%00", "/api/v1/rooms?a=1&b=x%00y"])
def test_nul_byte_in_the_address_is_a_clean_400(client: Client, path: str):
    answer = client.get(path)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_foreign_host_is_a_clean_400(client: Client):
    answer = client.get("/api/v1/rooms", headers={"Host": "evil.example"})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_too_large_body_is_a_clean_4xx(client: Client):
    answer = client.post("/api/v1/login", b"x" * 300_000, content_type="application/json")

    assert 400 <= answer.status_code < 500
    assert answer.json()["status"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"not json", b"\xff", b"[", b"[]", b"null", b"3", b'"x"'])
def test_body_that_is_not_a_json_object_is_a_clean_400(client: Client, valkey: Valkey, body: bytes):
    answer = client.post("/api/v1/login", body, content_type="application/json")

    assert (answer.status_code, answer.json()["status"]) == (400, 1)


@pytest.mark.django_db
def test_path_works_with_and_without_final_slash(client: Client, valkey: Valkey):
    for address in ("/api/v1/login", "/api/v1/rooms", "/api/v1/schema"):
        assert client.post(address, {}).status_code == client.post(address + "/", {}).status_code != 404


def test_schema_lists_each_path_once_and_without_final_slash(client: Client):
    paths = list(client.get("/api/v1/schema", headers={"Accept": "application/json"}).json()["paths"])

    assert [path for path in paths if path.endswith("/") or paths.count(path) > 1] == []
    assert "/api/v1/login" in paths


@pytest.mark.parametrize(
    ("forwarded", "remote", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("2001:db8::1", "", "2001:db8::1"),
        ("", "198.51.100.1", "198.51.100.1"),
        ("", "", "127.0.0.1"),
        ("nonsense", "198.51.100.1", "198.51.100.1"),
        ("203.0.113.9, 10.0.0.1", "198.51.100.1", "198.51.100.1"),
    ],
)
def test_address_of_the_client(forwarded: str, remote: str, expected: str):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=remote)

    ClientAddress(lambda request: HttpResponse())(request)

    assert request.META["REMOTE_ADDR"] == expected


@pytest.mark.parametrize(
    ("path", "script"),
    [
        ("/api/v1/nothing", None),
        ("/api/v1/docs", None),
        ("/admin/login/", "script-src 'self' 'unsafe-eval'"),
    ],
)
@pytest.mark.django_db
def test_policy_is_loosened_for_the_admin_alone(client: Client, valkey: Valkey, path: str, script: str | None):
    policy = client.get(path).headers["Content-Security-Policy"].split("; ")

    assert {"default-src 'self'", "connect-src 'self'", "object-src 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert [part for part in policy if part.startswith("script-src")] == ([script] if script else [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/api/v1/login", "no-store"),
        ("/api/v1/login/", "no-store"),
        ("/api/v1/nothing", "no-store"),
        ("/api/v1/schema", "no-store"),
        ("/readyz", "no-store"),
        ("/admin/login/", "max-age=0, no-cache, no-store, must-revalidate, private"),
    ],
)
def test_answer_is_kept_by_nobody_and_for_our_own_pages(client: Client, valkey: Valkey, path: str, kept: str):
    headers = client.get(path).headers

    assert (headers["Cache-Control"], headers["Cross-Origin-Resource-Policy"]) == (kept, "same-origin")


def test_refusal_of_a_broken_request_is_kept_by_nobody(client: Client):
    answer = client.get("/api/v1/rooms", headers={"X-Anything": "\xff"})

    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
