"""`python -m deploy.redis FILE`: write Redis' users from the environment, for `valkey-server --aclfile FILE`."""

import os
import sys
from pathlib import Path

from deploy import redis


def main() -> None:
    """Write the file in one step, so that a Redis that starts meanwhile reads the old one or the new one whole."""
    try:
        text = redis.render(os.environ)
    except ValueError as error:
        raise SystemExit(f"error: {error}") from None
    path = Path(sys.argv[1])
    fresh = path.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    # only hashes of long random words are in it, and Redis runs as another user
    fresh.chmod(0o644)
    fresh.replace(path)


main()
