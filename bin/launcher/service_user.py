"""Started by root, everything runs as an unprivileged user; or it is said aloud why it can't.

`python -m bin.launcher.service_user PORT FILE...` is run as that user: does it see what the processes will need?
"""

import compileall
import os
import pwd
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from bin.launcher.console import fail, say
from bin.launcher.installation import ROOT
from bin.launcher.privacy import make_private
from config.env import Env

#: the first of them that exists, unless RUN_AS names one or VAR_DIR is somebody's already
PREFERRED = ("gamehub", "nobody")


def step_down(env: Env) -> None:
    """Close VAR_DIR to others; as root, give it to the service user and become that user, for good."""
    if os.geteuid() != 0:
        make_private(env.var)
        return
    user = choose(env)
    reason = obstacle(env, user)
    if reason:
        make_private(env.var)
        say(f"EVERYTHING RUNS AS ROOT: {reason}\n"
            "  Whoever breaks into one process then has the whole machine. See README.md, \"As root\".")  # fmt: skip
        return
    assert user is not None
    make_private(env.var, (user.pw_uid, user.pw_gid))
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    # root's home is closed to it, and libraries look there
    os.environ |= {"HOME": str(env.var), "USER": user.pw_name, "LOGNAME": user.pw_name}
    say(f"Everything runs as the user {user.pw_name}, not as root.")


def compile_code() -> None:
    """As root, leave the compiled code beside its source: the service user may not, and would compile at each start."""
    if os.geteuid() == 0:
        for package in sorted({path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}):
            compileall.compile_dir(ROOT / package, quiet=2)


def choose(env: Env) -> pwd.struct_passwd | None:
    """Who it shall be; None when this machine has nobody for it."""
    if env.run_as:
        try:
            return pwd.getpwnam(env.run_as)
        except KeyError:
            fail(f"there is no user {env.run_as}, whom RUN_AS names.", "useradd --system NAME makes one.")
    known = {user.pw_name: user for user in pwd.getpwall()}
    owner = env.var.stat().st_uid
    owners = [user for user in known.values() if owner != 0 and user.pw_uid == owner]
    return next(iter([*owners, *(known[name] for name in PREFERRED if name in known)]), None)


def obstacle(env: Env, user: pwd.struct_passwd | None) -> str:
    """Why the processes can't run as that user; empty when they can."""
    if user is None:
        return f"this machine has no user {' or '.join(PREFERRED)}."
    if user.pw_uid == 0:
        return "RUN_AS says so."
    files = [ROOT / "web" / "dist" / "index.html", ROOT / "manage.py", env.var.parent]
    files += [Path(name) for name in (env.tls_certificate, env.tls_key) if name]
    command = [sys.executable, "-m", "bin.launcher.service_user", str(env.port), *map(str, files)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, user=user.pw_uid, group=user.pw_gid, extra_groups=[], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, errors="replace",
        )  # fmt: skip
    except PermissionError:
        return f"the user {user.pw_name} may not run {Path(sys.executable).resolve()}."
    said = (done.stderr.strip().splitlines() or ["it ended without a word."])[-1]
    return "" if done.returncode == 0 else f"the user {user.pw_name} could not work in {ROOT}: {said}"


def look(port: int, files: list[Path]) -> str:
    """As the service user: the first thing that is missing."""
    for name in ("config.celery", "wsgateway.limits"):  # with their libraries, and .env
        import_module(name)

    for file in files:
        if not os.access(file, os.X_OK if file.is_dir() else os.R_OK):
            return f"{file} is closed to it."
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port if port < 1024 else 0))
        except PermissionError:
            return f"port {port} is root's; choose one above 1023, or see deploy/systemd for one below."
        except OSError:
            pass  # taken, which has been looked at
    return ""


if __name__ == "__main__":
    sys.exit(look(int(sys.argv[1]), [Path(name) for name in sys.argv[2:]]) or 0)
