"""`python tied.py NAME COMMAND...`: become COMMAND, tied to the process that started it.

The kernel sends SIGTERM when the parent dies, even of SIGKILL, so that nothing of ours outlives the runner (Linux;
elsewhere only an orderly end stops the children). And before that, whatever a former NAME left behind is ended: nginx's
workers go on serving when their master is killed, and would keep the port from the next one.
"""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Clear up after the former one, write down who we are, become the command."""
    name, *command = sys.argv[1:]
    record = Path(os.environ["VAR_DIR"]) / "run" / f"{name}.pid"
    record.parent.mkdir(parents=True, exist_ok=True)
    end_leftovers(record)
    # in one step, so that nobody reads half a number
    fresh = record.with_suffix(".new")
    fresh.write_text(str(os.getpid()))
    fresh.replace(record)
    tie_to_parent()
    os.execvp(command[0], command)


def tie_to_parent() -> None:
    """Ask the kernel for SIGTERM at the parent's death; end at once if it died before we could ask."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit("the runner is gone")


def end_leftovers(record: Path) -> None:
    """Kill what is left of the process group whose leader's pid is written down, if its leader is dead."""
    if not record.is_file():
        return
    group = int(record.read_text() or 0)
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for pid in members(group):
            os.kill(pid, sign)
        deadline = time.monotonic() + 2
        while members(group) and time.monotonic() < deadline:
            time.sleep(0.02)


def members(group: int) -> list[int]:
    """Living processes of the group that work in our folder (a reused number belongs to somebody else)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, pgrp = entry.joinpath("stat").read_text().rpartition(")")[2].split()[:3]
            ours = os.readlink(entry / "cwd") == os.getcwd()
        except OSError:
            continue
        if int(pgrp) == group and ours and state != "Z" and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


if __name__ == "__main__":
    main()
