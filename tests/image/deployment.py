"""Several containers that make a running Gamehub: started in order, stopped in the opposite one."""

import json
import os
import secrets
import subprocess
from pathlib import Path
from typing import Any

from deploy.redis import USERS
from tests.image.container import Container

#: seconds in which a process on a busy machine has to be healthy, whatever its manifest says
HEALTHY_S = 120.0
HOST = "gamehub.test"
#: the image as bin/launcher/image.py mounted it
IMAGE: dict[str, Any] = json.loads(os.environ.get("GAMEHUB_IMAGE", "{}"))


class Deployment:
    """`url` is where players go; `manage` runs a management command beside the servers."""

    #: of the public port
    certificate: Path
    #: VAR_DIR, seen from outside
    state: Path

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.url = f"https://localhost:{port}"
        self.running: dict[str, Container] = {}
        #: those that had to be killed
        self.killed: list[str] = []
        self.hosts = folder / "hosts"
        self.hosts.write_text(f"127.0.0.1 localhost postgres redis nginx {HOST}\n")
        names = ["SECRET_KEY", "POSTGRES_PASSWORD", *USERS.values()]
        self.secrets = {name: secrets.token_hex(32) for name in names}

    def volume(self, name: str, mode: int = 0o700) -> Path:
        """An empty folder that belongs to the image's user, as a new volume does."""
        path = self.folder / name
        if not path.is_dir():
            path.mkdir()
            path.chmod(mode)
            uid = user_id()
            os.chown(path, uid, uid)
        return path

    def up(self) -> None:
        """Start everything and wait until it is healthy."""
        raise NotImplementedError

    def manage(self, *arguments: str) -> str:
        """What `manage.py` printed, run in Django's container."""
        done = self.running["web"].run("/srv/gamehub/.venv/bin/python", "manage.py", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self) -> None:
        """Stop everything, the last started first."""
        for name, container in reversed(self.running.items()):
            if not container.stop():
                self.killed.append(name)

    def told(self) -> str:
        """The ends of all logs."""
        return "\n".join(f"--- {name}\n{container.told}" for name, container in self.running.items())


def user_id() -> int:
    """Of the user whom the image runs as."""
    rows = (line.split(":") for line in Path(IMAGE["root"], "etc/passwd").read_text().splitlines())
    return next(int(row[2]) for row in rows if row[0] == IMAGE["user"])


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost and its key, for this run alone."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += [
        "-addext",
        f"subjectAltName=DNS:localhost,DNS:{HOST},IP:127.0.0.1",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run(command, check=True, capture_output=True)
    key.chmod(0o600)
    return certificate, key
