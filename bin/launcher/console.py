"""What the person at the terminal reads."""

import errno
import sys
from typing import NoReturn


def say(text: str) -> None:
    """One line of progress."""
    print(text, flush=True)


def fail(text: str, *advice: str) -> NoReturn:
    """Say what is wrong and what to do about it, and end with status 1."""
    sys.stdout.flush()
    print("\n".join([f"error: {text}", *(f"  {line}" for line in advice)]), file=sys.stderr, flush=True)
    raise SystemExit(1)


def explain(error: OSError) -> NoReturn:
    """End with what the operating system refused, and where."""
    where = f": {error.filename}" if error.filename else ""
    advice = {
        errno.ENOSPC: "The disk is full; nothing is lost, start again when there is room.",
        errno.EACCES: "It must be this user's own: is it root's from an earlier start?",
        errno.EROFS: "The checkout must be writable; GAMEHUB_VENV and VAR_DIR move what is written to most.",
    }.get(error.errno or 0)
    fail(f"{error.strerror or error}{where}", *([advice] if advice else []))
