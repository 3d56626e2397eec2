"""The whole product as a person starts it, on a port and in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Callable
from pathlib import Path
from typing import Any

import redis
import requests
from supervisor.xmlrpc import SupervisorTransport

from config.env import BASE_DIR, Env

#: the first start of everything on two busy cores
START_SECONDS = 150
STOP_SECONDS = 60


class Product:
    """`bin/run` under test. `url` is the public address, `var` its folder; stop it, or what you started stays."""

    def __init__(self, var: Path, port: int, **environment: str) -> None:
        self.var, self.port = var, port
        self.url = f"http://127.0.0.1:{port}"
        self.environment = clean_environment() | {"VAR_DIR": str(var), "PORT": str(port)} | environment
        #: what starts it, and where; a test with a checkout of its own says otherwise
        self.command, self.checkout = [sys.executable, "-m", "bin.launcher.up"], BASE_DIR
        self.process: subprocess.Popen[str] | None = None
        self.output = var.with_name(var.name + ".out")

    def launch(self) -> "Product":
        """Start it and return at once."""
        with self.output.open("w") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.checkout,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        return self

    def start(self) -> "Product":
        """Start it and return when it says that it is up. Raises `AssertionError` with what it said instead."""
        self.launch()
        wait_for(lambda: self.is_up() or self.has_ended(), START_SECONDS, self.told)
        assert self.is_up(), self.told()
        return self

    def is_up(self) -> bool:
        """It has printed its address."""
        return "Gamehub is up" in self.told()

    def has_ended(self) -> bool:
        """The runner is gone."""
        return self.process is not None and self.process.poll() is not None

    def told(self) -> str:
        """All it printed so far."""
        return self.output.read_text()

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Send the signal to the runner alone, wait for its end; its exit status."""
        assert self.process is not None
        if not self.has_ended():
            self.process.send_signal(sign)
        return self.process.wait(STOP_SECONDS)

    def pid(self, name: str) -> int:
        """Pid of one process, by its name under the runner (`web`, `gateway-1`, `redis`, ...)."""
        return int((self.var / "run" / f"{name}.pid").read_text())

    def names(self) -> set[str]:
        """Every process the runner keeps."""
        return {path.stem for path in (self.var / "run").glob("*.pid")} - {"supervisord"}

    def kill(self, name: str) -> int:
        """kill -9 one process; returns the pid that died."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def supervise(self, call: str, *arguments: object) -> Any:
        """A call to the process runner, as `supervisorctl` makes it: stopProcess, startProcess, getProcessInfo, ..."""
        address = f"unix://{self.var / 'supervisor.sock'}"
        with xmlrpc.client.ServerProxy("http://127.0.0.1", SupervisorTransport(serverurl=address)) as server:
            return getattr(server.supervisor, call)(*arguments)

    def get(self, path: str, **options: Any) -> requests.Response:
        """GET of a path at the public address."""
        return requests.get(self.url + path, timeout=20, **options)

    def redis(self) -> redis.Redis:
        """A client of its Valkey, answers as `str`."""
        return redis.Redis.from_url(f"unix://{self.var / 'redis.sock'}", decode_responses=True)

    def manage(self, *arguments: str) -> str:
        """Run a management command against it; what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=BASE_DIR, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def processes(self) -> dict[int, str]:
        """Every living process of this product, pid -> command line, whoever its parent is."""
        return {
            int(entry.name): command
            for entry in Path("/proc").glob("[0-9]*")
            if (command := command_line(entry)) and (str(self.var) in command or self.var_of(entry) == str(self.var))
        }

    @staticmethod
    def var_of(entry: Path) -> str | None:
        """The VAR_DIR a process was started with."""
        try:
            found = re.search(rb"(?:^|\0)VAR_DIR=([^\0]*)", entry.joinpath("environ").read_bytes())
        except OSError:
            return None
        return found[1].decode() if found else None


def command_line(entry: Path) -> str:
    """A process's command line; empty for one that ended or was never of ours."""
    try:
        return entry.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def clean_environment() -> dict[str, str]:
    """This process's environment with every setting of ours at its default, and limits that tests don't run into."""
    blank = {name.upper(): "" for name in Env.__struct_fields__}
    plenty = {f"THROTTLE_{scope.upper()}": "100000/hour" for scope in Env().throttle_rates}
    kept = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", *blank)}
    chosen = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "RUN_AS")}
    return kept | blank | plenty | chosen | {"DRAIN_SECONDS": "1"}


def wait_for(condition: Callable[[], Any], seconds: float, explain: Callable[[], object] = str) -> Any:
    """The condition's first true value. Raises `AssertionError` with the explanation when there is none in time."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {explain()}"
        time.sleep(0.05)
    return value
