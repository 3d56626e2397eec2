"""The socket as an AsyncAPI 3 document and as JSON Schema, from the structs; served at /api/v1/schema/socket."""

from typing import Any

import msgspec

from config.version import VERSION
from docs.generate.wire import Part, Struct, action_of, parts, summary
from wsgateway.wire.client_out import Room
from wsgateway.wire.close_codes import MEANINGS
from wsgateway.wire.errors import ERRORS

REF = "#/components/schemas/{name}"
DESCRIPTION = """SockJS at `/ws` with all its transports, raw WebSocket at `/ws/websocket`. Every message is one JSON
object, told apart by `action`. A message with an `action` that is not listed was published to your channel by somebody
and reaches you as it is."""


def json_schema() -> dict[str, Any]:
    """Every message and what it is made of, as JSON Schema 2020-12."""
    _, schemas = _components("#/$defs/{name}")
    sent, got = _directions()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Gamehub's socket",
        "description": " ".join(DESCRIPTION.split()),
        "oneOf": [{"$ref": f"#/$defs/{struct.__name__}"} for struct in (*sent, *got)],
        "$defs": schemas,
    }


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3 document."""
    _, schemas = _components(REF)
    sent, got = _directions()
    messages = {struct.__name__: _message(struct) for struct in (*sent, *got)}
    channel = {"$ref": "#/channels/socket"}
    return {
        "asyncapi": "3.0.0",
        "id": "urn:gamehub:socket",
        "info": {
            "title": "Gamehub's socket",
            "version": VERSION,
            "description": f"{DESCRIPTION}\n\n{_tables()}",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
            "contact": {"name": "Gamehub", "url": "https://example.org/gamehub", "email": "gamehub@example.org"},
            "tags": [{"name": part.name or "platform"} for part in parts()],
        },
        "defaultContentType": "application/json",
        "servers": {"own": {"host": "localhost", "pathname": "/ws/websocket", "protocol": "ws"}},
        "channels": {
            "socket": {
                "address": "/ws/websocket",
                "description": "One socket of one user.",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
            }
        },
        "operations": {
            "send": {"action": "receive", "channel": channel, "summary": "What a client sends.",
                     "description": "What a client sends.",
                     "messages": [{"$ref": f"#/channels/socket/messages/{one.__name__}"} for one in sent]},
            "get": {"action": "send", "channel": channel, "summary": "What a client gets.",
                    "description": "What a client gets.",
                    "messages": [{"$ref": f"#/channels/socket/messages/{one.__name__}"} for one in got]},
        },
        "components": {"messages": messages, "schemas": schemas},
    }  # fmt: skip


def _directions() -> tuple[list[Struct], list[Struct]]:
    everything = parts()
    sent = [struct for part in everything for struct in part.sent]
    return sent, [struct for part in everything for struct in part.got if struct is not Room]


def _components(template: str) -> tuple[Any, dict[str, Any]]:
    sent, got = _directions()
    bodies = [struct for part in parts() for _, struct in part.bodies]
    named, schemas = msgspec.json.schema_components([*sent, *got, *bodies], ref_template=template)
    return named, schemas


def _message(struct: Struct) -> dict[str, Any]:
    return {
        "name": action_of(struct) or struct.__name__,
        "title": struct.__name__,
        "summary": summary(struct),
        "tags": [{"name": _part_of(struct).name or "platform"}],
        "payload": {"$ref": REF.format(name=struct.__name__)},
    }


def _part_of(struct: Struct) -> Part:
    return next(part for part in parts() if struct in part.sent or struct in part.got)


def _tables() -> str:
    errors = "\n".join(f"- `{code}`: {message}" for code, message in ERRORS.items())
    codes = "\n".join(f"- {code}: {meaning}" for code, meaning in sorted(MEANINGS.items()))
    return f"Codes of `error`:\n\n{errors}\n\nClose codes:\n\n{codes}"
