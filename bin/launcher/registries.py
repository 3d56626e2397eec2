"""This machine's own settings of pip and npm, handed to a build in a container and left out of what it builds."""

import ast
import os
import pwd
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

#: options of npm that name a place of this machine's system, which the image has not
OF_THIS_SYSTEM = {"nodedir", "prefix", "cache", "userconfig", "globalconfig"}


def machine_settings(folder: Path) -> list[str]:
    """Volumes `here:there:ro`: one file for pip, one for npm (both written into `folder`), and the paths they name."""
    pip, npm = pip_settings(), npm_settings()
    home = pwd.getpwuid(0).pw_dir  # of the user who builds in the container
    files = {folder / "pip.conf": "/etc/pip.conf", folder / "npmrc": f"{home}/.npmrc"}
    # a value of several lines goes on where a line is indented
    lines = [f"{name} = {value}".replace("\n", "\n    ") for name, value in pip.items()]
    (folder / "pip.conf").write_text("\n".join(["[global]", *lines, ""]))
    (folder / "npmrc").write_text("".join(f"{name}={value}\n" for name, value in npm.items()))
    named = sorted(set(local_paths([*pip.values(), npm.get("cafile", "")])))
    return [f"{here}:{there}:ro" for here, there in files.items()] + [f"{path}:{path}:ro" for path in named]


def pip_settings() -> dict[str, str]:
    """Every option of pip's files and PIP_ variables; a variable wins."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, str] = {}
    # the variables, ":env:.name", are listed before the files
    for line in reversed(told.splitlines()):
        name, _, value = line.partition("=")
        found[name.rpartition(".")[2]] = ast.literal_eval(value)
    return found


def npm_settings() -> dict[str, str]:
    """The user's file, npm_config_ variables, and the certificates that Node is told to believe."""
    found: dict[str, str] = {}
    if certificates := os.environ.get("NODE_EXTRA_CA_CERTS"):
        found["cafile"] = certificates
    path = Path(os.environ.get("NPM_CONFIG_USERCONFIG") or Path.home() / ".npmrc")
    if path.is_file():
        lines = [line for line in path.read_text().splitlines() if "=" in line and line.strip()[0] not in "#;"]
        found |= {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}
    for name, value in os.environ.items():
        if name.lower().startswith("npm_config_"):
            found[name.lower().removeprefix("npm_config_").replace("_", "-")] = value
    return {name: value for name, value in found.items() if name not in OF_THIS_SYSTEM}


def local_paths(values: Iterable[str]) -> Iterable[Path]:
    """Files and folders of this machine that the values name. An index links to files beside it: its parent."""
    for word in " ".join(values).split():
        path = Path(word.strip("\"'").removeprefix("file://"))
        if path.is_absolute() and path.exists():
            yield path.parent if path.name == "simple" and path.is_dir() else path
