"""nginx writes access.log itself and for ever: put aside when it is long, by a small process beside nginx's own."""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

#: an evening of a hundred players is about 5 MB
BYTES = 20 * 1000 * 1000
#: former ones that are kept
KEPT = 2
EVERY_S = 5.0
PR_SET_PDEATHSIG = 1


def begin(log: Path) -> None:
    """Fork a process that looks after the log as long as this one, which becomes nginx, lives."""
    nginx = os.getpid()
    if os.fork():
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    while os.getppid() == nginx:
        time.sleep(EVERY_S)
        try:
            rotate(log, nginx)
        except OSError as error:
            # the disk, or nginx just gone: it is tried again, and nginx's own log says so
            print(f"{log} could not be put aside: {error}", file=sys.stderr, flush=True)
    os._exit(0)


def rotate(log: Path, nginx: int, longest: int = BYTES) -> bool:
    """Put the log aside if it is too long, and have nginx open a new one; whether it was."""
    if not log.is_file() or log.stat().st_size <= longest:
        return False
    put_aside(log)
    os.kill(nginx, signal.SIGUSR1)
    return True


def put_aside(log: Path) -> None:
    """The log becomes access.log.1, that one access.log.2, and the last one goes."""
    for number in range(KEPT, 0, -1):
        older = numbered(log, number - 1)
        if older.is_file():
            older.replace(numbered(log, number))


def numbered(log: Path, number: int) -> Path:
    """access.log, access.log.1, access.log.2."""
    return log.with_name(f"{log.name}.{number}") if number else log
