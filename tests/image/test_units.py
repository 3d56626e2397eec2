"""deploy/systemd: what systemd-analyze says, and its processes run as the units say; then a quiz through nginx."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.redis import USERS
from tests.image import access
from tests.image.deployment import IMAGE, Deployment
from tests.image.units import FOLDER, Units
from tests.stack.black_box import test_game

DEPLOYMENT = Units

NAMES = ["gamehub-web", "gamehub-gateway@1", "gamehub-worker", "gamehub-beat", "gamehub-nginx"]
#: what systemd-analyze says of them, times ten, with some air; without the drop-in they had 86
EXPOSURE = 25


@pytest.fixture(scope="module")
def machine() -> Iterator[Path]:
    """A root in which the units are installed, beside systemd's own."""
    root = Path(IMAGE["root"])
    own, units = root / "lib/systemd/system", root / "etc/systemd/system"
    shutil.copytree("/lib/systemd/system", own, symlinks=True, dirs_exist_ok=True)
    shutil.copytree(FOLDER, units, dirs_exist_ok=True)
    shutil.copy(FOLDER / "tls.conf", units / "gamehub-nginx.service.d" / "30-tls.conf")
    yield root
    shutil.rmtree(units)


def analyze(root: Path, *arguments: str) -> tuple[int, str]:
    """Exit status, and all that it says."""
    command = ["systemd-analyze", f"--root={root}", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def test_systemd_has_nothing_to_say_against_the_units(machine: Path):
    names = [f"{name}.service" for name in NAMES]

    assert analyze(machine, "verify", "--man=no", "gamehub.target", *names) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_is_shut_in(machine: Path, name: str):
    status, told = analyze(machine, "security", "--offline=true", f"--threshold={EXPOSURE}", f"{name}.service")

    assert status == 0, told


def test_secrets_are_root_s_alone(stack: Deployment):
    assert isinstance(stack, Units)
    names = ["gamehub", "django", "redis-users", *(f"redis-{user.lower()}" for user in USERS)]

    assert stack.modes == dict.fromkeys([f"{name}.env" for name in names], 0o600)


def test_every_unit_runs(stack: Deployment):
    assert {name: container.status() for name, container in stack.running.items()} == dict.fromkeys(stack.running)


def test_nobody_else_may_read_what_the_units_keep(stack: Deployment):
    """Every folder is closed. (Django and uWSGI give some files a mode of their own; nobody gets as far as those.)"""
    folders = [stack.state, *(path for path in stack.state.rglob("*") if path.is_dir())]
    assert [(str(path), oct(path.stat().st_mode)) for path in folders if path.stat().st_mode & 0o777 != 0o700] == []

    units = {name: container.pid for name, container in stack.running.items() if name.endswith(".service")}
    assert {name: umask_of(pid) for name, pid in units.items()} == dict.fromkeys(units, "0077")


def umask_of(pid: int) -> str:
    """What a process takes away from the modes of files that it makes."""
    found = re.search(r"^Umask:\s*(\d+)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found is not None
    return found[1]


test_quiz_is_played_through_nginx = (
    test_game.test_quiz_played_by_rest_and_sockets_ends_alike_for_both_and_is_stored_once
)
test_redis_refused_nothing = access.test_redis_refused_nothing_that_our_processes_asked
