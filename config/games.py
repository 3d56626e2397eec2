"""The games of this house, one line a game: its name, and where its one object (`rooms.live.entry.GameEntry`) is found.

Dotted paths, because the gateway must not import Django: the entry itself is pure, and names its Django side by a path.
docs/ADDING_A_GAME.md goes through all that a game brings.
"""

from functools import cache
from importlib import import_module
from typing import Any

GAMES: dict[str, str] = {
    "quiz": "quiz.game:QUIZ",
}

#: whose rating the profile shows as `rating`, from when there was one game; a game's own are rooms' `GameRating`
PROFILE_GAME = "quiz"


@cache
def game_entry(name: str) -> Any:
    """The `GameEntry` of a game. Raises `KeyError` for an unknown one."""
    return load(GAMES[name])


def load(path: str) -> Any:
    """What stands at `module:name`."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
