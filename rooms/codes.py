"""Codes of rooms: short enough to be read out, so without characters that look or sound like others."""

import secrets

CODE_LENGTH = 6
#: no 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V: 64 million codes of 20 characters
CODE_LETTERS = "ACDEFHJKMNPRTWXY3479"


def draw_code() -> str:
    """Any code."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
