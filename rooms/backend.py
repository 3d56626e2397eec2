"""The Django side of a game: what rooms/ asks of it. The rules themselves are rooms.live.game.Game."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Protocol

from accounts.models import User
from config.games import game_entry, load
from rooms.live.game import Seat
from rooms.models import Room


class GameBackend(Protocol):
    """One per game, named in config/games.py. Options are the `options` object of `POST rooms`."""

    #: the options as the OpenAPI schema shows them, a DRF serializer
    Options: type[Any]

    def validate_options(self, options: dict[str, Any], *, user: User) -> dict[str, Any]:
        """The game's options complete and clean; the room's own (`rooms.options`) are not among them. Raises DRF's
        `ValidationError` by field."""

    def default_options(self, *, user: User) -> dict[str, Any]:
        """What a room is made with when its maker entered it by name and said nothing more."""

    def prepare(self, room: Room, options: dict[str, Any]) -> dict[str, Any]:
        """The setup (JSON) the rules start from; whatever is random is drawn here. `options` are the game's and
        the room's together. In the room's transaction, and again when they are changed before the start."""

    def describe(self, setup: dict[str, Any]) -> dict[str, Any]:
        """The game's fields of the room that never change and hold no secret, for lists and closed rooms."""

    def seat(self, user: User) -> Seat:
        """How the members see the user, with what the game's rating needs in `hidden`; the room fills in `rating`."""

    def record(self, room: Room, outcome: dict[str, Any]) -> None:
        """Store the outcome in the game's own models. Called once per room, inside a transaction, the room locked."""

    def prepare_data(self, say: Callable[[str], object]) -> None:
        """Load what the game comes with into the database; quick when it is there. `say` tells whoever waits."""

    def which_have_results(self, room_ids: Sequence[int]) -> set[int]:
        """Those of the rooms in which somebody has a result that is to stay."""

    def results(self, room: Room) -> list[dict[str, Any]] | None:
        """The final table as `close_room` had it, from the game's models; None when nothing is stored."""


@cache
def backend_of(game: str) -> GameBackend:
    """The Django side of a game. Raises `KeyError` for an unknown game."""
    backend: GameBackend = load(game_entry(game).backend)()
    return backend
