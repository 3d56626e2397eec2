"""`python -m bin.launcher run|dev|test|fmt`: on whatever Python was found, make `.venv`, then go on inside it."""

import os
import sys

from bin.launcher.console import explain
from bin.launcher.installation import PYTHON, ensure_environment

#: command -> (requirements it needs, module that carries it out)
COMMANDS = {
    "run": ("requirements.txt", "bin.launcher.up"),
    "dev": ("requirements-dev.txt", "bin.launcher.develop"),
    "test": ("requirements-dev.txt", "bin.launcher.checks"),
    "fmt": ("requirements-dev.txt", "bin.launcher.formatting"),
}


def main() -> None:
    """Install, then replace this process by the command itself."""
    try:
        requirements, module = COMMANDS[sys.argv[1]]
        ensure_environment(requirements)
    except OSError as error:
        explain(error)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    os.execv(PYTHON, [str(PYTHON), "-m", module, *sys.argv[2:]])


main()
