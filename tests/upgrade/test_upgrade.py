"""A database of an earlier version is migrated and goes on: everything is still there and can be used.

The dumps were made by `make_dump` in checkouts of the versions they are named after, one for each kind of database.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from config.env import BASE_DIR, Env
from tests.conftest import Valkey
from tests.live_runner import running

HERE = Path(__file__).parent
VERSIONS = sorted({path.name.split(".")[0] for path in HERE.glob("*.sql")})
ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def load_into_sqlite(dump: Path, folder: Path) -> str:
    path = folder / "old.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript(dump.read_text())
    connection.close()
    return f"sqlite:///{path}"


def load_into_postgres(dump: Path, name: str) -> str:
    """A database of its own on the tests' server."""
    base = os.environ["DATABASE_URL"]
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    before, _, after = base.partition("?")
    url = f"{before.rpartition('/')[0]}/{name}?{after}"
    with psycopg.connect(url) as connection:
        connection.execute(dump.read_text())
    return url


@pytest.fixture(params=VERSIONS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an old database."""
    if ON_SQLITE:
        yield load_into_sqlite(HERE / f"{request.param}.sqlite.sql", tmp_path)
        return
    name = f"upgrade_{uuid4().hex[:8]}"
    yield load_into_postgres(HERE / f"{request.param}.postgres.sql", name)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def upgrade(url: str, valkey: Valkey, folder: Path) -> dict[str, Any]:
    """Migrated and looked at, in a process of its own with settings of the product."""
    blank = {name.upper(): "" for name in Env.__struct_fields__}
    environment = os.environ | blank | {"DATABASE_URL": url, "REDIS_URL": valkey.url, "VAR_DIR": str(folder)}
    environment |= {"SECRET_KEY": settings.SECRET_KEY, "LOG_LEVEL": "WARNING"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "-m", "tests.upgrade.look"], cwd=BASE_DIR, env=environment, capture_output=True, text=True,
        timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_old_database_is_migrated_and_goes_on(database: str, valkey: Valkey, tmp_path: Path) -> None:
    with running(valkey.url):
        found = upgrade(database, valkey, tmp_path)
    profile, question = found.pop("profile"), found["made"].pop(1)
    assert profile[:4] == ["anna", "anna@example.org", "ru", 1]
    assert question.startswith("What is ")
    assert found == {
        "users": [
            ["anna", "anna@example.org", "ru", False],
            ["boris", "boris@example.org", "en", False],
            ["operator", "", "en", True],
        ],
        "rooms": [[1, "Sums", "closed", False], [2, "Secret", "closed", True]],
        "results": [["anna", 1], ["boris", 1]],
        "memberships": [[1, 1, "finished"], [1, 2, "finished"], [2, 2, "closed"], [3, 2, ""], [3, 1, "kicked"]],
        "open": [["waiting", 50]],
        "kept": [3, 2, 3, 2, 2],
        "parked": [[4711, 1]],
        "categories": [["Суммы", 3]],
        "login": 200,
        "made": [201, 3],
        "joined": ["boris", "anna"],
    }
