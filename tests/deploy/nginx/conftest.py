"""The shipped nginx by itself, before servers that a test brings or that are away."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from config.env import BASE_DIR
from tests.stack.product import clean_environment
from tests.wsgateway.sockjs.conftest import free_port, wait_for_port


class Door:
    """`python -m deploy.nginx` in a folder of its own. The test's own requests may come from any address."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.var, self.where = folder, f"127.0.0.1:{free_port()}"
        self.log = folder / "log" / "access.log"
        own = {"VAR_DIR": str(folder), "PORT": self.where.partition(":")[2], "TRUSTED_PROXIES": "127.0.0.1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.nginx"], cwd=BASE_DIR, env=clean_environment() | own | environment
        )
        wait_for_port(self.where, self.process)
        self.session = requests.Session()

    def get(self, path: str, address: str = "198.51.100.1", **headers: str) -> requests.Response:
        """GET as a client at that address."""
        own = {"X-Forwarded-For": address, **headers}
        return self.session.get(f"http://{self.where}{path}", headers=own, allow_redirects=False, timeout=20)

    def stop(self) -> None:
        """nginx, and what looks after its log."""
        self.session.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


@pytest.fixture
def open_door() -> Iterator[Callable[..., Door]]:
    """Starts doors, each with an environment of its own."""
    doors: list[Door] = []
    with tempfile.TemporaryDirectory(prefix="gh-") as folder:

        def start(**environment: str) -> Door:
            doors.append(Door(Path(folder, str(len(doors))), **environment))
            return doors[-1]

        yield start
        for door in doors:
            door.stop()
