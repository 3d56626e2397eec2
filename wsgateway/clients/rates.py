"""How fast one socket may send: token buckets for messages, answers and other frames."""

import time

from wsgateway.limits import Limits
from wsgateway.messages import BadMessage, Request
from wsgateway.sockets.connection import Connection
from wsgateway.wire.client_in import Play


class Rates:
    """The buckets stand in the connection; all are filled at once, for the time that passed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def take_message(self, connection: Connection) -> None:
        """One message, from a second's bucket and from a minute's. Raises `BadMessage`."""
        self._refill(connection)
        if connection.allowance < 1 or connection.in_minute < 1:
            raise BadMessage("too_fast")
        connection.allowance -= 1
        connection.in_minute -= 1

    def take_answer(self, connection: Connection, request: Request) -> None:
        """The request, if it is a command of a game. Raises `BadMessage`."""
        if isinstance(request, Play) or hasattr(request, "as_play"):
            if connection.answers < 1:
                raise BadMessage("too_fast", ref=request.ref)
            connection.answers -= 1

    def take_frame(self, connection: Connection) -> bool:
        """A ping, pong or fragment; whether it may be."""
        self._refill(connection)
        connection.other_frames -= 1
        return connection.other_frames >= 0

    def _refill(self, connection: Connection) -> None:
        now, limits = time.monotonic(), self._limits
        passed, connection.refilled_at = now - connection.refilled_at, now
        minutely = limits.messages_per_minute
        connection.allowance = min(connection.allowance + passed * limits.messages_per_s, limits.messages_burst)
        connection.in_minute = min(connection.in_minute + passed * minutely / 60, minutely)
        connection.answers = min(connection.answers + passed * limits.answers_per_s, limits.answers_burst)
        connection.other_frames = min(connection.other_frames + passed * limits.frames_per_s, limits.frames_burst)
