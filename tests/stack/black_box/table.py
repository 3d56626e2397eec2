"""PROTOCOL.md's tables, written down a second time by hand, as a client's author would who has only that page.

Nothing of the product is imported: a field that is renamed, lost or new in the product fails here. Shapes: a type
(exact: `True` is no int), a tuple of what it may be, `[shape]` for a list of it, a dict for an object with exactly
these fields (a name that ends in `?` may be absent), `Any`.
"""

from typing import Any

Shape = Any
Json = dict[str, Any]

USER = {"id": int, "name": str}
PLAYER_REF = {**USER, "account": int, "rating": int}
#: `player`: what that client wanted others to know of it
PLAYER = {**PLAYER_REF, "score": int, "player": (dict, None)}
#: `number` and `texts` are ours
QUESTION = {
    "id": int, "q": str, "image": (str, None), "audio": (str, None), "video": (str, None), "number": int, "texts": dict,
}  # fmt: skip
RESULT = {"id": int, "name": str, "score": int, "rating": int, "prize": int}
TRY = {"user": PLAYER_REF, "answer": str, "is_true": bool, "time": int}

#: the room of the table; every name of it is the user's own
TABLE_ROOM = {
    "room_id": int,
    "game": str,
    "name": str,
    "state": str,
    "v": int,
    "max_time": int,
    "cnt_questions": int,
    "question": (QUESTION, None),
    "category": ({"id": int, "name": str, "names?": dict}, None),
    "players": [PLAYER],
}
#: fields that docs/PROTOCOL.md adds to it
ROOM = {
    **TABLE_ROOM,
    "phase": str,
    "phase_ends": (int, None),
    "time": int,
    "hint": (str, None),
    "hints?": dict,
    "owner": (int, None),
    "capacity": int,
    "private": bool,
    "min_players": int,
    "language": str,
    "tries": [TRY],
    "results": ([RESULT], None),
    "mark": (int, None),
    "code": str,
    "options": dict,
    "spectators": int,
    "locked": bool,
    "paused": (int, None),
    "powers": [str],
}
REST_ROOM = {**ROOM, "cnt_players": int}

_EVENT = {"action": str, "room_id": int, "v": int, "mark?": int}

MESSAGES: dict[str, Shape] = {
    "connected": {"action": str, **USER, "online": [USER], "online_count": int, "rooms": [int], "version": str},
    "someone_connected": {"action": str, **USER},
    "someone_disconnected": {"action": str, **USER},
    "room": {"action": str, **ROOM},
    "player_joined": {**_EVENT, "user": PLAYER},
    "player_left": {**_EVENT, "user": PLAYER, "reason": str, "kicked?": bool},
    "new_answer": {**_EVENT, **TRY, "since?": int},
    "hint": {**_EVENT, "id": int, "hint": str, "phase_ends": (int, None), "hints": dict},
    "next_question": {
        **_EVENT,
        "is_answered": bool,
        "who_won": (int, None),
        "right_answer": (str, None),
        "question": (QUESTION, None),
        "phase_ends": (int, None),
        "explanation": (str, None),
        "answers": dict,
        "explanations": dict,
    },
    "paused": {**_EVENT, "paused": int},
    "resumed": {**_EVENT, "phase_ends": (int, None)},
    "options_changed": {**_EVENT, "options": dict, "room": dict},
    "owner_changed": {**_EVENT, "owner": int},
    "locked": {**_EVENT, "locked": bool},
    "spectators": {**_EVENT, "spectators": int},
    "close_room": {**_EVENT, "message": str, "reason": str, "results": [RESULT]},
    "synced": {**_EVENT, "events": [dict]},
    "error": {"action": str, "code": str, "message": str, "ref?": str, "room_id?": int, "retry_ms?": int},
    "done": {"action": str, "ref": str},
    "pong": {"action": str, "time": int, "ref": (str, None)},
    "resync": {"action": str, "reason": str},
}

#: what every success and every error of REST looks like around its own fields
SUCCESS = {"status": 0, "message": "ok"}
ERROR = {"status": int, "message": str, "code": str, "errors": dict}
ACCOUNT = {
    "id": int, "name": str, "email": str, "email_confirmed": bool, "new_email": str, "language": str, "about": str,
    "avatar": (str, None), "account": int, "rating": int, "date_joined": str,
}  # fmt: skip


def faults(value: Any, shape: Shape, where: str = "") -> list[str]:
    """What about the value is not of the shape, with where; empty when all is well."""
    if shape is Any:
        return []
    if isinstance(shape, tuple):
        tried = [faults(value, each, where) for each in shape]
        return [] if [] in tried else [fault for each in tried for fault in each]
    if isinstance(shape, dict):
        return _object_faults(value, shape, where)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [fault for index, each in enumerate(value) for fault in faults(each, shape[0], f"{where}[{index}]")]
    right = value is None if shape is None else type(value) is shape
    return [] if right else [f"{where}: {value!r} is not {shape}"]


def _object_faults(value: Any, shape: dict[str, Shape], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no object"]
    known = {name.rstrip("?"): inner for name, inner in shape.items()}
    needed = {name for name in shape if not name.endswith("?")}
    found = [f"{where}.{name} is missing" for name in sorted(needed - set(value))]
    found += [f"{where}.{name} is in no table" for name in sorted(set(value) - set(known))]
    return found + [
        fault
        for name, inner in known.items()
        if name in value
        for fault in faults(value[name], inner, f"{where}.{name}")
    ]


def message_faults(message: Json) -> list[str]:
    """What about a socket message is not as the table says; one that is in no table came from whoever published it."""
    action = message.get("action")
    if not isinstance(action, str) or action not in MESSAGES:
        return []
    inner = [fault for event in message.get("events", []) for fault in message_faults(event)]
    return faults(message, MESSAGES[action], action) + inner
