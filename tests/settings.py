"""The product's settings on an environment of the tests' own: a folder that goes away, a secret, a Valkey socket.

pytest and the type checker load Django's settings before any conftest.py, so this has to happen here. What the
machine's environment or a `.env` says is set aside, but for DATABASE_URL: that runs the same tests on PostgreSQL.
Under xdist each worker is a process of its own and so gets a folder of its own.
"""

import atexit
import os
import shutil
import tempfile

from config.env import Env

_folder = tempfile.mkdtemp(prefix="gh-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

# blank means default, and hides what a .env file says
os.environ.update({name.upper(): "" for name in Env.__struct_fields__ if name != "database_url"})
os.environ.setdefault("DATABASE_URL", "")
os.environ.update(
    VAR_DIR=_folder,
    REDIS_URL=f"unix://{_folder}/redis.sock",
    SECRET_KEY="tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    LOG_LEVEL="WARNING",
)

from config.settings import *  # noqa: E402, F403

# Argon2 is slow on purpose; the tests that are about it ask for it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "accounts.hashers.Argon2InTurns"]

if not os.environ["DATABASE_URL"]:
    # a file, as in production: the threads of a test are rivals for it, which the default one in memory refuses
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}  # noqa: F405
