"""sockjs-tornado's router over our reception: the HTTP transports, /info, greeting and iframe page."""

from typing import Any

from wsgateway.reception import Reception
from wsgateway.sockjs.http_connection import SessionDoor
from wsgateway.sockjs.package import SockJSRouter


def sockjs_urls(reception: Reception) -> list[Any]:
    """Handlers for `tornado.web.Application`. Build them inside the running loop, on which the package's timers sit."""
    door = type("ReceptionDoor", (SessionDoor,), {"reception": reception})
    limits = reception.limits
    router = SockJSRouter(
        door,
        "/ws",
        {
            "heartbeat_delay": limits.heartbeat_s,
            "jsessionid": False,
            "verify_ip": False,
            "sockjs_url": "/sockjs.min.js",
        },
    )
    urls: list[Any] = router.urls
    return urls
