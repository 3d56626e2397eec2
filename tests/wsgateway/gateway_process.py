"""A real gateway process on a unix socket, with the test's Valkey, started and stopped by tests."""

import hashlib
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGKILL, Signals
from typing import Any

import redis

ROOT = Path(__file__).resolve().parents[2]


class UnixHttp(http.client.HTTPConnection):
    """http.client over a unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("gamehub.test", timeout=10)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class GatewayProcess:
    """`python -m wsgateway` in a folder of its own. `limits` go in as GATEWAY_LIMITS, `env` on top of the rest."""

    def __init__(self, folder: Path, redis_url: str, limits: dict[str, Any] | None = None, **env: str) -> None:
        self.path = folder / f"gw-{secrets.token_hex(3)}.sock"
        self.listen = f"unix:{self.path}"
        self.metrics_path = self.path.with_name(self.path.stem + "-metrics.sock")
        self.log = self.path.with_suffix(".log")
        self.env = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
            "PYTHONPATH": str(ROOT),
            "VAR_DIR": str(folder),
            "REDIS_URL": redis_url,
            "GATEWAY_LISTEN": self.listen,
            "GATEWAY_LIMITS": json.dumps(limits or {}),
            "DRAIN_SECONDS": "1",
            **env,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "GatewayProcess":
        """Returns when /readyz says so."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "wsgateway"], env=self.env, cwd=ROOT, stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            if self.path.exists() and self.get("/readyz")[0] == 200:
                return self
            time.sleep(0.02)
        raise AssertionError("gateway did not become ready: " + self.log.read_text())

    def get(self, path: str, *, private: bool = False) -> tuple[int, str]:
        """(status, body) of a GET; (0, "") when nobody listens."""
        return self.request("GET", path, private=private)

    def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: str = "", *, private: bool = False
    ) -> tuple[int, str]:
        """(status, body); (0, "") when nobody listens."""
        connection = UnixHttp(str(self.metrics_path if private else self.path))
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def metric(self, name: str) -> float:
        """The value of one line of /metrics."""
        for line in self.get("/metrics", private=True)[1].splitlines():
            if line.startswith(name + " "):
                return float(line.rpartition(" ")[2])
        raise AssertionError(f"no metric {name}")

    def signal(self, number: Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def ended(self) -> int:
        """Wait until it has ended by itself; returns the exit status."""
        assert self.process is not None
        return self.process.wait(30)

    def stop(self, number: Signals = SIGKILL) -> int:
        """End it; returns the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(30)


def digest_of(token: str) -> str:
    """knox's digest."""
    return hashlib.sha512(token.encode()).hexdigest()


def give_token(client: "redis.Redis", user: int, name: str = "", prefix: str = "", expires: int | None = None) -> str:
    """A token of that user, put in the cache as Django would; `expires` in ms since the epoch. Returns the token."""
    token = secrets.token_hex(32)
    entry = {"id": user, "name": name or f"user{user}", "account": 0, "rating": 1500, "language": "en"}
    entry["expires"] = expires
    client.set(f"{prefix}token:{digest_of(token)}", json.dumps(entry), ex=300)
    return token
