"""The options that every room has, whatever is played in it. A game's own are its backend's to read."""

from typing import Any, NamedTuple

from rest_framework import serializers
from rest_framework.exceptions import APIException

from accounts.api.fields import Text
from accounts.models import User
from config.games import game_entry
from rooms.api.fields import Flag, Whole
from rooms.backend import backend_of
from rooms.live.entry import Seats

CAPACITY_MAX = 1000
PASSWORD_MAX = 128


def capacity_field(seats: Seats) -> Whole:
    """`capacity` in the bounds of a game."""
    return Whole(min_value=seats.least, max_value=seats.most, required=False, help_text="Seats of the room.")


class RoomOptions(serializers.Serializer[Any]):
    """Beside the game's `options` in `POST rooms`; the older place in `options` is taken too."""

    capacity = capacity_field(Seats(1, 1, CAPACITY_MAX))
    password = Text(
        max_length=PASSWORD_MAX,
        required=False,
        allow_blank=True,
        write_only=True,
        help_text="Makes the room private: whoever enters must know it.",
    )
    listed = Flag(required=False, help_text="Whether the lobby shows it; who has its code finds it either way.")
    min_players = Whole(
        min_value=1,
        max_value=CAPACITY_MAX,
        required=False,
        help_text="The game waits for so many players; more than `capacity` means a full room.",
    )


ROOM_OPTIONS = frozenset(RoomOptions().get_fields())


class Accepted(NamedTuple):
    """Options complete and clean, the game's and the room's together: sent back as they are, they make such a room."""

    options: dict[str, Any]
    password: str


def clean_options(*, game: str, options: dict[str, Any], user: User) -> Accepted:
    """Read the options of a room of that game. Raises DRF's `ValidationError` by field, and what the game raises."""
    own = {name: value for name, value in options.items() if name not in ROOM_OPTIONS}
    rooms, problems = _read_room_options(game, options)
    try:
        clean = backend_of(game).validate_options(own, user=user)
    except serializers.ValidationError as error:
        raise serializers.ValidationError({**problems, **_by_field(error)}) from None
    except APIException:
        if not problems:
            raise
    if problems:
        raise serializers.ValidationError(problems)
    password = rooms.pop("password", "")
    return Accepted({**clean, **rooms}, password)


def _read_room_options(game: str, options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The room's options complete, and what is wrong with them by field."""
    seats = game_entry(game).seats
    reading = RoomOptions(data={name: value for name, value in options.items() if name in ROOM_OPTIONS})
    reading.fields["capacity"] = capacity_field(seats)
    if not reading.is_valid():
        return {}, dict(reading.errors)
    said = dict(reading.validated_data)
    capacity = said.get("capacity", seats.usual)
    min_players = min(said.get("min_players", seats.needed), capacity)
    return {**said, "capacity": capacity, "min_players": min_players, "listed": said.get("listed", True)}, {}


def _by_field(error: serializers.ValidationError) -> dict[str, Any]:
    return dict(error.detail) if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
