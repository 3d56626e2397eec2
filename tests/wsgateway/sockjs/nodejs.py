"""npm's SockJS server (the oracle) and sockjs-client, installed once for all runs: exact versions by a lock file."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from bin.launcher.client import NODE_FOLDER, node_command, node_environment
from bin.launcher.installation import ROOT, locked

SOURCE = Path(__file__).parent / "node"


def installed() -> Path:
    """The folder with `node_modules`; a new lock file makes a new one. Two runs at once wait for each other."""
    lock = SOURCE / "package-lock.json"
    folder = ROOT / "var" / "sockjs-tests" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder.with_suffix(".lock")):
        if not (folder / ".installed").exists():
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(SOURCE / name, folder / name)
            command = node_command("ci", "--no-audit", "--no-fund", "--loglevel=error")
            subprocess.run(command, cwd=folder, env=node_environment(), stdin=subprocess.DEVNULL, check=True)
            (folder / ".installed").touch()
        for script in SOURCE.glob("*.js"):
            shutil.copy(script, folder / script.name)
    return folder


def node(script: str, *arguments: str) -> "subprocess.Popen[str]":
    """A script of ours, running."""
    folder = installed()
    command = [str(NODE_FOLDER / "bin" / "node"), "--no-deprecation", str(folder / script), *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=node_environment())
