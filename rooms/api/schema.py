"""How bodies with a game's options look in the OpenAPI schema: spelled out for each game there is.

Only for the schema; what comes in is read by the plain serializer, and the options by the game's backend.
"""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer

from accounts.api.fields import Choice
from config.games import GAMES, game_entry
from rooms.backend import backend_of
from rooms.options import RoomOptions, capacity_field


def with_options(body: type[Any], *, all_optional: bool = False) -> Any:
    """`body` with the exact `options` of each game in the place of any object."""

    def bodies() -> list[type[Any]]:
        return [_for_game(body, game, all_optional) for game in GAMES]

    name = body.__name__.removesuffix("Serializer")
    return PolymorphicProxySerializer(component_name=name, serializers=bodies, resource_type_field_name=None)


def _for_game(body: type[Any], game: str, all_optional: bool) -> type[Any]:
    own = backend_of(game).Options
    # the room's own options are taken in here, too, where they stood when there was one game
    options = type(
        own.__name__, (own, RoomOptions), {"__doc__": own.__doc__, "capacity": capacity_field(game_entry(game).seats)}
    )
    if all_optional:
        options = type(f"{options.__name__}ForEntering", (_AllOptional, options), {"__doc__": options.__doc__})
    fields = {
        "game": Choice(choices=[game]),
        "options": options(required=not all_optional),
        "__doc__": body.__doc__,
    }
    return type(f"{game.title()}{body.__name__}", (body,), fields)


class _AllOptional:
    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()  # type: ignore[misc]
        for field in fields.values():
            field.required = False
        return fields
