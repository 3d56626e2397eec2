"""What nginx says on every answer, its own and others', in production and with pages of other origins."""

from collections.abc import Callable

import pytest

from tests.deploy.nginx.conftest import Door

#: one of every kind; Django and the gateways are away
PATHS = ("/nowhere", "/sw.js", "/assets/a.js", "/static/a.css", "/media/a.webp", "/ws/info", "/api/v1/rooms", "/admin/",
         "/admin", "/internal", "/metrics", "/livez")  # fmt: skip
PROMISE = "max-age=31536000; includeSubDomains; preload"


@pytest.mark.parametrize(("scheme", "promise"), [("https", PROMISE), ("http", None)])
def test_production_promises_https_on_everything_that_came_by_it(
    open_door: Callable[..., Door], scheme: str, promise: str | None
):
    door = open_door(GAMEHUB_ENV="production")
    said = {}
    for path in PATHS:
        headers = door.get(path, **{"X-Forwarded-Proto": scheme}).headers
        said[path] = (headers.get("Strict-Transport-Security"), headers["X-Content-Type-Options"])

    assert said == dict.fromkeys(PATHS, (promise, "nosniff"))


@pytest.mark.parametrize(("origins", "sockets"), [("https://play.example", "cross-origin"), ("", "same-origin")])
def test_pages_of_other_origins_may_embed_the_socket_s_answers_alone(
    open_door: Callable[..., Door], origins: str, sockets: str
):
    """Where ALLOWED_ORIGINS lets them in: SockJS's older transports come by <script> and <iframe>."""
    door = open_door(ALLOWED_ORIGINS=origins)
    said = {path: door.get(path).headers["Cross-Origin-Resource-Policy"] for path in PATHS}

    assert said == dict.fromkeys(PATHS, "same-origin") | {"/ws/info": sockets}
