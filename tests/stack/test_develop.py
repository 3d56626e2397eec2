"""`bin/dev`: Vite beside the product, and Python that is restarted when it is saved."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from bin.launcher.develop import folders_of_code
from config.env import BASE_DIR


def free_pair() -> int:
    """A port that is free, and the next one, too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                two.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def until(condition: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def answers(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bytes(response.read())
    except OSError:
        return b""


def test_every_game_is_watched() -> None:
    assert folders_of_code() == ["accounts", "config", "quiz", "rooms", "wsgateway"]


@pytest.mark.stack
@pytest.mark.timeout(240)
def test_dev_serves_the_client_by_vite_and_restarts_python_on_save(tmp_path: Path) -> None:
    port = free_pair()
    environment = {**os.environ, "VAR_DIR": str(tmp_path / "v"), "PORT": str(port), "DATABASE_URL": "", "REDIS_URL": ""}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    log = tmp_path / "out"
    with log.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "bin.launcher.develop"], cwd=BASE_DIR, env=environment, stdout=out, stderr=out
        )
    try:
        until(lambda: "Develop at" in log.read_text() or child.poll() is not None)
        assert child.poll() is None, log.read_text()
        until(lambda: b"/@vite/client" in answers(f"http://127.0.0.1:{port + 1}/"))
        assert b"openapi" in answers(f"http://127.0.0.1:{port + 1}/api/v1/schema/")
        (BASE_DIR / "config" / "version.py").touch()
        until(lambda: "web fell and was started again" in log.read_text())
        until(lambda: answers(f"http://127.0.0.1:{port}/livez") != b"")
        assert "changed: config/version.py" in log.read_text()
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(60)
