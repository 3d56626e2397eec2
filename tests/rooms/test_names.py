"""Names of rooms: what is made of them, and what is refused."""

import pytest

from rooms.errors import BadName
from rooms.names import MAX_NAME, clean_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", ""),
        (" \t\n", ""),
        ("  Lunch \n break ", "Lunch break"),
        ("a\u202eb\u0000c", "a b c"),
        ("x" * 100, "x" * MAX_NAME),
        ("Night\u3164\u2800", "Night"),  # or a twin of "Night" could stand beside it
        ("Night\ufe0f\U000e0100", "Night"),
        ("หนึ่งน้ำ", "หนึ่งน้ำ"),
        ("हिन्दी लड़कों", "हिन्दी लड़कों"),
        ("Đêm Việt", "Đêm Việt"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("🦊", "🦊"),
    ],
)
def test_clean_name(name, shown):
    assert clean_name(name) == shown


@pytest.mark.parametrize(
    "name", ["\u3164", "\u2800 \u2800", "\u200b", "\u034f\u115f", "\u0301", "z" + "\u0301" * 4, "a z" + "\u0e34" * 30]
)
def test_clean_name_of_what_can_t_be_read(name):
    with pytest.raises(BadName):
        clean_name(name)
