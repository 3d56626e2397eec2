"""`bin/dev`: the product as `bin/run` starts it, beside it Vite, and Python's processes restarted when a file is saved.

The page to open is Vite's: it updates in place and hands everything else (`/api`, `/ws`, `/admin`, ...) to our nginx.
"""

import os
import threading
from pathlib import Path

import watchfiles

from bin.launcher.client import NODE_FOLDER, WEB
from bin.launcher.console import explain, say
from bin.launcher.installation import ROOT
from bin.launcher.preflight import check_port
from bin.launcher.processes import Process
from bin.launcher.supervision import Supervisor
from bin.launcher.up import Extras, catch_signals, read_environment, run
from config.env import Env

#: folders whose Python the processes run; tests and the launcher itself are not among them
CODE = ("accounts", "config", "quiz", "rooms", "wsgateway")


class PythonFilter(watchfiles.PythonFilter):
    """Python, Lua and templates; no caches."""

    def __init__(self) -> None:
        super().__init__(extra_extensions=(".lua", ".html", ".txt", ".mo", ".json"))


def main() -> None:
    """Until Ctrl-C."""
    env = read_environment()
    os.environ["ALLOWED_ORIGINS"] = ",".join(filter(None, [env.allowed_origins, vite_address(env)]))
    os.environ["DRAIN_SECONDS"] = "0"
    try:
        run(catch_signals(), Extras(prepare=look, processes=processes, started=started))
    except OSError as error:
        explain(error)


def vite_port(env: Env) -> int:
    """The port beside ours."""
    return env.port + 1


def vite_address(env: Env) -> str:
    """Where a developer's browser looks."""
    return f"http://127.0.0.1:{vite_port(env)}"


def look(env: Env) -> None:
    """Before anything starts: Vite's port is free as well."""
    check_port("127.0.0.1", vite_port(env))


def processes(env: Env) -> list[Process]:
    """Vite's server, run by the wheel's Node."""
    vite = str(WEB / "node_modules" / "vite" / "bin" / "vite.js")
    command = [str(NODE_FOLDER / "bin" / "node"), vite, str(WEB), "--port", str(vite_port(env)), "--strictPort"]
    return [Process("vite", command, 60, {"BACKEND": f"http://127.0.0.1:{env.port}"})]


def started(env: Env, supervisor: Supervisor, stop: threading.Event) -> None:
    """Everything is up: say where, and watch the code from now on."""
    say(f"\n  Develop at:     {vite_address(env)}/   (Python restarts on save, the client updates in place)\n")
    threading.Thread(target=watch_code, args=(supervisor, stop), daemon=True).start()


def watch_code(supervisor: Supervisor, stop: threading.Event) -> None:
    """Restart whatever runs Python when a file of it is saved."""
    folders = [ROOT / name for name in folders_of_code()]
    for changes in watchfiles.watch(*folders, watch_filter=PythonFilter(), stop_event=stop, raise_interrupt=False):
        changed = sorted({str(Path(path).relative_to(ROOT)) for _, path in changes})
        say(f"changed: {', '.join(changed[:3])}{' ...' if len(changed) > 3 else ''}")
        supervisor.restart(name for name in supervisor.states() if name not in ("redis", "nginx", "vite"))


def folders_of_code() -> list[str]:
    """`CODE`, and the folder of every game."""
    from config.games import GAMES

    return sorted({*CODE, *(path.partition(".")[0] for path in GAMES.values())})


if __name__ == "__main__":
    main()
