"""Where clients come in and go: deadlines, rates, who they are. Every transport reports here (`connection.Door`)."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable

import structlog
from redis.exceptions import RedisError

from config.addresses import address_key
from wsgateway.clients.rates import Rates
from wsgateway.clients.token_life import TokenLife
from wsgateway.clients.tokens import CachedToken, TokenCheck, TokenRefused, token_digest
from wsgateway.django_client import DjangoUnavailable
from wsgateway.hub import Hub
from wsgateway.limits import Limits
from wsgateway.messages import BadMessage, read_request
from wsgateway.metrics import Counters
from wsgateway.presence.presence import Presence
from wsgateway.presence.roster import Roster
from wsgateway.redis.link import RedisLink, Subscriber
from wsgateway.room_requests import RoomRequests
from wsgateway.sockets.connection import GONE, IDENTIFIED, IDENTIFYING, NEW, Connection
from wsgateway.sockets.wheel import Wheel
from wsgateway.wire import client_in, client_out, close_codes
from wsgateway.wire.channels import Channels
from wsgateway.wire.errors import ERRORS

log = structlog.get_logger()


class Reception:
    """Connections from their first byte to their last."""

    def __init__(
        self, *, limits: Limits, counters: Counters, channels: Channels, redis: RedisLink, subscriber: Subscriber,
        hub: Hub, presence: Presence, roster: Roster, tokens: TokenCheck, rooms: RoomRequests,
    ) -> None:  # fmt: skip
        self.limits, self._counters, self._channels = limits, counters, channels
        self._redis, self._subscriber, self._hub = redis, subscriber, hub
        self._presence, self._roster, self._tokens, self._rooms = presence, roster, tokens, rooms
        self._rates = Rates(limits)
        self._token_life = TokenLife(tokens, limits.heartbeat_s, close=self.close, reject=self._reject)
        self._deadlines: Wheel[Connection] = Wheel(limits.connect_s, self._too_late)
        self._beats: Wheel[Connection] = Wheel(limits.heartbeat_s, self._beat, again=True, ticks=40)
        self._lingering: Wheel[Connection] = Wheel(limits.linger_s, lambda connection: connection.abort())
        self._addresses: Counter[str] = Counter()
        self._identifying: dict[Connection, int] = {}
        self._subscribed: dict[int, asyncio.Future[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._numbers = 0
        self.connections: dict[Connection, None] = {}
        self.draining = False

    def start(self) -> None:
        """Start the clocks, in the running loop."""
        for wheel in (self._deadlines, self._beats, self._lingering):
            wheel.start()

    # ------------------------------------------------------------------------------------------------ come and go

    def admits(self, address: str) -> bool:
        """Whether a new connection from there may be opened now; a refusal is counted."""
        if self.draining:
            self.refused("draining")
            return False
        if self._addresses[address_key(address)] >= self.limits.sockets_per_address:
            self.refused("address")
            return False
        return True

    def refused(self, reason: str) -> None:
        """Somebody was not let in: draining, address, sessions, origin."""
        self._counters.refusals[reason] += 1

    def dropped(self, reason: str) -> None:
        """Something meant for a client was thrown away."""
        self._counters.drops[reason] += 1

    def rewired(self) -> None:
        """A connection sends by other means now."""
        self._hub.rewired()

    def next_number(self) -> int:
        """The number of the next connection, for the logs."""
        self._numbers += 1
        return self._numbers

    def opened(self, connection: Connection) -> None:
        """A transport is open; its client has `connect_s` to say who it is."""
        self.connections[connection] = None
        if connection.address:
            self._addresses[address_key(connection.address)] += 1
        self._counters.connects[connection.transport] += 1
        connection.deadline_slot = self._deadlines.put(connection)
        connection.beat_slot = self._beats.put(connection)

    def closed(self, connection: Connection, code: int, reason: str) -> None:
        """The client is gone or is being told to go."""
        if connection.phase == GONE:
            return
        self._counters.closes[str(code)] += 1
        log.info("closed", connection=connection.number, user=connection.user, code=code, reason=reason)
        phase, connection.phase = connection.phase, GONE
        self.connections.pop(connection, None)
        self._deadlines.take(connection, connection.deadline_slot)
        self._beats.take(connection, connection.beat_slot)
        self._lingering.put(connection)
        self._token_life.forget(connection)
        self._leave_address(connection.address)
        if phase == IDENTIFIED and self._hub.remove(connection):
            self._presence.go(connection.user)
            self._unsubscribe_if_unused(connection.user)

    def _leave_address(self, address: str) -> None:
        if address:
            key = address_key(address)
            self._addresses[key] -= 1
            if not self._addresses[key]:
                del self._addresses[key]

    def _beat(self, connection: Connection) -> None:
        connection.beat()
        self._token_life.look(connection)

    def _too_late(self, connection: Connection) -> None:
        if connection.phase in (NEW, IDENTIFYING):
            self.close(connection, close_codes.NO_CONNECT, "no connect in time")

    def close(self, connection: Connection, code: int, reason: str) -> None:
        """Part with a client by a code of the protocol."""
        if connection.phase != GONE:
            connection.close(code, reason)

    def close_user(self, user: int, code: int, reason: str, digest: str | None) -> None:
        """Logout, password change, ban: the user's sockets, or those of one token; those just identifying too."""
        identifying = [connection for connection, claimed in self._identifying.items() if claimed == user]
        for connection in [*self._hub.of(user), *identifying]:
            if digest in (None, connection.digest, self._token_life.refreshing.get(connection)):
                self.close(connection, code, reason)

    # ------------------------------------------------------------------------------------------------ messages

    def received(self, connection: Connection, text: bytes) -> None:
        """One message; what is wrong with it is told, the tenth wrong one in a minute is the last."""
        if connection.phase == GONE:
            return
        try:
            self._rates.take_message(connection)
            if connection.phase == IDENTIFYING:
                self._keep_for_later(connection, text)
            else:
                self._handle(connection, text)
        except BadMessage as bad:
            self._reject(connection, bad)

    def _handle(self, connection: Connection, text: bytes) -> None:
        request = read_request(text, self.limits)
        self._counters.messages[type(request).__name__] += 1
        if isinstance(request, client_in.Connect):
            self._begin_identifying(connection, request)
        elif connection.phase != IDENTIFIED:
            raise BadMessage("not_connected", ref=request.ref)
        elif isinstance(request, client_in.Ping):
            connection.send(client_out.Pong(time.time_ns() // 1_000_000, request.ref))
        elif isinstance(request, client_in.Refresh):
            self._token_life.refresh(connection, request)
        else:
            self._rates.take_answer(connection, request)
            self._rooms.start(connection, request)

    def allows_frame(self, connection: Connection) -> bool:
        """Whether the client may send one more ping, pong or fragment."""
        return self._rates.take_frame(connection)

    def _keep_for_later(self, connection: Connection, text: bytes) -> None:
        """Sent right behind `connect`: handled when the token is known to be good. Raises `BadMessage`."""
        waiting = connection.waiting = connection.waiting or []
        full = sum(map(len, waiting)) + len(text) > self.limits.early_bytes
        if full or len(waiting) >= self.limits.early_messages:
            raise BadMessage("not_connected")
        waiting.append(text)

    def _reject(self, connection: Connection, bad: BadMessage) -> None:
        self._counters.errors[bad.error.code] += 1
        now = time.monotonic()
        recent = [at for at in connection.bad or () if at > now - 60]
        connection.bad = [*recent, now]
        connection.send(bad.error)
        if len(connection.bad) >= self.limits.bad_per_minute:
            self.close(connection, close_codes.TOO_MANY_MESSAGES, "too many bad messages")

    # ------------------------------------------------------------------------------------------------ who is it

    def _begin_identifying(self, connection: Connection, request: client_in.Connect) -> None:
        if connection.phase != NEW:
            raise BadMessage("already_connected", ref=request.ref)
        connection.phase = IDENTIFYING
        connection.digest = token_digest(request.token)
        self._identifying[connection] = request.id
        task = asyncio.create_task(self._identify(connection, request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _identify(self, connection: Connection, request: client_in.Connect) -> None:
        """Token, rooms and subscription are asked for in one go: one round trip to Redis instead of two."""
        rooms = self._redis.command("SMEMBERS", self._channels.user_rooms(request.id))
        subscribed = self._subscribe(request.id)
        try:
            user = await self._tokens.whose(request.token, connection.digest, connection.address)
            if user.id != request.id:
                raise TokenRefused(close_codes.UNAUTHORIZED, "unauthorized")
            await asyncio.shield(subscribed)
            room_ids = sorted(map(int, await rooms))
        except TokenRefused as refused:
            self.close(connection, refused.code, refused.reason)
        except (RedisError, DjangoUnavailable):
            self._not_now(connection, request.ref)
        except Exception as error:  # its message may hold the token
            log.error("identify_failed", connection=connection.number, error=type(error).__name__)
            self._not_now(connection, request.ref)
        else:
            self._welcome(connection, request, user, room_ids)
        finally:
            self._identifying.pop(connection, None)
            self._unsubscribe_if_unused(request.id)
            _let_go(rooms)

    def _subscribe(self, user: int) -> asyncio.Future[None]:
        """Done when Redis has the user's channel; asked for once, however many tabs."""
        acknowledged = self._subscribed.get(user)
        if acknowledged is None or (acknowledged.done() and acknowledged.exception() is not None):
            acknowledged = self._subscribed[user] = self._subscriber.subscribe(self._channels.user(user))
        return acknowledged

    def _not_now(self, connection: Connection, ref: str | None) -> None:
        """Nobody can tell whose token it is: the client may ask again on this socket until its time is over. What it
        sent right behind is refused by its own ref."""
        waiting, connection.waiting = connection.waiting or (), None
        if connection.phase != IDENTIFYING:
            return
        connection.phase = NEW
        self._refuse_for_now(connection, ref)
        for text in waiting:
            try:
                self._refuse_for_now(connection, read_request(text, self.limits).ref)
            except BadMessage as bad:
                self._reject(connection, bad)

    def _refuse_for_now(self, connection: Connection, ref: str | None) -> None:
        self._counters.errors["degraded"] += 1
        connection.send(client_out.Error("degraded", ERRORS["degraded"], ref))

    def _welcome(self, connection: Connection, request: client_in.Connect, user: CachedToken, rooms: list[int]) -> None:
        """From here on the connection gets the user's messages; all in one step, so that nothing comes between."""
        if connection.phase == GONE:
            return
        if len(self._hub.of(user.id)) >= self.limits.sockets_per_user:
            self.close(connection, close_codes.TOO_MANY_SOCKETS, "too many sockets")
            return
        self._deadlines.take(connection, connection.deadline_slot)
        connection.phase = IDENTIFIED
        connection.user, connection.name, connection.token = user.id, user.name, request.token
        connection.expires = user.expires
        self._token_life.look(connection)
        if self._hub.add(connection):
            self._presence.come(user.id, user.name)
        log.debug("identified", connection=connection.number, user=user.id, rooms=rooms, transport=connection.transport)
        connection.send(self._roster.connected(user.id, user.name, rooms))
        self._handle_waiting(connection)

    def _unsubscribe_if_unused(self, user: int) -> None:
        if user in self._subscribed and not self._hub.of(user) and user not in self._identifying.values():
            del self._subscribed[user]
            self._subscriber.unsubscribe(self._channels.user(user))

    def _handle_waiting(self, connection: Connection) -> None:
        waiting, connection.waiting = connection.waiting or (), None
        for text in waiting:
            if connection.phase == IDENTIFIED:
                try:
                    self._handle(connection, text)
                except BadMessage as bad:
                    self._reject(connection, bad)

    # ------------------------------------------------------------------------------------------------ everybody

    def tell_everybody(self, message: bytes) -> None:
        """A message of the gateway's own to every identified connection."""
        for connection in list(self._hub.everyone):
            connection.send(message)

    async def say_goodbye(self, farewell: Callable[[], tuple[int, str]]) -> None:
        """Close every connection with a code and reason of its own."""
        for connection in list(self.connections):
            self.close(connection, *farewell())
            if len(self.connections) % 200 == 0:
                await asyncio.sleep(0)

    async def wait_gone(self, timeout_s: float) -> None:
        """Until every client that was told to go has gone, or time is over."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout_s
        while self._lingering.any(lambda connection: connection.lingers) and loop.time() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def _let_go(rooms: "asyncio.Future[list[bytes]]") -> None:
    """The rooms were asked for ahead; if they are not needed, their failure is nobody's."""
    if rooms.done():
        if not rooms.cancelled():
            rooms.exception()
    else:
        rooms.cancel()
