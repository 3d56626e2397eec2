"""`bin/fmt`: Python by ruff, the browser client by biome; what the checks would refuse for its looks alone."""

import subprocess
import sys

from bin.launcher.client import WEB, install_packages, node_command, node_environment
from bin.launcher.installation import ROOT


def main() -> None:
    """Format everything; ends with the first failure's code."""
    install_packages()
    ruff = [sys.executable, "-m", "ruff"]
    commands = [
        ([*ruff, "check", "--fix", "--quiet", "."], ROOT),
        ([*ruff, "format", "."], ROOT),
        (node_command("run", "--silent", "format"), WEB),
    ]
    codes = [subprocess.run(command, cwd=folder, env=node_environment()).returncode for command, folder in commands]
    raise SystemExit(next((code for code in codes if code), 0))


if __name__ == "__main__":
    main()
