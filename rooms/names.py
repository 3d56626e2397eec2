"""Room names: how they are shown. When two of them are the same name, `accounts.names.name_key` says."""

import unicodedata

from rooms.errors import BadName
from wsgateway.wire.text import INVISIBLE, MARKS_MAX, has_something_to_see, marks_on_a_letter

MAX_NAME = 64

#: what a room is called that a player enters without saying a name: all of them meet there
DEFAULT_NAME = "lobby"


def clean_name(name: str) -> str:
    """The name as it is shown: NFC, without characters that can't be seen, white space made one space, cut to fit.

    Raises `BadName` for a name that is more than blanks and shows nothing, or has stacks of marks.
    """
    if name.strip() and not has_something_to_see(name):
        raise BadName
    normal = unicodedata.normalize("NFC", name)
    shown = " ".join("".join(map(_shown, normal)).split())[:MAX_NAME].strip()
    if marks_on_a_letter(shown) > MARKS_MAX:
        raise BadName
    return shown


def _shown(char: str) -> str:
    if char in INVISIBLE:
        return "" if unicodedata.category(char) == "Mn" else " "
    return char if char.isprintable() else " "
