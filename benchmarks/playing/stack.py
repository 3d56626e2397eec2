"""The whole product, started as bin/run starts it, on a folder, a port and a PostgreSQL of its own."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from benchmarks.gateway.machine import free_port
from benchmarks.no_limits import NO_LIMITS
from benchmarks.playing.meters import Meters
from bin.launcher.postgres import postgres
from config.env import BASE_DIR
from tests.stack.product import Product, wait_for

KINDS = {"nginx": "nginx", "uWSGI": "web", "Redis": "redis", "Celery worker": "worker", "Celery beat": "beat"}


@contextmanager
def running(gateways: int) -> Iterator[tuple[Product, dict[str, int]]]:
    """The product, and the root pid of each kind of process."""
    with TemporaryDirectory(prefix="gh-") as folder, postgres() as url:
        os.environ["DATABASE_URL"] = url
        quiet = {"GATEWAY_PROCESSES": str(gateways), "LOG_LEVEL": "WARNING"}
        # all players come from one address, and PostgreSQL's folder is open to its own user and root alone
        quiet |= {"NGINX_LIMITS": NO_LIMITS, "RUN_AS": "root"}
        product = Product(Path(folder, "p"), free_port(), **quiet)
        try:
            product.start()
            wait_for(lambda: all(listens(path) for path in private_listeners(product, gateways)), 30)
            postmaster = Path(unquote(url.partition("host=")[2]), "postmaster.pid")
            roots = {kind: product.pid(name) for kind, name in KINDS.items()}
            roots |= {f"gateway {n}": product.pid(f"gateway-{n}") for n in range(1, gateways + 1)}
            yield product, {**roots, "PostgreSQL": int(postmaster.read_text().split()[0])}
        finally:
            product.stop()


def private_listeners(product: Product, gateways: int) -> list[Path]:
    """Where each gateway answers /metrics; its public listener is open by then."""
    return [product.var / f"gateway-{number}-metrics.sock" for number in range(1, gateways + 1)]


def listens(path: Path) -> bool:
    """Whether somebody answers on the unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def meters(product: Product, roots: dict[str, int], gateways: int) -> Meters:
    """The meters of a running product."""
    return Meters(roots, private_listeners(product, gateways))


def ask_database(product: Product, *words: str) -> dict:
    """What `benchmarks.playing.database` says."""
    command = [sys.executable, "-m", "benchmarks.playing.database", *words]
    env = {**product.environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return json.loads(subprocess.run(command, cwd=BASE_DIR, env=env, check=True, capture_output=True).stdout)
