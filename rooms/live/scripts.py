"""The Lua scripts of the live rooms."""

from pathlib import Path

from config.redis_scripts import Script

_FOLDER = Path(__file__).with_name("scripts")


def _script(name: str) -> Script:
    """The script of that name with the prelude before it."""
    return Script(_FOLDER / "_prelude.lua", _FOLDER / f"{name}.lua")


SUBMIT = _script("submit")
CLAIM = _script("claim")
COMMIT = _script("commit")
DUE = _script("due")
SYNC = _script("sync")
