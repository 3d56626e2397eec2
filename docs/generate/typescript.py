"""The types of the browser client, from the structs: web/src/generated/socket.ts."""

from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from docs.generate.wire import Struct, action_of, fields_of, inner_structs, parts, summary
from wsgateway.wire.client_out import Room

PLAIN = {int: "number", float: "number", str: "string", bool: "boolean", Any: "unknown", NoneType: "null"}


def typescript() -> str:
    """The whole file; unions are told apart by `action`. A room is always a game's: `Room` itself is never sent."""
    everything = parts()
    sent = [struct for part in everything for struct in part.sent]
    got = [struct for part in everything for struct in part.got if struct is not Room]
    bodies = [struct for part in everything for _, struct in part.bodies]
    blocks = ["// Written from the structs of wsgateway/wire and of the games by `npm run generate`. Do not edit."]
    blocks += [_interface(kind, sent=False) for kind in inner_structs((*got, *sent))]
    blocks += [_interface(kind, sent=True) for kind in [*sent, *bodies]] + [_union("ClientMessage", sent)]
    blocks += [_interface(kind, sent=False) for kind in got] + [_union("ServerMessage", got)]
    return "\n\n".join(blocks) + "\n"


def _interface(struct: Struct, *, sent: bool) -> str:
    action = action_of(struct)
    lines = [f"/** {summary(struct)} */", f"export interface {struct.__name__} {{"]
    lines += [f'  action: "{action}";'] if action else []
    lines += [
        f"  {field.name}{'?' if field.may_lack else ''}: {ts(field.kind)};" for field in fields_of(struct, sent=sent)
    ]
    return "\n".join([*lines, "}"])


def _union(name: str, structs: Iterable[type]) -> str:
    members = [struct.__name__ for struct in structs]
    line = f"export type {name} = {' | '.join(members)};"
    return line if len(line) <= 100 else f"export type {name} =\n" + "\n".join(f"  | {one}" for one in members) + ";"


def ts(kind: Any) -> str:
    """A type as TypeScript writes it."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " | ".join(ts(one) for one in inner)
    if origin is list:
        element = ts(inner[0])
        return f"({element})[]" if " | " in element else f"{element}[]"
    if origin is dict:
        return f"Record<{ts(inner[0])}, {ts(inner[1])}>"
    return PLAIN.get(kind) or str(kind.__name__)
