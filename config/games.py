"""The one registry of games: a second game is one more entry here and nothing in rooms/ or wsgateway/.

`rules` is the pure class the live rooms run (see rooms/live/game.py), `backend` its Django side (see rooms/backend.py).
Dotted paths, because the gateway must not import Django.
"""

from importlib import import_module
from typing import Any

GAMES: dict[str, dict[str, str]] = {
    "quiz": {"rules": "quiz.rules.game:QuizGame", "backend": "quiz.backend:QuizBackend"},
}


def load(game: str, side: str) -> Any:
    """An instance of one side (`rules` or `backend`) of a game. Raises `KeyError` for an unknown game."""
    module, _, name = GAMES[game][side].partition(":")
    return getattr(import_module(module), name)()
