"""Our real gateway, whole: token check, presence, limits and metrics on; one process, or two behind the shipped nginx."""

import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from . import machine
from .machine import CLIENT_CPU, SERVER_CPU, TMP

if TYPE_CHECKING:
    from .servers import Server

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = str(ROOT / ".venv/bin/python")


def _gateway(server: "Server", env: dict[str, str], listen: str, folder: str) -> subprocess.Popen:
    redis_url = f"redis://127.0.0.1:{server.redis.port}"
    ours = {"GATEWAY_LISTEN": listen, "VAR_DIR": folder}
    command = [PYTHON, *server.peer.command]
    options = {"cwd": ROOT, "stdout": server.stderr, "stderr": server.stderr}
    return machine.spawn(SERVER_CPU, command, env={**env, **ours, "REDIS_URL": redis_url}, **options)


def _nginx(server: "Server", env: dict[str, str], processes: int, folder: str) -> subprocess.Popen:
    """The shipped nginx configuration, on the client's core and uncounted."""
    given = {"VAR_DIR": folder, "PORT": str(server.port), "GATEWAY_PROCESSES": str(processes)}
    command = [PYTHON, "-m", "deploy.nginx"]
    process = machine.spawn(
        CLIENT_CPU, command, env={**env, **given}, cwd=ROOT, stdout=server.stderr, stderr=server.stderr
    )
    process.uncounted = True
    return process


def start_gateways(server: "Server", env: dict[str, str], *, processes: int) -> list[subprocess.Popen]:
    """Start one gateway on the server's port, or several on unix sockets with nginx on that port (last in the list)."""
    folder = tempfile.mkdtemp(prefix="ours-", dir=TMP)
    if processes == 1:
        return [_gateway(server, env, f"127.0.0.1:{server.port}", folder)]
    sockets = [Path(folder) / f"gateway-{i + 1}.sock" for i in range(processes)]
    gateways = [_gateway(server, env, f"unix:{path}", folder) for path in sockets]
    deadline = time.monotonic() + 20
    while not all(path.exists() for path in sockets) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [*gateways, _nginx(server, env, processes, folder)]
