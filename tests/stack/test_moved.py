"""A checkout that was moved, started with `bin/run`: it comes up as it is, and as root it runs as somebody else."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import requests

from tests.stack.checkout import library_path, moved_checkout, open_to_all, site_packages
from tests.stack.conftest import free_port
from tests.stack.product import Product, wait_for


@pytest.fixture(scope="module")
def moved() -> Iterator[Product]:
    """The product of such a checkout, in a place that others may pass through."""
    with TemporaryDirectory(prefix="gh-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        checkout = moved_checkout(folder / "c")
        # as an older version left it: open to everybody
        (folder / "v" / "media").mkdir(parents=True)
        (folder / "v" / "media").chmod(0o755)
        (folder / "v" / "run.lock").touch(0o644)
        environment = {"PYTHON": str(checkout / ".venv/bin/python"), "LD_LIBRARY_PATH": library_path(folder)}
        product = Product(folder / "v", free_port(), **environment)
        product.command, product.checkout = ["bin/run"], checkout
        yield product.start()
        assert product.stop() == 0, product.told()
        wait_for(lambda: not product.processes(), 5, product.processes)


def test_moved_checkout_comes_up_without_installing_anything(moved: Product):
    assert "Installing" not in moved.told()
    assert moved.get("/readyz").status_code == 200


def expected_user() -> str:
    """Who the processes should be: us, unless that is root and somebody else can read all that is needed."""
    if os.geteuid() == 0 and open_to_all(site_packages()):
        names = {user.pw_name for user in pwd.getpwall()}
        return "gamehub" if "gamehub" in names else "nobody"
    return pwd.getpwuid(os.geteuid()).pw_name


def test_started_by_root_everything_runs_as_an_unprivileged_user(moved: Product):
    users = {
        command: pwd.getpwuid(Path(f"/proc/{pid}").stat().st_uid).pw_name for pid, command in moved.processes().items()
    }

    assert len(users) >= len(moved.names())
    assert set(users.values()) == {expected_user()}
    said = {True: "EVERYTHING RUNS AS ROOT: ", False: f"Everything runs as the user {expected_user()}, not as root."}
    if os.geteuid() == 0:
        assert said[expected_user() == "root"] in moved.told()


def test_var_is_closed_to_everybody_else(moved: Product):
    open_to_others = {
        str(path.relative_to(moved.var)): oct(path.lstat().st_mode & 0o777)
        for path in [moved.var, *moved.var.rglob("*")]
        if not path.is_symlink() and path.lstat().st_mode & (0o077 if path.is_dir() else 0o007)
    }

    assert open_to_others == {}


def test_nginx_still_reaches_files_and_sockets(moved: Product):
    (moved.var / "media" / "seen.txt").write_text("seen")
    paths = ["/", "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css", "/ws/info", "/api/v1/docs"]

    assert [moved.get(path).status_code for path in [*paths, "/media/seen.txt"]] == [200] * 5


def test_uploads_are_stored_and_served(moved: Product):
    """What a process of the unprivileged user writes, another of its kind serves."""
    api = moved.url + "/api/v1/"
    person = {"name": "uploader", "password": "a long one, please", "email": "uploader@example.org"}
    assert requests.post(api + "registration", json=person, timeout=20).status_code == 201
    token = requests.post(api + "login", json=person, timeout=20).json()["token"]
    picture = (moved.checkout / "web" / "public" / "icon-180.png").read_bytes()
    headers = {"Authorization": f"Token {token}"}

    answer = requests.post(api + "profile/avatar", headers=headers, files={"avatar": ("a.png", picture)}, timeout=20)

    avatar = answer.json()["user"]["avatar"]
    assert moved.get("/media/" + avatar.partition("/media/")[2]).status_code == 200
