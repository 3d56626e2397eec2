"""The pure rules of every registered game, by name."""

from typing import Any

from config.games import GAMES, game_entry
from rooms.live.game import Game


def load_rules() -> dict[str, Game[Any]]:
    """Name -> rules, of config.games."""
    return {name: game_entry(name).rules for name in GAMES}
