"""A game as one object: everything the platform asks of it, from the wire to the database. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from rooms.live.game import Game
from wsgateway.wire.client_out import Room, RoomEvent


@dataclass(frozen=True)
class GameEntry:
    """What a game brings. `config/games.py` names one a game."""

    #: the rules, an instance; they name the structs of the commands (`commands`) and of the room (`Room`)
    rules: Game[Any]
    #: dotted path (`module:class`) of the Django side, a `rooms.backend.GameBackend`
    backend: str
    #: the structs of the events that the rules send
    events: tuple[type[RoomEvent], ...] = ()
    #: messages of the game's own names that a socket takes for `play`; each has `as_play()`
    own_names: tuple[type[Any], ...] = ()

    @property
    def commands(self) -> Mapping[str, type[msgspec.Struct]]:
        """Kind -> the struct of its body."""
        return self.rules.commands

    @property
    def room(self) -> type[Room]:
        """The room with the game's own fields."""
        return self.rules.Room
