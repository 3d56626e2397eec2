"""One gateway process put together: parts wired, listeners opened, clocks started, drained at SIGTERM."""

import asyncio
import contextlib
import gc
import os
import random
import secrets
import signal
import socket
import time
from typing import Any

import structlog
from redis.exceptions import RedisError
from tornado.httpserver import HTTPServer
from tornado.web import Application

from config.env import Env
from rooms.live.limits import read_limits as read_live_limits
from rooms.live.rules import load_rules
from rooms.live.runner import RoomRunner
from wsgateway.clients.reception import Reception
from wsgateway.clients.sync_budget import SyncBudget
from wsgateway.clients.tokens import TokenCheck
from wsgateway.django_client import DjangoClient
from wsgateway.health import health_urls, private_application
from wsgateway.hub import Hub
from wsgateway.inbound import Inbound
from wsgateway.limits import Limits
from wsgateway.listening import bind, metrics_address
from wsgateway.metrics import Counters, GatewayCollector
from wsgateway.presence.presence import Presence
from wsgateway.presence.roster import Roster
from wsgateway.redis.link import RedisLink, Subscriber
from wsgateway.redis.url import parse_redis_url
from wsgateway.redis.watch import RedisWatch
from wsgateway.room_requests import RoomRequests
from wsgateway.sockets.origins import Origins
from wsgateway.sockets.poller import Poller
from wsgateway.sockjs.handshake import Front
from wsgateway.sockjs.router import Router
from wsgateway.wire import close_codes
from wsgateway.wire.channels import Channels
from wsgateway.wire.control import Probe, encode_order

log = structlog.get_logger()


def node_name() -> str:
    """A name no other process has or had."""
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"


