"""Names that people take one for the other, though they are two things: Iran and Iraq, Manet and Monet.

A slip of the finger leads from one to the other, so each is a rival of the other wherever it is asked for.
"""

from collections.abc import Iterable
from functools import cache

from quiz.rules.judge.languages import languages
from quiz.rules.judge.typos import is_typo_of, shape_of


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Key of a name -> the names it is confused with, its own among them."""
    groups: dict[str, frozenset[str]] = {}
    for each in languages():
        for line in each.confused.strip().splitlines():
            names = frozenset(name.strip() for name in line.split("|"))
            for name in names:
                key = shape_of(name).key
                groups[key] = groups.get(key, frozenset()) | names
    return groups


def confused_with(texts: Iterable[str]) -> set[str]:
    """What is often confused with one of the texts and would pass for a typo of it."""
    groups = _groups()
    return {
        name
        for shape in map(shape_of, texts)
        for name in groups.get(shape.key, ())
        if shape_of(name).key != shape.key and is_typo_of(shape, shape_of(name))
    }
