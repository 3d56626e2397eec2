"""What can go wrong with a room, each with its HTTP status; codes and messages are those of the socket's `error`.

RoomError
+-- BadName 400, BadMessage 400
+-- UnknownGame 404, UnknownRoom 404
+-- NotMember 403, WrongPassword 403, Kicked 403, NotOwner 403
+-- Locked 409, RoomClosed 409, RoomFull 409, NameTaken 409, TooManyRooms 409
+-- Refused 409         any other refusal of the live room or the game, with its own code
+-- TooOften 429        rooms made, joined or left faster than one may
|   +-- TooManyGuesses  of a private room's password
+-- TooFast 429         answers
+-- ServerFull 503      there is no memory for another room; those that are there go on
+-- Degraded 503        the live rooms do not answer; what was asked for was not carried out
"""

from math import ceil

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.api.errors import RETRY_AFTER_OUTAGE_S, ApiError
from wsgateway.wire.errors import ERRORS

# ruff: noqa: N818 - `raise RoomFull` says it

RETRY_WHEN_FULL_S = 60  # games end, and closed rooms go after an hour


class RoomError(ApiError):
    """The base of all of them; a subclass names its code and HTTP status."""

    default_code, http_status = "refused", 409
    retry_after_s: int | None = None
    default_detail = _("The room refused this.")
    #: the field of the request it is about, if any
    field = ""

    def __init__(self, message: str = "", code: str = "") -> None:
        code = code or self.default_code
        message = gettext(message or ERRORS.get(code, self.default_detail))
        errors = {self.field: [message]} if self.field else None
        super().__init__(code, message, status=self.http_status, errors=errors, retry_after_s=self.retry_after_s)


class BadName(RoomError):
    http_status, default_code = 400, "bad_name"
    default_detail = _("This name can't be read: nothing in it is seen, or letters carry too many marks.")
    field = "name"


class BadMessage(RoomError):
    """The body of a command is not what its kind asks for."""

    http_status, default_code, field = 400, "bad_message", "body"


class UnknownGame(RoomError):
    http_status, default_code = 404, "unknown_game"
    field = "game"


class UnknownRoom(RoomError):
    http_status, default_code = 404, "unknown_room"


class NotMember(RoomError):
    http_status, default_code = 403, "not_member"


class WrongPassword(RoomError):
    http_status, default_code = 403, "wrong_password"
    field = "password"


class Kicked(RoomError):
    http_status, default_code = 403, "kicked"
    default_detail = _("You were removed from this room.")


class NotOwner(RoomError):
    http_status, default_code = 403, "not_owner"


class TooOften(RoomError):
    """Of making, joining or leaving rooms."""

    http_status, default_code = 429, "throttled"
    default_detail = _("You are changing rooms too fast; wait a little.")

    def __init__(self, *, retry_after_s: int) -> None:
        super().__init__()
        self.wait = retry_after_s


class TooManyGuesses(TooOften):
    """Of a private room's password."""

    default_detail = _("Too many tries of the password; wait a minute.")
    field = "password"


class TooFast(RoomError):
    """More answers in one room than a person types."""

    http_status, default_code, retry_after_s = 429, "too_fast", 1


class Locked(RoomError):
    """Its owner lets nobody new in."""

    default_code = "locked"


class RoomClosed(RoomError):
    default_code = "room_closed"


class RoomFull(RoomError):
    default_code = "room_full"


class NameTaken(RoomError):
    default_code = "name_taken"
    default_detail = _("There is an open room of this name.")
    field = "name"


class TooManyRooms(RoomError):
    default_code = "too_many_rooms"


class Refused(RoomError):
    pass


class ServerFull(RoomError):
    http_status, default_code, retry_after_s = 503, "server_full", RETRY_WHEN_FULL_S


class Degraded(RoomError):
    http_status, default_code, retry_after_s = 503, "degraded", RETRY_AFTER_OUTAGE_S


_BY_CODE = {error.default_code: error for error in (UnknownRoom, NotMember, TooFast, Locked, RoomClosed, RoomFull)}


def refusal(code: str, message: str, retry_ms: int | None = None) -> RoomError:
    """The error for a refusal that came from the live room or the game; `retry_ms`: when it may be tried again."""
    error = _BY_CODE[code](message) if code in _BY_CODE else Refused(message, code)
    if retry_ms is not None:
        error.wait = ceil(retry_ms / 1000)
    return error
