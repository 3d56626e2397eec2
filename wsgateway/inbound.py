"""What Redis publishes, by channel: to the hub, or to ourselves (`control`)."""

import time
from collections.abc import Callable
from typing import Literal

import structlog

from wsgateway.hub import Hub, as_parcel
from wsgateway.limits import Limits
from wsgateway.metrics import Counters
from wsgateway.presence.roster import Roster
from wsgateway.wire.channels import Channels
from wsgateway.wire.control import Announce, CloseSockets, Order, RunRoom, decode_order
from wsgateway.wire.many import decode_many

log = structlog.get_logger()

CloseUser = Callable[[int, int, str, str | None], None]
Source = Literal["all", "many", "control", "user"]


class Inbound:
    """`message` for each message of a read from Redis, `end` when the read is done."""

    def __init__(
        self, channels: Channels, hub: Hub, roster: Roster, counters: Counters, limits: Limits, node: str,
        *, close_user: CloseUser, run_room: Callable[[int], None],
    ) -> None:  # fmt: skip
        self._hub, self._roster, self._counters, self._node = hub, roster, counters, node
        self._event_bytes = limits.event_bytes
        self._close_user, self._run_room = close_user, run_room
        self._shared = {
            channels.all.encode(): self._to_all,
            channels.many.encode(): self._to_many,
            channels.control.encode(): self._to_us,
        }
        self._prefix = len(channels.prefix.encode())
        self._began: float | None = None
        self._closing: list[CloseSockets] = []
        self._probed: list[float] = []

    def message(self, channel: bytes, payload: bytes) -> None:
        """One message. What is broken or too long is dropped and counted, never passed on."""
        if self._began is None:
            self._began = time.perf_counter()
        if len(payload) > self._event_bytes:
            self._drop("too_long", channel)
            return
        take = self._shared.get(channel)
        try:
            if take is None:
                self._hub.to_user(channel[self._prefix :], as_parcel(payload))
            else:
                take(payload)
        except (ValueError, RecursionError):  # UnicodeDecodeError and msgspec's errors are ValueErrors
            self._drop("broken", channel)

    def _to_all(self, payload: bytes) -> None:
        self._hub.to_all(as_parcel(payload))

    def _to_many(self, payload: bytes) -> None:
        users, messages = decode_many(payload)
        for message, chatter in messages:
            self._hub.to_many(users, as_parcel(message, chatter))

    def _to_us(self, payload: bytes) -> None:
        self._obey(decode_order(payload))

    def _obey(self, order: Order) -> None:
        if isinstance(order, RunRoom):
            self._run_room(order.room)
        elif isinstance(order, Announce):
            self._roster.announce(order.come, order.gone)
        elif isinstance(order, CloseSockets):
            self._closing.append(order)  # after the messages that came before it
        elif order.node == self._node:
            self._probed.append(order.at)

    def _drop(self, reason: str, channel: bytes) -> None:
        self._counters.drops[reason] += 1
        log.warning("published_message_dropped", reason=reason, channel=channel.decode("utf-8", "replace"))

    def end(self) -> None:
        """Everything out that the read brought; then the closing that was ordered."""
        if self._began is None:
            return
        self._hub.flush()
        closing, self._closing = self._closing, []
        for order in closing:
            self._close_user(order.user, order.code, order.reason, order.digest)
        self._counters.fan_out.observe(time.perf_counter() - self._began)
        self._began = None
        for at in self._probed:
            self._counters.publish_to_socket.observe(time.monotonic() - at)
        self._probed.clear()
