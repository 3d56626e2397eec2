"""Cyrillic names in Latin letters, however somebody spells them: Dostoevsky, Dostoyevskii, Tchaikovsky, Kharkiv.

There are a dozen romanisations in use (BGN/PCGN, ISO 9, Library of Congress, passports, French and German ones). All
are led to one skeleton, and two texts with the same skeleton are the same name.
"""

import re
from functools import lru_cache

from anyascii import anyascii

from quiz.rules.judge.languages import languages

#: letters that a skeleton must have: shorter ones are too often a word of their own
_SHORTEST = 4
#: in this order; each pair is one sound
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|tsh", "ch"),
        (r"shch|stch|schtsch|sch", "sh"),
        (r"kh", "h"),
        (r"ck|c(?![hkz])|q", "k"),
        (r"tz|cz", "ts"),
        (r"ph|ff", "f"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"(?<=[oe])f\b", "v"),
        (r"yo|jo|io", "o"),
        (r"yu|ju|iu|iou", "u"),
        (r"ya|ja|ia", "a"),
        (r"[yji]e", "e"),
        (r"[yji]+", "i"),
        (r"(.)\1+", r"\1"),
    )
)


def skeletons(text: str) -> set[str]:
    """The skeletons of a text in Cyrillic letters, read in each language; none for a short one or one in Latin."""
    if text.isascii():
        return set()
    small = text.casefold()
    spellings = {anyascii(each) for each in (small, small.replace("ё", "е"), small.replace("х", "ch"))}
    for each in languages():
        if each.romanisation:
            spellings.add(anyascii(small.translate({ord(one): many for one, many in each.romanisation.items()})))
    return {found for spelling in spellings if (found := skeleton(spelling))}


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """The skeleton of a text in Latin letters: "" for one that is too short, or is not in Latin letters."""
    letters = "".join(char for char in text.lower() if char.isalnum())
    if not letters.isascii() or sum(map(str.isalpha, letters)) < _SHORTEST:
        return ""
    for pattern, sound in _SOUNDS:
        letters = pattern.sub(sound, letters)
    return letters
