"""Our real gateway, whole: token check, presence, limits and metrics on; one process, or two behind the shipped nginx."""

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from . import machine
from .machine import CLIENT_CPU, SERVER_CPU, TMP

if TYPE_CHECKING:
    from .servers import Server

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = str(ROOT / ".venv/bin/python")


def _gateway(server: "Server", env: dict[str, str], listen: str, index: int, folder: str) -> subprocess.Popen:
    ours = {
        "GATEWAY_LISTEN": listen,
        "GATEWAY_INDEX": str(index),
        "VAR_DIR": folder,
        "REDIS_URL": f"redis://127.0.0.1:{server.redis.port}",
    }
    command = [PYTHON, "-m", "wsgateway"]
    return machine.spawn(SERVER_CPU, command, env={**env, **ours}, cwd=ROOT, stdout=server.stderr, stderr=server.stderr)


def _nginx(server: "Server", listens: list[str], folder: str) -> subprocess.Popen:
    """The gateway part of the shipped nginx configuration, on the client's core and uncounted."""
    from .nginx import render

    path = Path(folder) / "nginx.conf"
    path.write_text(render(server.port, listens, folder))
    binary = str(ROOT / ".venv/bin/nginx")
    process = machine.spawn(
        CLIENT_CPU, [binary, "-p", folder, "-c", str(path), "-g", "daemon off;"], stderr=server.stderr
    )
    process.uncounted = True  # type: ignore[attr-defined]
    return process


def start_gateways(server: "Server", env: dict[str, str], *, processes: int) -> list[subprocess.Popen]:
    """Start one gateway on the server's port, or several on unix sockets with nginx on that port (last in the list)."""
    folder = tempfile.mkdtemp(prefix="ours-", dir=TMP)
    if processes == 1:
        return [_gateway(server, env, f"127.0.0.1:{server.port}", 0, folder)]
    listens = [f"unix:{folder}/gateway-{i}.sock" for i in range(processes)]
    gateways = [_gateway(server, env, listen, i, folder) for i, listen in enumerate(listens)]
    return [*gateways, _nginx(server, listens, folder)]
