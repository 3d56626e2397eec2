"""What the person at the terminal reads."""

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
