"""A socket ends with its token, unless its client brings a newer one (`refresh`)."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from wsgateway.clients.tokens import REASONS, TokenCheck, TokenRefused, token_digest
from wsgateway.django_client import DjangoUnavailable
from wsgateway.messages import BadMessage
from wsgateway.sockets.connection import GONE, Connection
from wsgateway.wire import client_in, client_out, close_codes
from wsgateway.wire.errors import ERRORS

log = structlog.get_logger()

#: behind the end of a token: asked a moment too early, Django would find it alive and, as it is in use, prolong it
LATE_S = 1.0


class TokenLife:
    """Clocks of the tokens that end before the next heartbeat, and the newer tokens that are being checked.

    A token may live longer than it was to when its socket came: its use over REST moves its end. So at the end Django
    is asked, and only Django.
    """

    def __init__(
        self,
        tokens: TokenCheck,
        heartbeat_s: float,
        *,
        close: Callable[[Connection, int, str], None],
        reject: Callable[[Connection, BadMessage], None],
    ) -> None:
        self._tokens, self._heartbeat_s, self._close, self._reject = tokens, heartbeat_s, close, reject
        self._clocks: dict[Connection, asyncio.TimerHandle] = {}
        #: digest of the newer token that a connection has sent and Django has not answered for
        self.refreshing: dict[Connection, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def look(self, connection: Connection) -> None:
        """Set the clock if the token ends before this is called again: at the next heartbeat."""
        if connection.expires is not None and connection not in self._clocks and connection.phase != GONE:
            left_s = connection.expires / 1000 - time.time()
            if left_s < self._heartbeat_s:
                loop = asyncio.get_running_loop()
                self._clocks[connection] = loop.call_later(max(left_s, 0) + LATE_S, self._ended, connection)

    def forget(self, connection: Connection) -> None:
        """The connection is gone, or its token another."""
        if clock := self._clocks.pop(connection, None):
            clock.cancel()

    def refresh(self, connection: Connection, request: client_in.Refresh) -> None:
        """Take the newer token when it is found good; till then the old one counts. Raises `BadMessage`."""
        if connection in self.refreshing:
            raise BadMessage("too_fast", ref=request.ref)
        digest = self.refreshing[connection] = token_digest(request.token)
        self._spawn(self._refresh(connection, request, digest))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _refresh(self, connection: Connection, request: client_in.Refresh, digest: str) -> None:
        try:
            user = await self._tokens.whose(request.token, digest, connection.address)
            if user.id != connection.user:
                raise TokenRefused(close_codes.UNAUTHORIZED, REASONS[close_codes.UNAUTHORIZED])
        except TokenRefused:
            if connection.phase != GONE:
                self._reject(connection, BadMessage("unauthorized", ref=request.ref))
        except Exception as error:  # its message may hold the token
            if not isinstance(error, DjangoUnavailable):
                log.error("refresh_failed", connection=connection.number, error=type(error).__name__)
            if connection.phase != GONE:
                connection.send(client_out.Error("degraded", ERRORS["degraded"], request.ref))
        else:
            self._replace(connection, request, digest, user.expires)
        finally:
            self.refreshing.pop(connection, None)

    def _replace(self, connection: Connection, request: client_in.Refresh, digest: str, expires: int | None) -> None:
        if connection.phase == GONE:
            return
        self.forget(connection)
        connection.token, connection.digest, connection.expires = request.token, digest, expires
        self.look(connection)
        if request.ref is not None:
            connection.send(client_out.Done(request.ref))

    def _ended(self, connection: Connection) -> None:
        del self._clocks[connection]
        self._spawn(self._ask_again(connection, connection.digest))

    async def _ask_again(self, connection: Connection, digest: str) -> None:
        try:
            user = await self._tokens.whose(connection.token, digest, connection.address, ask_django=True)
        except TokenRefused as refused:
            code, reason = refused.code, refused.reason
        except Exception as error:  # nobody can tell: the client shall come back and ask
            log.warning("token_not_checked", connection=connection.number, error=type(error).__name__)
            code, reason = close_codes.GOING_AWAY, "token not checked"
        else:
            code, reason = 0, ""
            if connection.digest == digest:
                connection.expires = user.expires
        if connection.phase == GONE:
            return
        if code and connection.digest == digest:
            self._close(connection, code, reason)
        else:
            self.look(connection)
