"""What may go wrong with a live room.

GameError                 (rooms/live/game.py) a command is refused: `code` of wsgateway.protocol.ERRORS, `message`
└── Refused               by the room itself: unknown_room, room_closed, room_full, not_member, ...
LiveUnavailable           Redis is away, or no process carried the command out in time
"""

from rooms.live.game import GameError
from wsgateway.protocol import ERRORS


class Refused(GameError):  # noqa: N818  reads better where it is raised
    """The room itself, or the door to it, said no; nothing was changed."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code, message or ERRORS.get(code, code))


class LiveUnavailable(Exception):  # noqa: N818  reads better where it is raised
    """Nobody answered in time. The command may still be carried out; sent again with the same ref it counts once."""
