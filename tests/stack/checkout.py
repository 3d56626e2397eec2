"""A second checkout that was moved after its environment was made: nothing of where it was is left."""

import shutil
import subprocess
import sys
from pathlib import Path

from config.env import BASE_DIR

#: what isn't copied: it is large, or somebody's own
LEFT_OUT = (".git", ".venv", "var", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".*.lock", ".env")
NOWHERE = "/nowhere/.venv/bin/python"


def moved_checkout(folder: Path) -> Path:
    """The code with the client built, and an environment whose scripts name a place that is no more.

    The libraries are this environment's, by a link. Its Python is one that every user may run.
    """
    shutil.copytree(BASE_DIR, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (folder / "web" / "node_modules").symlink_to(BASE_DIR / "web" / "node_modules")
    venv = folder / ".venv"
    (venv / "bin").mkdir(parents=True)
    python = python_for_all(folder.with_name("python"))
    for name in ("python", "python3", f"python{version()}"):
        (venv / "bin" / name).symlink_to(python)
    (venv / "pyvenv.cfg").write_text(f"home = {python.parent}\ninclude-system-site-packages = false\n")
    (venv / "lib" / f"python{version()}").mkdir(parents=True)
    (venv / "lib" / f"python{version()}" / "site-packages").symlink_to(site_packages())
    for name in ("uwsgi", "celery", "supervisord"):
        text = Path(sys.executable).with_name(name).read_text()
        (venv / "bin" / name).write_text(f"#!{NOWHERE}\n" + text.partition("\n")[2])
        (venv / "bin" / name).chmod(0o755)
    ask = "from bin.launcher.installation import fingerprint; print(fingerprint('requirements.txt'), end='')"
    stamp = subprocess.run([python, "-c", ask], cwd=folder, check=True, capture_output=True, text=True).stdout
    (venv / ".requirements.txt.sha256").write_text(stamp)
    return folder


def library_path(folder: Path) -> str:
    """Where a Python in `<folder>/python` has its shared library, if it is a copy: LD_LIBRARY_PATH."""
    return str(folder / "python" / "lib")


def version() -> str:
    """3.11"""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def site_packages() -> Path:
    """Where this environment's libraries are."""
    return Path(sys.prefix, "lib", f"python{version()}", "site-packages").resolve()


def python_for_all(folder: Path) -> Path:
    """This environment's Python, or a copy of it in the folder when it lives where others may not go (root's home)."""
    own = Path(sys.executable).resolve()
    if open_to_all(own):
        return own
    copy, library = folder / "bin" / own.name, Path("lib", f"python{version()}")
    if not copy.exists():
        unused = shutil.ignore_patterns("site-packages", "test", "config-*", "idlelib", "tkinter")
        shutil.copytree(Path(sys.base_prefix, library), folder / library, ignore=unused)
        copy.parent.mkdir()
        shutil.copy2(own, copy)
        for shared in Path(sys.base_prefix, "lib").glob("libpython*"):
            shutil.copy2(shared, folder / "lib")
    return copy


def open_to_all(path: Path) -> bool:
    """Whether any user gets there."""
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])
