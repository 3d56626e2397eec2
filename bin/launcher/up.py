"""`bin/run`, inside the environment: look, prepare, start, watch, stop."""

import json
import os
import resource
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import msgspec

from bin.launcher import tied
from bin.launcher.client import build_client
from bin.launcher.console import explain, fail, say
from bin.launcher.installation import ROOT
from bin.launcher.preflight import check_port, take_folder
from bin.launcher.privacy import UMASK
from bin.launcher.processes import Process, all_processes
from bin.launcher.service_user import compile_code, step_down
from bin.launcher.starting import start
from bin.launcher.supervision import Supervisor
from config.env import Env, load_env
from deploy.nginx.limits import read_limits

WATCH_SECONDS = 0.5


def main() -> None:
    """Everything from the look at the machine to the last process's end."""
    try:
        run(catch_signals())
    except OSError as error:
        explain(error)


class Extras(NamedTuple):
    """What `bin/dev` has on top: a look before anything starts, more processes, and what begins when all are up."""

    prepare: Callable[[Env], None]
    processes: Callable[[Env], list[Process]]
    started: Callable[[Env, Supervisor, threading.Event], None]


def run(stop: threading.Event, extras: Extras | None = None) -> None:
    """The same, as long as the machine does what it is asked."""
    env = read_environment()
    lock = take_folder(env.var)
    end_former(env.var)
    check_port(env.host, env.port)
    if extras:
        extras.prepare(env)
    # parts of the checkout, for everybody who may read that
    build_client()
    compile_code()
    os.umask(UMASK)
    if extras is None:  # who develops is the one who may write the code
        step_down(env)
    prepare(env, stop)
    processes = all_processes(env) + (extras.processes(env) if extras else [])
    supervisor = Supervisor(env.var, processes, raise_file_limit())
    try:
        if not stop.is_set() and (pids := start(supervisor, env, stop)) is not None:
            say(greeting(env))
            if extras:
                extras.started(env, supervisor, stop)
            watch(supervisor, stop, pids)
    finally:
        say("Stopping")
        supervisor.stop()
        lock.close()
    say("Stopped; nothing is left running.")


def catch_signals() -> threading.Event:
    """An event that Ctrl-C, a kill and the closing of the terminal all set."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    return stop


def read_environment() -> Env:
    """The environment, its folder made absolute for every process, whatever folder that works in."""
    try:
        var = load_env().var.absolute()
        os.environ["VAR_DIR"] = str(var)
        load_env.cache_clear()
        env = load_env()
    except msgspec.ValidationError as error:
        fail(f"a variable of the environment or of .env has a wrong value: {error}")
    try:
        read_limits(env)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        fail(f"a variable of the environment or of .env has a wrong value: NGINX_LIMITS: {error}")
    return env


def end_former(var: Path) -> None:
    """End what a runner killed without mercy may have left. Only for the holder of the folder's lock."""
    for record in sorted((var / "run").glob("*.pid")):
        tied.end_leftovers(record)


def prepare(env: Env, stop: threading.Event) -> None:
    """Secret, database, questions, static files."""
    ensure_secret(env)
    command = [sys.executable, "manage.py", "prepare", *([] if env.production else ["--operator"])]
    failed = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode
    if failed and not stop.is_set():  # Ctrl-C reaches it as well as us
        fail("the database could not be prepared; the message is above.")


def ensure_secret(env: Env) -> None:
    """The demo's secret key: made once, for this installation alone."""
    path = env.var / "secret_key"
    if env.production or env.secret_key or path.is_file():
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))


def raise_file_limit() -> int:
    """Let our processes open as many files (sockets) as this machine allows a user; returns that number."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(65536, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def greeting(env: Env) -> str:
    """Where to go, and the operator's login."""
    lines = ["", f"  Gamehub is up:  {env.base_url}/", f"  API to try:     {env.base_url}/api/v1/docs/"]
    login = env.var / "operator.json"
    if not env.production and login.is_file():
        operator = json.loads(login.read_text())
        lines += [
            f"  Operators:      {env.base_url}/admin/",
            f"                  name {operator['name']}, password {operator['password']}",
        ]
    return "\n".join([*lines, f"  Logs:           {env.var / 'log'}", "", "Ctrl-C stops everything."])


def watch(supervisor: Supervisor, stop: threading.Event, pids: dict[str, int]) -> None:
    """Say when a process fell and was started again, until we are told to stop. `pids` are those it started with."""
    while not stop.wait(WATCH_SECONDS):
        if not supervisor.running:
            fail("the process runner itself ended; everything it ran has been stopped.")
        for name, row in supervisor.states().items():
            if row["pid"] and row["pid"] != pids.get(name):
                if name in pids:
                    say(f"{name} fell and was started again (log: {row['stdout_logfile']})")
                pids[name] = row["pid"]


if __name__ == "__main__":
    main()
