"""From the start of the processes to the first answer through the door; and what doesn't come up, said with its log."""

import os
import threading
import time
from pathlib import Path
from typing import Any

from bin.launcher.console import fail, say
from bin.launcher.supervision import Supervisor
from config.env import Env
from deploy.health import front_door, is_ready

#: a slow machine's first start of Django and Celery, several times over
READY_SECONDS = 90
#: a healthy start takes a few seconds; from here on whatever fell is named
PATIENCE_SECONDS = 20
LOG_LINES, LOG_BYTES = 12, 8192


class Falls:
    """Which processes fall again and again; each is told once."""

    def __init__(self, supervisor: Supervisor) -> None:
        self.supervisor = supervisor
        self.pids: dict[str, set[int]] = {}
        self.rows: dict[str, dict[str, Any]] = {}
        self.told: set[str] = set()

    def look(self) -> None:
        """Ask the process runner; one that has another pid than before has fallen in between."""
        self.rows = self.supervisor.states()
        for name, row in self.rows.items():
            self.pids.setdefault(name, set()).update({row["pid"]} - {0})

    @property
    def fallen(self) -> list[str]:
        """Those that are down, or were."""
        down = ("BACKOFF", "FATAL", "EXITED", "UNKNOWN")
        return [name for name, row in self.rows.items() if row["statename"] in down or len(self.pids[name]) > 1]

    def tell(self) -> None:
        """Of each: which, the last lines of its log, where that is."""
        for name in self.fallen:
            if name not in self.told:
                self.told.add(name)
                log = Path(self.rows[name]["stdout_logfile"])
                say(f"{name} falls again and again. The last lines of its log, {log}:\n{last_lines(log)}")


def start(supervisor: Supervisor, env: Env, stop: threading.Event) -> dict[str, int] | None:
    """Start all and wait until a request gets through to the database and back; name -> pid, None if stopped."""
    say("Starting")
    supervisor.start()
    falls, began = Falls(supervisor), time.monotonic()
    while not is_ready(front_door(env)):
        if stop.wait(0.1):
            return None
        falls.look()
        waited = time.monotonic() - began
        if waited > PATIENCE_SECONDS:
            falls.tell()
        if not supervisor.running:
            log = env.var / "log" / "supervisord.out"
            fail(f"the process runner itself ended. The last lines of its log, {log}:", last_lines(log))
        if waited > READY_SECONDS:
            falls.tell()
            fail(f"the servers did not come up. {states(supervisor)}", f"Their logs are in {env.var / 'log'}.")
    return {name: row["pid"] for name, row in supervisor.states().items()}


def states(supervisor: Supervisor) -> str:
    """What the process runner says of each."""
    return " ".join(f"{name}: {row['statename']}." for name, row in supervisor.states().items())


def last_lines(log: Path) -> str:
    """The end of a log, indented; the log of a process that falls all the time may be long."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LOG_BYTES))
            text = file.read().decode(errors="replace")
    except OSError:
        text = ""
    lines = text.rstrip().splitlines()[-LOG_LINES:] or ["(it has written nothing)"]
    return "\n".join(f"    {line}" for line in lines)
