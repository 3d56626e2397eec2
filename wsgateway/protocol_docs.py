"""The socket's documentation and the client's types, written from wsgateway/protocol.py.

python -m wsgateway.protocol_docs --markdown > docs/PROTOCOL.md
python -m wsgateway.protocol_docs --typescript > web/src/generated/socket.ts
python -m wsgateway.protocol_docs --check      # exit status 1 when one of the two is not up to date
"""

import argparse
import inspect
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from wsgateway import limits, protocol

ROOT = Path(__file__).resolve().parent.parent
MARKDOWN, TYPESCRIPT = ROOT / "docs/PROTOCOL.md", ROOT / "web/src/generated/socket.ts"

CLIENT: tuple[type[msgspec.Struct], ...] = (*get_args(protocol.ClientAction), protocol.EnterGame, protocol.LobbyAnswer)
SERVER: tuple[type[msgspec.Struct], ...] = get_args(protocol.ServerMessage)

PLAIN = {int: "number", float: "number", str: "string", bool: "boolean", Any: "unknown", NoneType: "null"}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m wsgateway.protocol_docs", description=__doc__)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--markdown", action="store_true", help="print docs/PROTOCOL.md")
    group.add_argument("--typescript", action="store_true", help="print web/src/generated/socket.ts")
    group.add_argument("--check", action="store_true", help="compare both files with what would be written")
    chosen = parser.parse_args()
    if chosen.check:
        stale = [str(path.relative_to(ROOT)) for path, text in written().items() if _read(path) != text]
        print("\n".join(f"not up to date: {name}" for name in stale), end="\n" if stale else "")
        return 1 if stale else 0
    sys.stdout.write(markdown() if chosen.markdown else typescript())
    return 0


def written() -> dict[Path, str]:
    """File -> what belongs in it."""
    return {MARKDOWN: markdown(), TYPESCRIPT: typescript()}


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


# ---------------------------------------------------------------------------------------------------- structs


def action_of(struct: type[msgspec.Struct]) -> str | None:
    """The value of `action` that marks this message; None for the two that have none."""
    tag = struct.__struct_config__.tag
    return tag if isinstance(tag, str) else None


def fields_of(struct: type[msgspec.Struct]) -> Iterator[tuple[str, Any, bool]]:
    """(name, type, has a default) of every field in order."""
    hints = get_type_hints(struct)
    for field in msgspec.structs.fields(struct):
        yield field.name, hints[field.name], not field.required


def parts() -> list[type[msgspec.Struct]]:
    """The structs that messages are made of, each before those that use it."""
    found: dict[type[msgspec.Struct], None] = {}

    def visit(kind: Any) -> None:
        for inner in get_args(kind):
            visit(inner)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in found:
            for _, inner, _ in fields_of(kind):
                visit(inner)
            if kind not in (*CLIENT, *SERVER):
                found[kind] = None

    for message in (*CLIENT, *SERVER):
        visit(message)
    return sorted(found, key=lambda kind: inspect.getsourcelines(kind)[1])


def summary(struct: type[msgspec.Struct]) -> str:
    """The docstring on one line."""
    return " ".join((inspect.getdoc(struct) or "").split())


# ---------------------------------------------------------------------------------------------------- TypeScript


def typescript() -> str:
    """The types of the browser client; unions told apart by `action`."""
    blocks = ["// Written from wsgateway/protocol.py by `npm run generate`. Do not edit."]
    blocks += [_interface(kind, answers=True) for kind in parts()]
    blocks += [_interface(kind, answers=False) for kind in CLIENT] + [_union("ClientMessage", CLIENT)]
    blocks += [_interface(kind, answers=True) for kind in SERVER] + [_union("ServerMessage", SERVER)]
    return "\n\n".join(blocks) + "\n"


def _interface(struct: type[msgspec.Struct], *, answers: bool) -> str:
    """What the server sends has every field (but an `error`); a client may leave out those with a default."""
    action = action_of(struct)
    lines = [f"/** {summary(struct)} */", f"export interface {struct.__name__} {{"]
    lines += [f'  action: "{action}";'] if action else []
    may_lack = not answers or struct.__struct_config__.omit_defaults
    for name, kind, optional in fields_of(struct):
        lines.append(f"  {name}{'?' if optional and may_lack else ''}: {_ts(kind)};")
    return "\n".join([*lines, "}"])


