"""Redis' users as `deploy/redis` writes them, taken by a real Valkey; tests/image runs whole deployments."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from config.env import BASE_DIR
from deploy import redis
from tests.conftest import valkey_in_a_folder

PASSWORDS = {variable: f"a long and random word for {user}" for user, variable in redis.USERS.items()}


@pytest.fixture(scope="module")
def operator() -> Iterator[Redis]:
    """A Valkey whose users are those of an installation that shares it with others."""
    with valkey_in_a_folder() as server, server.client() as client:
        for line in redis.render({**PASSWORDS, "CHANNEL_PREFIX": "hub:"}).splitlines():
            name, *rules = line.split()[1:]
            if name != "default":
                assert client.execute_command("ACL", "SETUSER", name, *rules)
        yield client


@pytest.mark.parametrize(
    ("user", "command", "allowed"),
    [
        ("web", "SET hub:token:x 1", True),
        ("web", "SET token:x 1", False),
        ("gateway", "PUBLISH hub:23 x", True),
        ("gateway", "PUBLISH 23 x", False),
        ("gateway", "SET hub:token:x 1", False),
        ("beat", "LPUSH hub:celery:celery x", True),
        ("beat", "HGETALL hub:results", False),
        ("worker", "FLUSHALL", False),
        ("health", "PING", True),
        ("health", "GET hub:token:x", False),
    ],
)
def test_user_may_do_its_own_work_below_the_prefix_alone(operator: Redis, user: str, command: str, allowed: bool):
    told = operator.execute_command("ACL", "DRYRUN", user, *command.split())

    assert (told == "OK") is allowed, told


def test_file_holds_no_password(tmp_path: Path):
    path = tmp_path / "users.acl"

    done = subprocess.run([sys.executable, "-m", "deploy.redis", str(path)], cwd=BASE_DIR, env=PASSWORDS)

    assert (done.returncode, path.read_text()) == (0, redis.render(PASSWORDS))
    assert [password for password in PASSWORDS.values() if password in path.read_text()] == []


@pytest.mark.parametrize("variable", redis.USERS.values())
@pytest.mark.parametrize("password", ["", "short"])
def test_missing_or_short_password_is_refused(variable: str, password: str):
    with pytest.raises(ValueError, match=f"{variable} must be set to 20 or more random characters."):
        redis.render(PASSWORDS | {variable: password})
