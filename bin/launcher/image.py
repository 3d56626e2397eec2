"""The image that the Dockerfile describes, built by Debian's buildah without a container engine or a registry.

`built_image()` gives its files, mounted, and its settings. A Debian with Python, made by debootstrap from this
machine's own apt sources, stands for the image that FROM names; it and the layers are kept in `var/image`.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bin.launcher.console import fail, say
from bin.launcher.installation import ROOT, locked
from bin.launcher.registries import machine_settings

STORAGE = ROOT / "var" / "image"
TAG = "localhost/gamehub"
#: what the image of FROM has and a minimal Debian has not
PACKAGES = "python3,python3-venv,python-is-python3,ca-certificates"
#: command -> Debian's package of it
TOOLS = {"buildah": "buildah", "debootstrap": "debootstrap", "unshare": "util-linux", "systemd-analyze": "systemd"}


def what_is_missing() -> str:
    """Why no image can be built here, or "". Tools that apt has are installed."""
    if os.geteuid() != 0:
        return "only root can make the image's files"
    if wanted := missing_tools():
        if not shutil.which("apt-get"):
            return f"there is no {' and no '.join(wanted)}, and no apt to install from"
        say(f"Installing {', '.join(wanted)}")
        apt("update")
        apt("install", "--yes", "--no-install-recommends", *(TOOLS[name] for name in wanted))
        if wanted := missing_tools():
            return f"apt could not install {', '.join(wanted)}"
    if subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True).returncode:
        return "this machine lets nobody make a network of their own"
    return ""


def missing_tools() -> list[str]:
    """Commands that are not there."""
    return [name for name in TOOLS if not shutil.which(name)]


def apt(*arguments: str) -> None:
    """apt-get; what it says is of no interest, whether the tool is there afterwards decides."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True)


@contextmanager
def built_image() -> Iterator[dict[str, Any]]:
    """Build, and mount it: `root` is the folder of its files, `env`, `user` and `folder` are what it starts with.

    Two commands started at once wait for each other. Raises `SystemExit` when something fails, having said what.
    """
    STORAGE.mkdir(parents=True, exist_ok=True)
    with locked(STORAGE / "image.lock"):
        # what a run that was killed has left
        buildah("rm", "--all")
        for name in sorted(set(re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE))):
            if not image_id(f"localhost/{name}"):
                make_base(f"localhost/{name}")
        build()
        config = json.loads(buildah("inspect", "--type", "image", TAG))["OCIv1"]["config"]
        container = buildah("from", "--pull-never", TAG)
        try:
            yield {
                "root": buildah("mount", container),
                "env": dict(entry.split("=", 1) for entry in config["Env"]),
                "user": config["User"],
                "folder": config["WorkingDir"],
            }
        finally:
            buildah("umount", container)
            buildah("rm", container)


def make_base(name: str) -> None:
    """debootstrap: a minimal Debian of this machine's release, with Python."""
    say(f"Making {name}, which stands for the image of FROM (a few minutes, once)")
    mirror, release = apt_source()
    with TemporaryDirectory(dir=STORAGE) as folder:
        command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", release, folder, mirror]
        run("debootstrap", command)
        container = buildah("from", "scratch")
        buildah("add", container, folder, "/")
        buildah("commit", "--rm", container, name)


def apt_source() -> tuple[str, str]:
    """Address and release of the first Debian archive that apt is set up for, security and updates aside."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)", "Origin: Debian"]
    told = subprocess.run(command, capture_output=True, text=True).stdout
    archives = [line.split() for line in told.splitlines()]
    found = [(address, name) for address, name, component in archives if component == "main" and "-" not in name]
    if not found:
        fail("apt names no Debian archive to make the image's base from.", "Look at /etc/apt/sources.list.")
    return found[0]


def build() -> None:
    """`buildah build`, in this machine's network and with its own settings of pip and npm."""
    say("Building the image (layers that did not change are kept)")
    former = image_id(TAG)
    with TemporaryDirectory() as folder:
        command = ["build", "--layers", "--isolation", "chroot", "--network", "host", "--pull-never", "--tag", TAG]
        for volume in machine_settings(Path(folder)):
            command += ["--volume", volume]
        run("buildah build", [*buildah_command(), *command, str(ROOT)])
    if former and former != image_id(TAG):
        buildah("rmi", former)


def image_id(name: str) -> str:
    """Of an image in our storage; "" when there is none of that name."""
    return buildah("images", "--quiet", "--no-trunc", "--filter", f"reference={name}").removeprefix("sha256:")


def buildah(*arguments: str) -> str:
    """A command on our own storage; what it printed last."""
    return run(f"buildah {arguments[0]}", [*buildah_command(), *arguments]).strip()


def buildah_command() -> list[str]:
    """Nothing of this machine's own images is touched."""
    return ["buildah", "--root", str(STORAGE / "storage"), "--runroot", str(STORAGE / "run")]


def run(name: str, command: list[str]) -> str:
    """What the command printed; when it fails, show its last lines and end."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    if done.returncode:
        say("\n".join((done.stdout + done.stderr).splitlines()[-40:]))
        fail(f"{name} failed; its last lines are above.")
    return done.stdout
