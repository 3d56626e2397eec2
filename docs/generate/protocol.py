"""The socket's documentation and the client's types, written from the structs of wsgateway/wire and of the games.

python -m docs.generate.protocol --markdown > docs/PROTOCOL.md
python -m docs.generate.protocol --typescript > web/src/generated/socket.ts
python -m docs.generate.protocol --asyncapi      # the AsyncAPI 3 document; --jsonschema: the schemas alone
python -m docs.generate.protocol --check         # exit status 1 when one of the two files is not up to date
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from docs.generate.asyncapi import asyncapi, json_schema
from docs.generate.typescript import ts, typescript
from docs.generate.wire import Part, Struct, action_of, fields_of, inner_structs, parts, summary
from wsgateway import limits
from wsgateway.wire.client_out import Room
from wsgateway.wire.close_codes import MEANINGS
from wsgateway.wire.errors import ERRORS

ROOT = Path(__file__).resolve().parents[2]
MARKDOWN, TYPESCRIPT = ROOT / "docs/PROTOCOL.md", ROOT / "web/src/generated/socket.ts"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate.protocol", description=__doc__)
    group = parser.add_mutually_exclusive_group(required=True)
    for name in WRITERS:
        group.add_argument(f"--{name}", dest="chosen", action="store_const", const=name)
    group.add_argument("--check", action="store_true", help="compare the files with what would be written")
    chosen = parser.parse_args()
    if chosen.check:
        stale = [str(path.relative_to(ROOT)) for path, text in written().items() if _read(path) != text]
        print("\n".join(f"not up to date: {name}" for name in stale), end="\n" if stale else "")
        return 1 if stale else 0
    sys.stdout.write(WRITERS[chosen.chosen]())
    return 0


def written() -> dict[Path, str]:
    """File -> what belongs in it."""
    return {MARKDOWN: markdown(), TYPESCRIPT: typescript()}


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


# ---------------------------------------------------------------------------------------------------- Markdown

INTRO = """# The socket

Written from the structs of `wsgateway/wire/` and of the games by `python -m docs.generate.protocol --markdown`.
Do not edit. The same as AsyncAPI 3 and as JSON Schema: `GET /api/v1/schema/socket`.

SockJS at `/ws` with all its transports, raw WebSocket at `/ws/websocket`. Every message is one JSON object; ids are
integers, `time` is milliseconds since the epoch. Messages are told apart by `action`; a message with an `action` that
is not listed here was published to your channel by somebody and reaches you as it is. `ref` is the client's own name
for a request: errors carry it back, and the same `ref` sent again after a lost connection counts once. Fields may be
added, never renamed."""

CODES_INTRO = """Close codes come as SockJS's `c[code,"reason"]` or as the WebSocket's close frame. 3000-3499 and
4000-4499: come back later, with jitter; 3500-3999 and 4500-4999: don't come back. The reason of 3001 is `delay=<ms>`:
come back after that time."""

#: fields that every room has, told once
ROOMS_OWN = frozenset(Room.__struct_fields__)

CHANNELS = """| Redis channel | payload |
| --- | --- |
| `<user id>` | a message of that user, JSON as the client gets it; anybody with access to Redis may publish |
| `all` | a message to every user online |
| `many` | `id,id,...` on the first line, then one message, or several with a JSON object a line (behind `~`: chatter) |
| `control` | between our own processes |

A prefix for a shared Redis is `CHANNEL_PREFIX`, empty by default."""


def markdown() -> str:
    """docs/PROTOCOL.md."""
    platform, *games = parts()
    blocks = [INTRO, "## What a client sends", *_sections(platform.sent, sent=True)]
    blocks += ["## What a client gets", *_sections(platform.got, sent=False)]
    blocks += ["## What they are made of", *_sections(inner_structs((*platform.sent, *platform.got)), sent=False)]
    for game in games:
        blocks += _game(game, platform)
    blocks += ["## Errors", _errors(), "## Close codes", CODES_INTRO, _close_codes()]
    blocks += ["## Channels", CHANNELS, "## Limits", _limits()]
    return "\n\n".join(blocks) + "\n"


def _game(game: Part, platform: Part) -> list[str]:
    """A game's part of the page."""
    known = inner_structs((*platform.sent, *platform.got))
    inner = [struct for struct in inner_structs((*game.sent, *game.got)) if struct not in known]
    return [
        f"## The game `{game.name}`",
        "What it takes as `play`:" if game.bodies else "",
        *(_section(struct, sent=True, title=f"`play` of kind `{kind}`: `body`") for kind, struct in game.bodies),
        *_sections(game.sent, sent=True),
        *_sections(game.got, sent=False),
        *_sections(inner, sent=False),
    ]


def _sections(structs: Sequence[Struct], *, sent: bool) -> list[str]:
    return [_section(struct, sent=sent) for struct in structs]


def _section(struct: Struct, *, sent: bool, title: str = "") -> str:
    action = action_of(struct)
    rows = [(f'"{action}"', "action", "")] if action else []
    rows += [
        (ts(field.kind), field.name, "may be left out" if field.may_lack else "")
        for field in fields_of(struct, sent=sent)
        if not (field.name in ROOMS_OWN and struct is not Room and issubclass(struct, Room))
    ]
    table = ["| field | type | |", "| --- | --- | --- |"]
    table += [f"| `{name}` | `{kind}` | {note} |".replace(" | null", " \\| null") for kind, name, note in rows]
    title = title or (f"`{action}`" if action else struct.__name__)
    return "\n".join([f"### {title}", "", summary(struct), "", *table])


def _errors() -> str:
    rows = [f"| `{code}` | {message} |" for code, message in ERRORS.items()]
    return "\n".join(["| code | message |", "| --- | --- |", *rows])


def _close_codes() -> str:
    rows = [f"| {code} | {meaning} |" for code, meaning in sorted(MEANINGS.items())]
    return "\n".join(["| code | meaning |", "| --- | --- |", *rows])


def _limits() -> str:
    rows = [f"| `{name}` | {value:,} {unit} | {reason} |" for name, value, unit, reason in limits.rows()]
    return "\n".join(["| name | value | why |", "| --- | --- | --- |", *rows])


WRITERS: dict[str, Callable[[], str]] = {
    "markdown": markdown,
    "typescript": typescript,
    "asyncapi": lambda: json.dumps(asyncapi(), indent=1) + "\n",
    "jsonschema": lambda: json.dumps(json_schema(), indent=1) + "\n",
}

if __name__ == "__main__":
    sys.exit(main())
