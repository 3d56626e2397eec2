"""`python -m deploy.uwsgi`: uWSGI, without the environment's script, which names the place it was made in."""

import sys

from pyuwsgi import run

if __name__ == "__main__":
    sys.exit(run())
