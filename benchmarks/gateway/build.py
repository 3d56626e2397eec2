"""Builds what the benchmark needs under `$BENCH_TMP`: C programs, a venv for the Python peers, node modules, the Go peer.

What can't be had is named and its peers are skipped; nothing is written into the project.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .machine import TMP

HERE = Path(__file__).parent
GO_LIBRARY = Path("/usr/share/gocode/src/github.com/centrifugal/centrifuge")
PEER_REQUIREMENTS = [
    "tornado==6.6.1", "sockjs-tornado==1.0.7", "redis==8.1.0", "hiredis==3.5.0", "Django==5.2.19", "channels==4.3.2",
    "channels_redis==4.3.0", "uvicorn==0.54.0", "uvloop==0.23.0", "httptools", "daphne==4.2.3", "python-socketio==5.18.1",
    "websockets==17.4", "msgpack",
]  # fmt: skip


def _run(command: list[str], **options) -> bool:
    return subprocess.run(list(map(str, command)), check=False, **options).returncode == 0


def _build_c() -> None:
    (TMP / "bin").mkdir(parents=True, exist_ok=True)
    for name in ("wsload", "climit", "httpload"):
        if not _run(["gcc", "-O2", "-Wall", "-o", TMP / "bin" / name, HERE / "load" / f"{name}.c"]):
            raise SystemExit("the load client needs gcc (Debian: apt-get install gcc libc6-dev)")


def _build_python_peers() -> None:
    python = TMP / "venv/bin/python"
    if not python.exists():
        _run([sys.executable, "-m", "venv", TMP / "venv"])
    _run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PEER_REQUIREMENTS])


def _build_node_peers() -> str | None:
    if not shutil.which("npm"):
        return "no npm"
    folder = TMP / "node"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "peers/package.json", folder)
    done = _run(["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder)
    return None if done else "npm install failed"


def _build_go_peer() -> str | None:
    if not shutil.which("go") or not GO_LIBRARY.is_dir():
        return "no Go or no centrifuge library (see README.md for Debian's packages)"
    source = TMP / "go/src/peer"
    source.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "peers/centrifuge.go", source / "main.go")
    env = {
        **os.environ,
        "GO111MODULE": "off",
        "GOFLAGS": "",
        "GOPATH": f"{TMP}/go:/usr/share/gocode",
        "GOCACHE": f"{TMP}/go/cache",
    }
    return None if _run(["go", "build", "-o", TMP / "bin/centrifuge", "."], cwd=source, env=env) else "go build failed"


def build_all() -> dict[str, str]:
    """Build everything; the answer names what is missing: {"node": reason, "go": reason}."""
    _build_c()
    _build_python_peers()
    missing = {"node": _build_node_peers(), "go": _build_go_peer()}
    return {kind: reason for kind, reason in missing.items() if reason}
