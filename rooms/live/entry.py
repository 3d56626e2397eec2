"""A game as one object: everything the platform asks of it, from the wire to the database. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from rooms.live.game import ROOM_KINDS, Game
from rooms.live.views import ROOM_FIELDS, public_fields
from wsgateway.wire.client_out import Room, RoomEvent


class Seats(NamedTuple):
    """How many may sit in a room of a game: its `capacity` when nobody says, and the bounds of it; and how many are
    `needed` before it begins."""

    least: int = 2
    usual: int = 50
    most: int = 1000
    needed: int = 1


USUAL_SEATS = Seats()


@dataclass(frozen=True)
class GameEntry:
    """What a game brings. `config/games.py` names one a game."""

    #: the rules, an instance; they name the structs of the commands (`commands`) and of the room (`Room`)
    rules: Game[Any]
    #: dotted path (`module:class`) of the Django side, a `rooms.backend.GameBackend`
    backend: str
    seats: Seats = USUAL_SEATS
    #: the structs of the events that the rules send
    events: tuple[type[RoomEvent], ...] = ()
    #: messages of the game's own names that a socket takes for `play`; each has `as_play()`
    own_names: tuple[type[Any], ...] = ()

    def __post_init__(self) -> None:
        """Raises `ValueError` for a game that could not be shown or played: better at the start than in a room."""
        if taken := ROOM_KINDS & set(self.commands):
            raise ValueError(f"commands that are the room's own: {sorted(taken)}")
        needed = {field.name for field in msgspec.structs.fields(self.room) if field.required} - ROOM_FIELDS
        if hidden := needed - self.public_fields:
            raise ValueError(f"fields without a default that an outsider may not see: {sorted(hidden)}")

    @property
    def public_fields(self) -> frozenset[str]:
        """The game's own fields of the room that somebody without a seat may see."""
        return public_fields(self.rules)

    @property
    def commands(self) -> Mapping[str, type[msgspec.Struct]]:
        """Kind -> the struct of its body."""
        return self.rules.commands

    @property
    def room(self) -> type[Room]:
        """The room with the game's own fields."""
        return self.rules.Room
