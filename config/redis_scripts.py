"""Lua scripts for Redis, called by their digest and sent in full when Redis does not know them (any more). Pure: the
caller brings what executes a command."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

#: an argument of a script, or a piece of its answer
Word = str | bytes | int


class Script:
    """One script: the text of these files, one after the other."""

    __slots__ = ("digest", "source")

    def __init__(self, *files: Path) -> None:
        self.source = "\n".join(file.read_text("utf-8") for file in files)
        self.digest = hashlib.sha1(self.source.encode(), usedforsecurity=False).hexdigest()

    async def run(self, execute: Callable[..., Awaitable[Any]], keys: Sequence[Word], args: Sequence[Word]) -> Any:
        """The script's answer; `execute` takes the words of a command. Raises what `execute` raises."""
        try:
            return await execute(*self.call(keys, args))
        except Exception as error:
            if not is_unknown_script(error):
                raise
        return await execute(*self.send(keys, args))

    def run_now(self, execute: Callable[..., Any], keys: Sequence[Word], args: Sequence[Word]) -> Any:
        """The same with an `execute` that blocks."""
        try:
            return execute(*self.call(keys, args))
        except Exception as error:
            if not is_unknown_script(error):
                raise
        return execute(*self.send(keys, args))

    def call(self, keys: Sequence[Word], args: Sequence[Word]) -> tuple[Word, ...]:
        """The command that runs the script by its digest."""
        return ("EVALSHA", self.digest, len(keys), *keys, *args)

    def send(self, keys: Sequence[Word], args: Sequence[Word]) -> tuple[Word, ...]:
        """The command that runs the script and makes Redis remember it."""
        return ("EVAL", self.source, len(keys), *keys, *args)


def is_unknown_script(error: Exception) -> bool:
    """Whether Redis answered that it has no script of that digest (first use, or Redis was restarted)."""
    return type(error).__name__ == "NoScriptError" or str(error).startswith("NOSCRIPT")
