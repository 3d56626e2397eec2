"""access.log is put aside, and nginx goes on in a new one."""

import os
from collections.abc import Callable
from pathlib import Path

from deploy.nginx import rotation
from tests.deploy.nginx.conftest import Door
from tests.stack.product import wait_for


def test_long_log_of_a_running_nginx_is_put_aside(open_door: Callable[..., Door]):
    door = open_door()
    door.get("/before")
    wait_for(lambda: "/before" in door.log.read_text(), 10)
    with door.log.open("a") as log:
        log.truncate(rotation.BYTES + 1)

    wait_for(lambda: door.log.with_name("access.log.1").is_file() and door.log.is_file(), 30)
    door.get("/after")

    wait_for(lambda: '"GET /after" 404' in door.log.read_text(), 10, door.log.read_text)
    assert "/before" not in door.log.read_text()


def test_who_looks_after_the_log_goes_with_nginx(open_door: Callable[..., Door]):
    door = open_door()
    keepers = [int(pid) for pid in children(door.process.pid) if "deploy.nginx" in command(pid)]
    assert len(keepers) == 1

    door.process.kill()
    door.process.wait(10)

    wait_for(lambda: not Path(f"/proc/{keepers[0]}").exists() or command(str(keepers[0])) == "", 10)
    for pid in map(int, worker_pids(door)):
        os.kill(pid, 9)


def children(parent: int) -> list[str]:
    """Pids of a process's children."""
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split()


def command(pid: str) -> str:
    """Its command line."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def worker_pids(door: Door) -> list[str]:
    """nginx's workers that outlived it, by the folder they work in."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            files = {os.readlink(path) for path in (entry / "fd").iterdir()}
        except OSError:
            continue
        if str(door.log) in files:
            found.append(entry.name)
    return found


def test_former_logs_are_few(tmp_path: Path):
    log = tmp_path / "access.log"
    for text in ("one", "two", "three", "four"):
        log.write_text(text)
        rotation.put_aside(log)

    kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert kept == {"access.log.1": "four", "access.log.2": "three"}


def test_short_log_is_left_alone(tmp_path: Path):
    log = tmp_path / "access.log"
    log.write_bytes(b"x" * 100)

    assert not rotation.rotate(log, 0, longest=100)
    assert not rotation.rotate(tmp_path / "none", 0, longest=100)
    assert [path.name for path in tmp_path.iterdir()] == ["access.log"]
