"""supervisord under us: its configuration, its start, what it tells, its end."""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import xmlrpc.client
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from bin.launcher.installation import ROOT
from bin.launcher.processes import Process

TIED = Path(__file__).with_name("tied.py")

HEAD = """\
[supervisord]
nodaemon = true
logfile = {var}/log/supervisord.log
logfile_maxbytes = 5MB
logfile_backups = 1
silent = true
pidfile = {var}/supervisord.pid
directory = {root}
minfds = {files}

[unix_http_server]
file = {var}/supervisor.sock
chmod = 0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""

#: restarted whenever it ends, at once at first and then ever slower; the whole group goes with its leader
PROGRAM = """
[program:{name}]
command = {command}
environment = {environment}
priority = {priority}
autorestart = true
startsecs = 1
startretries = 1000
stopsignal = TERM
stopwaitsecs = {stop_seconds}
killasgroup = true
redirect_stderr = true
stdout_logfile = {var}/log/{name}.log
stdout_logfile_maxbytes = 20MB
stdout_logfile_backups = 2
"""


class Supervisor:
    """A supervisord of ours, its control socket in `var`."""

    def __init__(self, var: Path, processes: list[Process], files: int) -> None:
        self.var = var
        self.conf = var / "supervisord.conf"
        self.conf.write_text(render(var, processes, files), "utf-8")
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, tied to us, in a group of its own so that the terminal's Ctrl-C reaches us alone."""
        command = [sys.executable, str(TIED), "supervisord", sys.executable, "-m", "supervisor.supervisord"]
        (self.var / "log").mkdir(exist_ok=True)
        with (self.var / "log" / "supervisord.out").open("wb") as out:
            self.child = subprocess.Popen(
                [*command, "--nodaemon", "--configuration", str(self.conf)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def states(self) -> dict[str, dict[str, Any]]:
        """Process name -> what supervisord says of it (`statename`, `pid`, ...); empty while it is starting."""
        try:
            rows: Any = self._server().supervisor.getAllProcessInfo()
        except (OSError, xmlrpc.client.Error):
            return {}
        return {row["name"]: row for row in rows}

    def _server(self) -> Any:
        address = f"unix://{self.var / 'supervisor.sock'}"
        return xmlrpc.client.ServerProxy("http://127.0.0.1", SupervisorTransport(serverurl=address))

    def restart(self, names: Iterable[str]) -> None:
        """Have these processes end; each is started again as one that fell. One that is not running is left alone."""
        for name in names:
            with contextlib.suppress(OSError, xmlrpc.client.Error):
                self._server().supervisor.signalProcess(name, "TERM")

    @property
    def running(self) -> bool:
        """supervisord itself is there."""
        return self.child is not None and self.child.poll() is None

    def stop(self) -> None:
        """End everything in order and wait for it. A second signal meanwhile is supervisord's to be ignored."""
        if self.child is not None and self.running:
            os.kill(self.child.pid, signal.SIGTERM)
            self.child.wait()


def render(var: Path, processes: list[Process], files: int) -> str:
    """The configuration file."""
    head = HEAD.format(var=escape(str(var)), root=escape(str(ROOT)), files=files)
    return head + "".join(render_program(var, process) for process in processes)


def render_program(var: Path, process: Process) -> str:
    """One program's section."""
    return PROGRAM.format(
        name=process.name,
        command=escape(shlex.join([sys.executable, str(TIED), process.name, *process.command])),
        environment=escape(",".join(f'{name}="{value}"' for name, value in process.environment.items())),
        priority=process.priority,
        stop_seconds=process.stop_seconds,
        var=escape(str(var)),
    )


def escape(text: str) -> str:
    """supervisord expands %(name)s."""
    return text.replace("%", "%%")
