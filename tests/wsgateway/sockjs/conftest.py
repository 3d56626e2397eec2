"""Echo endpoints (endpoint.py) for the protocol's statements, each started once and used by many tests."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.wsgateway.gateway_process import ROOT

Endpoint = Callable[[str], str]


class EndpointProcess:
    """One endpoint on a free TCP port."""

    def __init__(self, name: str) -> None:
        self.where = f"127.0.0.1:{free_port()}"
        command = [sys.executable, "-W", "error", "-m", "tests.wsgateway.sockjs.endpoint", name, self.where]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
        wait_for_port(self.where, self.process)

    def stop(self) -> str:
        """End it; what it had to say, which should be nothing."""
        self.process.terminate()
        return self.process.communicate(timeout=20)[1].decode()


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(where: str, process: "subprocess.Popen[bytes]") -> None:
    """Until somebody listens there."""
    host, _, port = where.rpartition(":")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()[1]
        try:
            socket.create_connection((host, int(port)), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"nobody listens on {where}")


@pytest.fixture(scope="session")
def endpoint() -> Iterator[Endpoint]:
    """`endpoint("echo")` is where the endpoint of that name listens."""
    started: dict[str, EndpointProcess] = {}

    def where(name: str) -> str:
        if name not in started:
            started[name] = EndpointProcess(name)
        return started[name].where

    yield where
    said = {name: process.stop() for name, process in started.items()}  # all of them, whatever one says
    assert said == dict.fromkeys(started, "")


@pytest.fixture
def echo(endpoint: Endpoint) -> str:
    """Says back what it is told; a streaming response ends after 4 KiB."""
    return endpoint("echo")


@pytest.fixture
def close(endpoint: Endpoint) -> str:
    """Closes every session at once with 3000, "Go away!"."""
    return endpoint("close")
