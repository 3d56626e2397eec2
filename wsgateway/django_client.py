"""Calls to Django over HTTP: bounded, never blocking, over a unix socket or TCP."""

import asyncio
import socket
from contextlib import suppress
from typing import Any

import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.netutil import Resolver

from wsgateway.limits import Limits
from wsgateway.metrics import Counters


class DjangoUnavailable(Exception):  # noqa: N818  reads better where it is raised
    """Django is down, too slow, too busy, or answered nonsense."""


class ErrorBody(msgspec.Struct):
    """The error envelope of the REST API; a success has none of it."""

    code: str = ""
    message: str = ""


class Answer(msgspec.Struct):
    """Status and body of a response; `error_code` and `message` come from the error envelope."""

    status: int
    body: bytes
    error_code: str = ""
    message: str = ""


class UnixResolver(Resolver):
    """Resolves every name to one unix socket."""

    def initialize(self, path: str) -> None:
        """Tornado's constructor."""
        self._path = path

    def close(self) -> None:
        """Nothing to close."""

    async def resolve(self, host: str, port: int, family: int = 0) -> list[tuple[int, Any]]:
        """Tornado's call."""
        return [(socket.AF_UNIX, self._path)]


class DjangoClient:
    """`request` is the only call; at most `django_calls` run at once, at most `django_waiting` wait."""

    def __init__(self, where: str, limits: Limits, counters: Counters) -> None:
        self._limits, self._counters = limits, counters
        self._under_way = 0
        self._turn = asyncio.Semaphore(limits.django_calls)
        options: dict[str, Any] = {"force_instance": True, "max_clients": limits.django_calls}
        if where.startswith("unix:"):
            self._base = "http://localhost"
            options["resolver"] = UnixResolver(path=where.removeprefix("unix:").replace("//", "/", 1))
        else:
            self._base = where.rstrip("/")
        self._http = AsyncHTTPClient(**options)

    async def request(self, method: str, path: str, token: str, address: str, body: Any = None) -> Answer:
        """One call with the user's token; `address` is the client's. Raises `DjangoUnavailable`."""
        if self._under_way >= self._limits.django_calls + self._limits.django_waiting:
            raise DjangoUnavailable("too many calls waiting")
        self._under_way += 1
        self._counters.django_calls += 1
        try:
            async with asyncio.timeout(self._limits.django_s), self._turn:
                return await self._fetch(self._build(method, path, token, address, body))
        except (TimeoutError, OSError, HTTPClientError) as error:
            self._counters.django_failures += 1
            raise DjangoUnavailable(type(error).__name__) from None
        finally:
            self._under_way -= 1

    def _build(self, method: str, path: str, token: str, address: str, body: Any) -> HTTPRequest:
        headers = {"Authorization": f"Token {token}", "Accept": "application/json"}
        if address:
            headers["X-Forwarded-For"] = address
        payload = None if body is None else msgspec.json.encode(body)
        if payload is not None:
            headers["Content-Type"] = "application/json"
            headers["Prefer"] = "return=minimal"  # nobody reads what a success says
        return HTTPRequest(
            self._base + path, method, headers, payload, request_timeout=self._limits.django_s, follow_redirects=False,
            allow_nonstandard_methods=True,
        )  # fmt: skip

    async def _fetch(self, request: HTTPRequest) -> Answer:
        response = await self._http.fetch(request, raise_error=False)
        answer = Answer(response.code, response.body)
        if response.code >= 400:
            with suppress(msgspec.DecodeError):
                error = msgspec.json.decode(response.body, type=ErrorBody)
                answer.error_code, answer.message = error.code, error.message
        # full is said by a server that is well; any other 5xx is as good as no answer
        if response.code >= 500 and answer.error_code != "server_full":
            raise DjangoUnavailable(f"status {response.code}")
        return answer

    def close(self) -> None:
        """Drop the connections."""
        self._http.close()
