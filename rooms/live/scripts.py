"""The Lua scripts beside this file, called by their digest and sent again when Redis does not know them (any more)."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).with_name("scripts")

#: an argument or a piece of an answer
Word = str | bytes | int


class Script:
    """One script with the prelude before it, as words of a command to Redis."""

    __slots__ = ("digest", "source")

    def __init__(self, name: str) -> None:
        parts = [(FOLDER / f"{part}.lua").read_text("utf-8") for part in ("_prelude", name)]
        self.source = "\n".join(parts)
        self.digest = hashlib.sha1(self.source.encode(), usedforsecurity=False).hexdigest()

    def call(self, keys: Sequence[Word], args: Sequence[Word]) -> tuple[Word, ...]:
        """The command that runs the script by its digest."""
        return ("EVALSHA", self.digest, len(keys), *keys, *args)

    def send(self, keys: Sequence[Word], args: Sequence[Word]) -> tuple[Word, ...]:
        """The command that runs the script and makes Redis remember it."""
        return ("EVAL", self.source, len(keys), *keys, *args)


def is_unknown_script(error: Exception) -> bool:
    """Whether Redis answered that it has no script of that digest (first use, or Redis was restarted)."""
    return type(error).__name__ == "NoScriptError" or str(error).startswith("NOSCRIPT")


SUBMIT = Script("submit")
CLAIM = Script("claim")
COMMIT = Script("commit")
DUE = Script("due")
SYNC = Script("sync")
