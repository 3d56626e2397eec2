"""What may go wrong with a live room.

GameError                 (rooms/live/game.py) a command is refused: `code` of wsgateway.wire.errors.ERRORS, `message`
└── Refused               by the room itself: unknown_room, room_closed, room_full, not_member, ...
LiveUnavailable           Redis is away, or no process carried the command out in time
"""

from rooms.live.game import GameError
from wsgateway.wire.errors import ERRORS


class Refused(GameError):  # noqa: N818  reads better where it is raised
    """The room itself, or the door to it, said no; nothing was changed."""

    def __init__(self, code: str, message: str = "", retry_ms: int | None = None) -> None:
        super().__init__(code, message or ERRORS.get(code, code), retry_ms)

    @classmethod
    def by_script(cls, answer: bytes | str) -> "Refused":
        """Of a script's text: a code, perhaps with the ms after which to try again."""
        code, _, ms = (answer.decode() if isinstance(answer, bytes) else answer).partition(" ")
        return cls(code, retry_ms=int(ms) if ms else None)


class LiveUnavailable(Exception):  # noqa: N818  reads better where it is raised
    """Nobody answered in time. The command may still be carried out; sent again with the same ref it counts once."""
