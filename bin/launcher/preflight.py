"""What would go wrong later with a worse message: looked at before anything starts."""

import errno
import fcntl
import shutil
import socket
import stat
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from bin.launcher.console import fail

#: a unix socket's address holds 108 bytes on Linux and 104 on macOS, the final zero included
LONGEST_SOCKET_PATH = 103
#: the database, the append-only file and the logs of an evening
NEEDED_BYTES = 200 * 1024 * 1024
#: one of them is in every folder that was ever ours
OURS = {"run.lock", "db.sqlite3", "secret_key"}


def take_folder(var: Path) -> IO[str]:
    """Fail with a message that says what to do, or return the lock that marks VAR_DIR as in use (keep it open)."""
    check_folder(var)
    check_socket_path(var)
    check_disk(var)
    return take_lock(var)


def check_folder(var: Path) -> None:
    """VAR_DIR can be made and written to, and is a folder for this alone: it will be closed to everybody else."""
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = {path.name for path in var.iterdir()} - {"lost+found"}
        # tried, not asked for: what a read-only disk, a quota or an access list forbid shows only so
        with TemporaryFile(dir=var) as file:
            file.write(b"x")
    except OSError as error:
        doing = "write to" if var.is_dir() else "make the folder"
        fail(f"can't {doing} {var}: {error.strerror}.", "VAR_DIR=/another/folder bin/run moves it.")
    if var.stat().st_mode & stat.S_ISVTX or (entries and not entries & OURS):
        fail(
            f"{var} holds other things already; VAR_DIR must be a folder of its own.", f"VAR_DIR={var}/gamehub bin/run"
        )


def check_socket_path(var: Path) -> None:
    """The longest of our sockets' names fits."""
    longest = str(var / "gateway-99-metrics.sock")
    if len(longest.encode()) > LONGEST_SOCKET_PATH:
        fail(
            f"the path of {var} is too long for the unix sockets in it ({LONGEST_SOCKET_PATH} bytes).",
            "VAR_DIR=/a/shorter/path bin/run puts them elsewhere.",
        )


def check_disk(var: Path) -> None:
    """There is room for an evening's data."""
    free = shutil.disk_usage(var).free
    if free < NEEDED_BYTES:
        fail(f"not enough disk space: {free >> 20} MiB free at {var}, {NEEDED_BYTES >> 20} MiB needed.")


def take_lock(var: Path) -> IO[str]:
    """Only one runner a folder. The lock goes with the process, however that ends."""
    lock = (var / "run.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        fail(
            f"Gamehub is running on {var} already.", "Another one beside it: VAR_DIR=/another/folder PORT=9000 bin/run"
        )
    return lock


def check_port(host: str, port: int) -> None:
    """The public port is free, and ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as nginx does: TIME_WAIT is no neighbour
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            reasons = {
                errno.EADDRINUSE: (f"port {port} on {host} is taken.", f"PORT={port + 1000} bin/run takes another."),
                errno.EACCES: (
                    f"port {port} may not be used by this user.",
                    "Choose one above 1023: PORT=8000 bin/run",
                ),
                errno.EADDRNOTAVAIL: (f"this machine has no address {host}.", "HOST=0.0.0.0 stands for all it has."),
            }
            fail(*reasons.get(error.errno or 0, (f"can't listen on {host}:{port}: {error.strerror}.",)))
