"""Codes of `error`, with the message a client may show when it has no translation. A game may have codes of its own."""

ERRORS: dict[str, str] = {
    "bad_json": "This is not JSON.",
    "bad_message": "The message does not have the right fields.",
    "unknown_action": "There is no such action.",
    "too_long": "The text is too long.",
    "unauthorized": "This token is not valid for this socket.",
    "not_connected": "Say who you are first (action connect).",
    "already_connected": "This socket has already said who it is.",
    "unknown_game": "There is no such game.",
    "unknown_room": "There is no such room.",
    "not_member": "You are not in this room.",
    "room_closed": "This room is closed.",
    "room_full": "This room is full.",
    "wrong_password": "The room's password is wrong.",
    "wrong_question": "This question is no longer open.",
    "not_started": "The game has not begun yet.",
    "too_many_rooms": "You are in too many rooms.",
    "too_fast": "You are sending too fast.",
    "server_full": "The server is full: no room can be made now. Those that are open go on.",
    "degraded": "The server is recovering; try again in a moment.",
    "internal": "Something went wrong on the server.",
}