def tune_garbage_collection() -> None:
    """What is there at the start stays for ever, and thousands of connections are no garbage: look less often.
    A connect with its share of the collections: 308 us instead of 320 (median of 3, 3,000 connects)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class Gateway:
    """The parts of one process; `serve` runs it until it is told to stop."""

    def __init__(self, env: Env, limits: Limits, node: str) -> None:
        self.env, self.limits, self.node = env, limits, node
        self.counters = Counters()
        channels = self.channels = Channels(env.channel_prefix)
        address = parse_redis_url(env.redis)
        self.link = RedisLink(address, limits)
        self.subscriber = Subscriber(
            address, limits, lambda channel, payload: self.inbound.message(channel, payload), lambda: self.inbound.end()
        )
        self.hub = Hub(self.counters)
        self.roster = Roster(self.link, self.hub, limits, channels.prefix)
        self.presence = Presence(self.link, channels, limits, node, self.roster)
        self.django = DjangoClient(env.django, limits, self.counters)
        self.runner = RoomRunner(self.link, load_rules(), channels, node, limits=read_live_limits())
        self.runner.counters.on_turn = lambda seconds, _: self.counters.turn.observe(seconds)
        syncs = SyncBudget(limits.sync_bytes_per_s, limits.sync_burst)
        self.rooms = RoomRequests(self.runner, self.django, self.counters, syncs)
        self.reception = Reception(
            limits=limits, counters=self.counters, channels=channels, redis=self.link, subscriber=self.subscriber,
            hub=self.hub, presence=self.presence, roster=self.roster,
            tokens=TokenCheck(self.link, self.django, channels), rooms=self.rooms,
        )  # fmt: skip
        self.inbound = Inbound(
            channels, self.hub, self.roster, self.counters, limits, node,
            close_user=self.reception.close_user, run_room=self.rooms.run_room,
        )  # fmt: skip
        self.watch = RedisWatch(
            self.link, self.subscriber, limits, self.counters,
            tell=self.reception.tell_everybody, on_back=self._redis_is_here,
        )  # fmt: skip
        self._servers: list[HTTPServer] = []
        self._public: HTTPServer | None = None
        self._tasks: list[asyncio.Task[Any]] = []

    # ------------------------------------------------------------------------------------------------ start

    async def serve(self) -> None:
        """Until SIGTERM or SIGINT; then drain."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        for channel in (self.channels.all, self.channels.many, self.channels.control):
            self.subscriber.subscribe(channel)
        self._start(self.watch.run())
        await self._until_redis(stop)
        if not stop.is_set():
            self._open()
            await stop.wait()
            await self.drain()
        await self.close()

    async def _until_redis(self, stop: asyncio.Event) -> None:
        """Listen only when Redis is there: before it no client could be served."""
        waiting = [asyncio.create_task(event.wait()) for event in (self.watch.ready, stop)]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()

    def _open(self) -> None:
        self.reception.start()
        self._start(self.presence.keep_lease())
        self._start(self.runner.serve())
        self._start(self._probe_publishing())
        self._listen()
        tune_garbage_collection()

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(_end_loudly)
        self._tasks.append(task)

    def _listen(self) -> None:
        env, limits = self.env, self.limits
        listen = env.gateway_listen or f"unix:{env.var / 'gateway-0.sock'}"
        origins, poller = Origins(env.allowed_origins, env.public_base_url), Poller(asyncio.get_running_loop())
        router = Router(self.reception, origins, poller)
        application = Application([*router.urls, *health_urls(self.unready)], log_function=_no_access_log)
        front = Front(application, router)
        public = self._public = HTTPServer(
            front, xheaders=listen.startswith("unix:"), max_header_size=limits.header_bytes,
            max_body_size=limits.body_bytes, idle_connection_timeout=limits.idle_http_s, body_timeout=limits.body_s,
        )  # fmt: skip
        public.add_sockets(bind(listen))
        private = HTTPServer(private_application(self.unready, self._collector()))
        metrics = env.metrics_listen or metrics_address(listen, env.var)
        private.add_sockets(bind(metrics))
        self._servers = [public, private]
        log.info("listening", where=listen, metrics=metrics)

    def _collector(self) -> GatewayCollector:
        rooms = self.runner.counters
        return GatewayCollector(
            self.counters,
            gauges={
                "connections": lambda: len(self.reception.connections),
                "identified": lambda: len(self.hub.everyone),
                "users": lambda: len(self.hub.users),
                "users_online": lambda: len(self.roster),
                "channels": lambda: self.subscriber.channels,
                "queued_bytes": lambda: sum(connection.waiting_bytes for connection in self.reception.connections),
                "redis_up": lambda: float(self.watch.ready.is_set()),
                "largest_queue_bytes": lambda: max(
                    (one.waiting_bytes for one in self.reception.connections), default=0
                ),
                "draining": lambda: float(self.reception.draining),
            },
            counts={
                "room_turns": lambda: rooms.turns,
                "room_commands": lambda: rooms.commands,
                "room_timers": lambda: rooms.timers,
                "room_stale_commits": lambda: rooms.stale,
                "room_lease_losses": lambda: rooms.lease_losses,
                "room_poison": lambda: rooms.poison,
                "room_failures": lambda: rooms.failures,
            },
        )

    def unready(self) -> str:
        """Why no new socket is welcome; "" when it is."""
        if self.reception.draining:
            return "draining"
        return "" if self.watch.ready.is_set() else "redis is away"

    def _redis_is_here(self) -> None:
        self.presence.redis_is_back()
        self._start(self.roster.load())

    async def _probe_publishing(self) -> None:
        """A message to ourselves every second: its way through Redis and all sockets is the latency in /metrics."""
        while True:
            probe = encode_order(Probe(self.node, time.monotonic()))
            with contextlib.suppress(RedisError):
                await self.link.command("PUBLISH", self.channels.control, probe)
            await asyncio.sleep(1)

    # ------------------------------------------------------------------------------------------------ stop

    async def drain(self) -> None:
        """Readiness fails, no new sockets, each client is told when to come back, all is handed over."""
        log.info("draining", connections=len(self.reception.connections))
        self.reception.draining = True
        assert self._public is not None
        self._public.stop()
        spread_ms = int(self.env.drain_seconds * 1000)
        await self.reception.say_goodbye(lambda: (close_codes.GOING_AWAY, f"delay={random.randint(0, spread_ms)}"))
        await self.rooms.finish(timeout_s=2.0)
        try:
            async with asyncio.timeout(3):
                await self.runner.release_all()
                await self.presence.hand_over(self.env.drain_seconds + self.limits.presence_grace_s)
        except (TimeoutError, RedisError) as error:
            log.warning("not_handed_over", error=type(error).__name__)
        await self.reception.wait_gone(self.limits.linger_s)

    async def close(self) -> None:
        """End what is left."""
        for server in self._servers:
            server.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.django.close()
        log.info("stopped")


def _end_loudly(task: asyncio.Task[Any]) -> None:
    """A part that fell is a bug; the runner (bin/run, systemd) starts a process afresh."""
    if not task.cancelled() and task.exception() is not None:
        log.critical("part_fell", exc_info=task.exception())
        os._exit(1)


def _no_access_log(handler: Any) -> None:
    """Polling would fill the log; the metrics have it."""
