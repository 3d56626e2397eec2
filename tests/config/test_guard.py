"""Settings that aren't safe don't load."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import BASE_DIR, Env
from config.settings.guard import mistaken_values, read_secret_key, refuse_unsafe, unsafe_values
from tests.stack.product import clean_environment

STRONG = "k3J9x-Wq8Z_vT5mR2yB7nL4cF6hD1sA0gP-eU_iO9tX3wQ8zV5mK2"
SAFE: dict[str, Any] = {
    "gamehub_env": "production",
    "secret_key": STRONG,
    "public_base_url": "https://play.example.org",
    "database_url": "postgres://gamehub:Zx81-Qv7-Lm@db/gamehub",
    "email_url": "smtp+tls://mail.example.org:587",
}


def test_production_with_every_value_set_is_safe():
    assert unsafe_values(Env(**SAFE)) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"secret_key": ""}, "SECRET_KEY must be set to 50 or more random characters."),
        ({"secret_key": STRONG[:49]}, "SECRET_KEY must be set to 50 or more random characters."),
        ({"secret_key": "abcd" * 20}, "SECRET_KEY must be set to 50 or more random characters."),
        ({"secret_key": "change-me-" + STRONG}, "SECRET_KEY must be set to 50 or more random characters."),
        ({"debug": True}, "DEBUG must be off."),
        ({"public_base_url": ""}, "PUBLIC_BASE_URL must be https."),
        ({"public_base_url": "http://play.example.org"}, "PUBLIC_BASE_URL must be https."),
        ({"database_url": ""}, "DATABASE_URL must name a PostgreSQL server."),
        ({"database_url": "sqlite:///x"}, "DATABASE_URL must name a PostgreSQL server."),
        ({"database_url": "postgres://g:changeme@db/g"}, "DATABASE_URL must not carry a placeholder password."),
        ({"database_url": "postgres://g:postgres@db/g"}, "DATABASE_URL must not carry a placeholder password."),
        ({"email_url": ""}, "EMAIL_URL must name a mail server."),
    ],
)
def test_production_refuses(change: dict[str, Any], sentence: str):
    env = Env(**{**SAFE, **change})

    assert unsafe_values(env) == [sentence]
    with pytest.raises(ImproperlyConfigured, match="Not safe for production"):
        refuse_unsafe(env)


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        (Env(gamehub_env="prod"), "GAMEHUB_ENV is 'prod'; it must be demo or production."),
        (Env(log_level="LOUD"), "LOG_LEVEL is 'LOUD'; it must be one of DEBUG, INFO, WARNING, ERROR."),
        (Env(throttle_login="many"), "THROTTLE_LOGIN is 'many'; it must be like 10/hour."),
        (Env(throttle_registration="0/hour"), "THROTTLE_REGISTRATION is '0/hour'; it must be like 10/hour."),
        (Env(throttle_room_making="often"), "THROTTLE_ROOM_MAKING is 'often'; it must be like 10/hour."),
        (Env(throttle_room_leaving="1/s after 0"), "THROTTLE_ROOM_LEAVING is '1/s after 0'; it must be like 10/hour."),
        (Env(redis_maxmemory="lots"), "REDIS_MAXMEMORY is 'lots'; it must be like 512mb, or 0."),
        (Env(redis_maxmemory="5%"), "REDIS_MAXMEMORY is '5%'; it must be like 512mb, or 0."),
        (Env(room_retention_days=-1), "ROOM_RETENTION_DAYS is -1; it must not be negative."),
        (Env(throttle_password_reset="5/year"), "THROTTLE_PASSWORD_RESET is '5/year'; it must be like 10/hour."),
    ],
)
def test_value_that_means_nothing_is_refused(env: Env, sentence: str):
    assert mistaken_values(env) == [sentence]
    with pytest.raises(ImproperlyConfigured):
        refuse_unsafe(env)


def test_secret_key_is_the_given_one_or_the_made_one_or_none(tmp_path: Path):
    assert read_secret_key(Env(secret_key=STRONG)) == STRONG
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        read_secret_key(Env(var_dir=str(tmp_path)))

    (tmp_path / "secret_key").write_text("made once\n")

    assert read_secret_key(Env(var_dir=str(tmp_path))) == "made once"


def check_deploy(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy --fail-level WARNING` in a process of its own."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    env = clean_environment() | {"VAR_DIR": str(folder)} | environment
    return subprocess.run(command, cwd=BASE_DIR, env=env, capture_output=True, text=True)


def test_deploy_check_is_clean_on_production_settings(tmp_path: Path):
    done = check_deploy(tmp_path, **{name.upper(): value for name, value in SAFE.items()})

    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


def test_settings_do_not_load_without_a_secret(tmp_path: Path):
    done = check_deploy(tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("error: SECRET_KEY is not set.")


def test_no_secret_key_is_written_in_the_repository():
    listed = subprocess.run(["git", "grep", "-lE", "SECRET_KEY *= *['\"][^'\"]{20}"], cwd=BASE_DIR, capture_output=True)

    assert listed.stdout.decode().split() in ([], ["tests/settings.py"]), os.fsdecode(listed.stdout)
