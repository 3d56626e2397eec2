"""What a process' live rooms did so far, for /metrics and for the tests."""

from collections.abc import Callable

import msgspec


def _ignore(seconds: float, commands: int) -> None:
    """Nobody asked for turn times."""


class Counters(msgspec.Struct):
    """Counts since the process began. `on_turn(seconds, commands)` is called after every committed turn."""

    turns: int = 0
    commands: int = 0
    timers: int = 0
    #: commits refused because another process had made that turn
    stale: int = 0
    #: commits refused because another process held the lease meanwhile
    lease_losses: int = 0
    #: commands or timers on which a game raised, and lines of an inbox that were no command
    poison: int = 0
    #: drains given up over an unexpected error (Redis away, a state that can't be read)
    failures: int = 0
    on_turn: Callable[[float, int], None] = _ignore
