"""Room names: how they are shown. When two of them are the same name, `accounts.names.name_key` says."""

import unicodedata

MAX_NAME = 64

#: what a room is called that a player enters without saying a name: all of them meet there
DEFAULT_NAME = "lobby"


def clean_name(name: str) -> str:
    """The name as it is shown: NFC, without control or format characters, white space made one space, cut to fit."""
    normal = unicodedata.normalize("NFC", name)
    return " ".join("".join(char if char.isprintable() else " " for char in normal).split())[:MAX_NAME].strip()
