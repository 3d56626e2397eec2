"""VAR_DIR is nobody else's: it holds password hashes, live reset links and every player's address."""

import os
import stat
from pathlib import Path

from bin.launcher.console import say

UMASK = 0o077
#: uid, gid
Owner = tuple[int, int]


def make_private(var: Path, owner: Owner | None = None) -> None:
    """Take every right of others off the folder and all in it, also off what an older version made; as root, give it
    to its new owner. Files with another name elsewhere are left alone: they may be somebody's."""
    foreign: list[str] = []
    for folder, _, names, descriptor in os.fwalk(var.resolve()):
        for name in ["", *names]:
            try:
                close(name, descriptor, owner)
            except PermissionError:
                foreign.append(os.path.join(folder, name))
            except FileNotFoundError:
                pass  # somebody's temporary file
    if foreign:
        say(f"These belong to another user and could not be closed to others: {', '.join(foreign[:3])}"
            + (f" and {len(foreign) - 3} more." if len(foreign) > 3 else "."))  # fmt: skip


def close(name: str, folder: int, owner: Owner | None) -> None:
    """One entry of an open folder, or the folder itself when the name is empty."""
    now = os.stat(name, dir_fd=folder, follow_symlinks=False) if name else os.fstat(folder)
    if stat.S_ISLNK(now.st_mode) or (name and now.st_nlink > 1):
        return
    mode = 0o700 if stat.S_ISDIR(now.st_mode) else stat.S_IMODE(now.st_mode) & ~UMASK
    if stat.S_IMODE(now.st_mode) != mode:
        os.chmod(name, mode, dir_fd=folder) if name else os.fchmod(folder, mode)
    if owner and (now.st_uid, now.st_gid) != owner:
        os.chown(name, *owner, dir_fd=folder, follow_symlinks=False) if name else os.fchown(folder, *owner)
