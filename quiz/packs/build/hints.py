"""Hints made from the answer itself: its letters masked, or the range of a number."""

from __future__ import annotations

from quiz.packs.build.words import phrases

_WORDS = phrases("hints")


def masked(answer: str, language: str) -> str:
    """First letter of each word and how long it is: "N__ Z______ (letters: 10)". One letter alone is all masked."""
    letters = sum(char.isalnum() for char in answer)
    hidden = "".join(
        char if not char.isalnum() or (letters > 1 and _begins_word(answer, position)) else "_"
        for position, char in enumerate(answer)
    )
    return f"{hidden} ({_WORDS.letters[language].format(letters)})"


def _begins_word(answer: str, position: int) -> bool:
    return position == 0 or answer[position - 1] in " -–—("


def number_range(number: int, language: str) -> str:
    """A range about a fifth to each side, off centre so that its middle isn't the answer."""
    spread = max(2, number // 5)
    shift = number % 3 - 1  # -1, 0 or 1 thirds of the spread
    low = max(0, number - spread + shift * spread // 3)
    high = number + spread + shift * spread // 3
    return _WORDS.between[language].format(low, high)
