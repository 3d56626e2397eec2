"""What the one public port serves, and what it doesn't."""

import uuid

import pytest
import requests
from requests import Response

from tests.stack.product import Product


def summary(response: Response) -> tuple[int, str]:
    """Status and content type, without its parameters."""
    return response.status_code, response.headers.get("Content-Type", "").partition(";")[0]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/livez", (200, "application/json")),
        ("/readyz", (200, "application/json")),
        ("/", (200, "text/html")),
        ("/rooms/7", (200, "text/html")),
        ("/login", (200, "text/html")),
        ("/profile/", (200, "text/html")),
        ("/nowhere", (404, "text/html")),
        ("/rooms/seven", (404, "text/html")),
        ("/wp-login.php", (404, "text/html")),
        ("/robots.txt", (200, "text/plain")),
        ("/favicon.ico", (200, "image/png")),
        ("/sw.js", (404, "text/plain")),
        ("/assets/none.js", (404, "text/html")),
        ("/api/v1/docs/", (200, "text/html")),
        ("/api/v1/docs", (200, "text/html")),
        ("/api/v1/schema/", (200, "application/vnd.oai.openapi")),
        ("/api/v1/nothing", (404, "application/json")),
        ("/admin/login/", (200, "text/html")),
        ("/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css", (200, "text/css")),
        ("/internal/session", (404, "text/html")),
        ("/internal", (404, "text/html")),
        ("//internal/session", (404, "text/html")),
        ("/api/../internal/session", (404, "text/html")),
        ("/api/%2e%2e/internal/session", (404, "text/html")),
        ("/ws/info", (200, "application/json")),
        ("/ws/iframe.html", (200, "text/html")),
    ],
)
def test_answer_of_each_address(stack: Product, path: str, expected: tuple[int, str]):
    assert summary(stack.get(path)) == expected


def test_client_page_is_never_cached_and_its_files_always(stack: Product):
    page = stack.get("/")
    script = page.text.split('src="')[1].split('"')[0]

    assert page.headers["Cache-Control"] == "no-cache"
    assert stack.get(script).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_client_page_may_load_from_its_own_origin_alone(stack: Product):
    for path in ("/", "/rooms/7", "/nowhere"):
        policy = stack.get(path).headers["Content-Security-Policy"].split("; ")
        assert policy[:2] == ["default-src 'self'", "connect-src 'self'"]


def test_unknown_address_is_the_client_s_page(stack: Product):
    unknown = stack.get("/nowhere")

    assert (unknown.status_code, unknown.text) == (404, stack.get("/").text)
    assert unknown.headers["Cache-Control"] == "no-cache"


EVERYWHERE = {
    "Strict-Transport-Security": None,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "path",
    [
        "/", "/nowhere", "/robots.txt", "/sw.js", "/favicon.ico", "/assets/none.js", "/media/none.webp",
        "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css", "/ws/info", "/ws/iframe.html", "/ws",
        "/api/v1/rooms", "/api/v1/docs", "/admin/login/", "/admin", "/livez", "/internal", "/metrics",
    ],
)  # fmt: skip
def test_every_answer_says_the_same_once(stack: Product, path: str):
    headers = stack.get(path, allow_redirects=False).headers

    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE


@pytest.mark.parametrize("path", ["/api/v1/login", "/api/v1/nothing", "/api/v1/rooms/", "/api/v1/schema"])
def test_answer_of_the_api_is_kept_by_nobody(stack: Product, path: str):
    assert stack.get(path).headers["Cache-Control"] == "no-store"


def test_redirect_to_the_operators_site_names_no_inner_address(stack: Product):
    answer = stack.get("/admin", allow_redirects=False, headers={"Host": "play.example"})

    assert (answer.status_code, answer.headers["Location"]) == (301, "/admin/")


def test_iframe_page_loads_its_script_from_here(stack: Product):
    source = stack.get("/ws/iframe.html").text.split('src="')[1].split('"')[0]
    script = stack.get(source)

    assert (source, *summary(script)) == ("/sockjs.min.js", 200, "application/javascript")
    assert script.text.startswith("/* sockjs-client v1.6.1 ")


def test_docs_page_loads_nothing_from_elsewhere(stack: Product):
    page = stack.get("/api/v1/docs/")

    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "http://" not in page.text.replace(stack.url, "")
    assert "https://" not in page.text


def test_body_too_large_is_refused_in_the_api_s_envelope(stack: Product):
    answer = requests.post(f"{stack.url}/api/v1/login", data=b"x" * 300_000, timeout=20)

    assert (answer.status_code, answer.json()) == (
        413,
        {"status": 1, "message": "The request is too large.", "code": "too_large", "errors": {}},
    )


def test_forwarded_address_of_a_client_is_not_believed(stack: Product):
    """Behind nginx a client that writes X-Forwarded-For itself must not get a fresh address for each login."""
    wrong = {"name": "nobody-by-this-name", "password": "wrong"}
    statuses = [
        requests.post(
            f"{stack.url}/api/v1/login", json=wrong, headers={"X-Forwarded-For": f"10.9.8.{last}"}, timeout=20
        ).status_code
        for last in range(12)
    ]

    assert (statuses[0], statuses[-1]) == (401, 429)


def test_sockjs_session_stays_with_its_gateway(stack: Product):
    """A gateway that doesn't know a session answers 404 to what is sent to it."""
    answers = []
    for number in range(16):
        session = f"{stack.url}/ws/{number:03}/{uuid.uuid4().hex}"
        opened = requests.post(f"{session}/xhr", timeout=20)
        sent = requests.post(f"{session}/xhr_send", data='["{\\"action\\": \\"ping\\"}"]', timeout=20)
        answers.append((opened.text, sent.status_code))

    assert answers == [("o\n", 204)] * 16


def test_stream_is_passed_on_as_it_comes(stack: Product):
    """An xhr-streaming answer never ends; its first bytes have to come through at once and uncompressed."""
    address = f"{stack.url}/ws/000/{uuid.uuid4().hex}/xhr_streaming"
    with requests.post(address, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=20) as answer:
        start = answer.raw.read(2048 + 1 + 2)

    assert (start[:2048], start[2048:]) == (b"h" * 2048, b"\no\n")
    assert "Content-Encoding" not in answer.headers
