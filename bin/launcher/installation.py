"""The virtual environment: made once, filled from the pinned requirements, left alone while those don't change.

Its console scripts name the place it was made in; nothing of ours is started by them (`python -m`, always), so that a
checkout that was moved or renamed comes up again, without a network.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bin.launcher.console import fail, say

ROOT = Path(__file__).resolve().parents[2]
#: GAMEHUB_VENV moves it, for a checkout on a read-only or a slow disk
VENV = Path(os.environ.get("GAMEHUB_VENV") or ROOT / ".venv").absolute()
PYTHON = VENV / "bin" / "python"
#: what the environment takes when installed for the tests, with some air
NEEDED_BYTES = 1_500 * 1024 * 1024


def ensure_environment(requirements: str) -> None:
    """Bring `.venv` to what the requirements file names. Two commands started at once wait for each other."""
    wanted = fingerprint(requirements)
    with locked(ROOT / ".venv.lock"):
        stamp = VENV / f".{requirements}.sha256"
        if PYTHON.exists() and stamp.is_file() and stamp.read_text() == wanted:
            return
        if not PYTHON.exists():
            create_environment()
        install(requirements)
        stamp.write_text(wanted)


def fingerprint(requirements: str) -> str:
    """Hash of all that decides what gets installed, the Python's version included."""
    names = {"requirements.txt", requirements, "constraints.txt"}
    parts = [sys.version.encode(), *((ROOT / name).read_bytes() for name in sorted(names))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file; it goes with the process, however that ends. Who has to wait is told so."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another bin/run or bin/test of this checkout, which is installing or building")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def create_environment() -> None:
    """`python -m venv`, with a message that helps where Python comes without it."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        fail("this Python comes without the venv module.", "Debian, Ubuntu: apt install python3-venv", sys.executable)
    free = shutil.disk_usage(VENV.parent).free
    if free < NEEDED_BYTES:
        fail(f"not enough disk space: {free >> 20} MiB free at {VENV.parent}, {NEEDED_BYTES >> 20} MiB needed.")
    say(f"Making the environment in {VENV} (Python {sys.version.split()[0]})")
    if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode:
        fail("could not make the virtual environment; its own message is above.")


def install(requirements: str) -> None:
    """pip install, pinned; quiet unless it fails."""
    say(f"Installing {requirements} (a few minutes the first time)")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["-r", requirements, "-c", "constraints.txt"]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        say(done.stdout + done.stderr)
        fail(
            "pip could not install the requirements; its own message is above.", "Is the network up? Is the disk full?"
        )