def _union(name: str, structs: Iterable[type]) -> str:
    members = [struct.__name__ for struct in structs]
    line = f"export type {name} = {' | '.join(members)};"
    return line if len(line) <= 100 else f"export type {name} =\n" + "\n".join(f"  | {one}" for one in members) + ";"


def _ts(kind: Any) -> str:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " | ".join(_ts(one) for one in inner)
    if origin is list:
        element = _ts(inner[0])
        return f"({element})[]" if " | " in element else f"{element}[]"
    if origin is dict:
        return f"Record<{_ts(inner[0])}, {_ts(inner[1])}>"
    return PLAIN.get(kind) or str(kind.__name__)


# ---------------------------------------------------------------------------------------------------- Markdown

INTRO = """# The socket

Written from `wsgateway/protocol.py` by `python -m wsgateway.protocol_docs --markdown`. Do not edit.

SockJS at `/ws` with all its transports, raw WebSocket at `/ws/websocket`. Every message is one JSON object; ids are
integers, `time` is milliseconds since the epoch. Messages are told apart by `action`; a message with an `action` that
is not listed here was published to your channel by somebody and reaches you as it is. `ref` is the client's own name
for a request: errors carry it back, and the same `ref` sent again after a lost connection counts once. Fields may be
added, never renamed."""

CODES_INTRO = """Close codes come as SockJS's `c[code,"reason"]` or as the WebSocket's close frame. 3000-3499 and
4000-4499: come back later, with jitter; 3500-3999 and 4500-4999: don't come back. The reason of 3001 is `delay=<ms>`:
come back after that time."""

CHANNELS = """| Redis channel | payload |
| --- | --- |
| `<user id>` | a message of that user, JSON as the client gets it; anybody with access to Redis may publish |
| `all` | a message to every user online |
| `many` | `id,id,...` on the first line, then one message, or several with a JSON object a line |
| `control` | between our own processes |

A prefix for a shared Redis is `CHANNEL_PREFIX`, empty by default."""


def markdown() -> str:
    """docs/PROTOCOL.md."""
    blocks = [INTRO, "## What a client sends", *map(_section, CLIENT), "## What a client gets", *map(_section, SERVER)]
    blocks += [
        "## What they are made of",
        *map(_section, parts()),
        "## Errors",
        _errors(),
        "## Close codes",
        CODES_INTRO,
    ]
    blocks += [_close_codes(), "## Channels", CHANNELS, "## Limits", _limits()]
    return "\n\n".join(blocks) + "\n"


def _section(struct: type[msgspec.Struct]) -> str:
    action = action_of(struct)
    rows = [(f'"{action}"', "action", "")] if action else []
    rows += [(_ts(kind), name, "may be left out" if default else "") for name, kind, default in fields_of(struct)]
    table = ["| field | type | |", "| --- | --- | --- |"]
    table += [f"| `{name}` | `{kind}` | {note} |".replace(" | null", " \\| null") for kind, name, note in rows]
    title = f"`{action}`" if action else struct.__name__
    return "\n".join([f"### {title}", "", summary(struct), "", *table])


def _errors() -> str:
    rows = [f"| `{code}` | {message} |" for code, message in protocol.ERRORS.items()]
    return "\n".join(["| code | message |", "| --- | --- |", *rows])


def _close_codes() -> str:
    codes = {value: name for name, value in vars(protocol).items() if name.isupper() and isinstance(value, int)}
    rows = [f"| {code} | {name.lower().replace('_', ' ')} |" for code, name in sorted(codes.items())]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows])


def _limits() -> str:
    rows = [f"| `{name}` | {value:,} {unit} | {reason} |" for name, value, unit, reason in limits.rows()]
    return "\n".join(["| name | value | why |", "| --- | --- | --- |", *rows])


if __name__ == "__main__":
    sys.exit(main())
