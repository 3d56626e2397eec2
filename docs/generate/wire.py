"""What is said over the socket, as data: the structs of the platform and of every game, for those who write it down."""

import inspect
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_type_hints

import msgspec
from msgspec import UNSET, UnsetType

from config.games import GAMES, game_entry
from wsgateway.wire import client_in, client_out

Struct = type[msgspec.Struct]


class Field(NamedTuple):
    """One field of a message: `may_lack` when it may be left out, `default` when there is one."""

    name: str
    kind: Any
    may_lack: bool


class Part(NamedTuple):
    """The messages of the platform (`name` None), or of one game."""

    name: str | None
    sent: tuple[Struct, ...]
    bodies: tuple[tuple[str, Struct], ...]
    got: tuple[Struct, ...]


def parts() -> list[Part]:
    """The platform's messages, then each game's."""
    platform = Part(
        None, (*get_args(client_in.ClientAction), client_in.EnterGame), (), get_args(client_out.ServerMessage)
    )
    return [platform, *map(_of_game, GAMES)]


def _of_game(name: str) -> Part:
    entry = game_entry(name)
    return Part(name, entry.own_names, tuple(entry.commands.items()), (entry.room, *entry.events))


def action_of(struct: Struct) -> str | None:
    """The value of `action` that marks this message; None for those that have none."""
    tag = struct.__struct_config__.tag
    return tag if isinstance(tag, str) else None


def fields_of(struct: Struct, *, sent: bool) -> Iterator[Field]:
    """Every field in order. What the server sends has all of them, but those that are UNSET or left out as default."""
    hints = get_type_hints(struct)
    omits = struct.__struct_config__.omit_defaults
    for field in msgspec.structs.fields(struct):
        kind = hints[field.name]
        unset = field.default is UNSET
        if unset:
            kind = _without_unset(kind)
        yield Field(field.name, kind, unset or (not field.required and (sent or omits)))


def _without_unset(kind: Any) -> Any:
    kept = [one for one in get_args(kind) if one is not UnsetType]
    joined = kept[0]
    for one in kept[1:]:
        joined |= one
    return joined


def inner_structs(structs: tuple[Struct, ...]) -> list[Struct]:
    """The structs that these messages are made of, each before those that use it, the messages themselves left out."""
    found: dict[Struct, None] = {}

    def visit(kind: Any) -> None:
        for inner in get_args(kind):
            visit(inner)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in found:
            for field in fields_of(kind, sent=False):
                visit(field.kind)
            if kind not in structs:
                found[kind] = None

    for message in structs:
        visit(message)
    return list(found)


def summary(struct: Struct) -> str:
    """The docstring on one line."""
    return " ".join((inspect.getdoc(struct) or "").split())
