"""Texts: cleaning what data sets give us, and comparing them as a player's answer would be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# CLDR writes U+02BC and U+02BB in names; neither is punctuation to Unicode, nor on anybody's keyboard.
_APOSTROPHES = str.maketrans({"ʼ": "’", "ʻ": "’", "'": "’", "\u00a0": " ", "\u202f": " "})


def clean(text: str) -> str:
    """One kind of apostrophe, one kind of space."""
    return " ".join(text.translate(_APOSTROPHES).split())


def fold(text: str) -> str:
    """A text without case, diacritics and punctuation: words parted by single spaces. ё is е, й stays й."""
    kept = text.casefold().replace("ё", "е")
    letters = (_bare(char) for char in kept)
    return " ".join(re.sub(r"[^\w ]", "", re.sub(r"[-–—/.,]", " ", "".join(letters))).split())


def _bare(char: str) -> str:
    return char if char in "йї" else unicodedata.normalize("NFD", char)[0]


def alphabetical(text: str, letters: str = "") -> list[int]:
    """A key to sort by, in the order of `letters` where a language has one that Unicode hasn't (є, і, ї and ґ)."""
    return [letters.find(char) if letters else ord(char) for char in text.casefold()]


def says(text: str, answer: str) -> bool:
    """Whether the text gives the answer away: holds it as whole words."""
    return f" {fold(answer)} " in f" {fold(text)} "


def distinct(names: Iterable[str]) -> list[str]:
    """The names in order, without those that fold to an earlier one, and without empty ones."""
    kept: dict[str, str] = {}
    for name in names:
        cleaned = clean(name)
        if cleaned:
            kept.setdefault(fold(cleaned) or cleaned, cleaned)
    return list(kept.values())


def capitalized(text: str) -> str:
    """The first letter large, the others as they are: CLDR writes "японская иена", an answer begins with a capital."""
    return text[:1].upper() + text[1:]
