"""What counts as right for one question, made ready once a round and then asked a thousand times.

An answer is right when, normalised, it is one of the accepted texts in any language of the quiz, or a typo away from
one. Russian and Ukrainian answers of at least 4 letters may also be typed in Latin letters (Parizh), exactly, without
typos on top: two courtesies at once would make too much right. `rivals` are texts that are right for another question
(Zambia, where Gambia is asked): those are never a typo, and neither is what lies nearer to one of them or as near.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from anyascii import anyascii
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from quiz.rules.judge.typos import MOST_EDITS, Shape, allowed_edits, is_typo_of, shape_of

_TRANSLITERATED_FROM = 4
#: untyped: mypy does not match the overloads of one rapidfuzz function with those of another
_EDITS: Any = OSA.distance
#: where Ukraine's own romanisation (Cabinet resolution 55 of 2010) differs from anyascii's, which is Russian in kind
_UKRAINIAN = str.maketrans("ги", "hy")


class Accepted(msgspec.Struct, frozen=True):
    """The accepted answers of a question in normalised form. Goes through JSON with the room's state."""

    #: exact answers, by `Shape.key`
    keys: frozenset[str]
    #: texts a typo of which is right too
    forms: tuple[str, ...]
    #: keys of other questions' answers, which draw typos to themselves
    rivals: frozenset[str] = frozenset()


def accept(answers: Mapping[str, Sequence[str]], rivals: Iterable[str] = ()) -> Accepted:
    """Make the accepted answers of a question (language -> texts) ready. A text without content accepts nothing."""
    texts = [text for texts in answers.values() for text in texts]
    exact = {shape_of(text).key for text in texts} - {""}
    latin = {shape_of(typed).key for text in texts if _may_be_latin(text) for typed in _in_latin(text)}
    forms = {" ".join(shape_of(text).words + shape_of(text).numbers): text for text in texts}
    others = frozenset(shape_of(text).key for text in rivals) - exact
    return Accepted(keys=frozenset(exact | (latin - others)), forms=tuple(forms.values()), rivals=others)


def is_right(accepted: Accepted, text: str) -> bool:
    """Whether the text answers the question. Never raises."""
    shape = shape_of(text)
    if shape.key in accepted.keys:
        return True
    if not allowed_edits(len(shape.letters)):
        return False
    letters, forms = _taken_apart(accepted.forms)
    edits = min((edits for _, edits, index in _near(shape, letters) if is_typo_of(shape, forms[index])), default=None)
    return edits is not None and not any(_EDITS(shape.key, rival) <= edits for rival in accepted.rivals)


def find_rivals(answers: Mapping[str, Sequence[str]], others: Iterable[str]) -> list[str]:
    """Those of `others` (answers of the category's other questions) that would pass for a typo of this one's.

    For whoever prepares a round: with them in `rivals`, Zambia is wrong where Gambia is asked. The same `others` may
    be given again for the next question at little cost.
    """
    accepted = accept(answers)
    texts = tuple(sorted(set(others)))
    letters, shapes = _taken_apart(texts)
    return sorted(
        {
            texts[index]
            for form in _taken_apart(accepted.forms)[1]
            for _, _, index in _near(form, letters)
            if shapes[index].key not in accepted.keys and is_typo_of(form, shapes[index])
        }
    )


def _near(shape: Shape, letters: list[str]) -> list[tuple[str, float, int]]:
    """(letters, edits, index) of the entries that are few edits away, words and numbers not yet looked at."""
    return extract(shape.letters, letters, scorer=_EDITS, score_cutoff=MOST_EDITS, limit=None)


@lru_cache(maxsize=64)
def _taken_apart(forms: tuple[str, ...]) -> tuple[list[str], list[Shape]]:
    """The letters and the shapes of the forms, once for all the tries of a burst."""
    shapes = [shape_of(form) for form in forms]
    return [shape.letters for shape in shapes], shapes


def _in_latin(text: str) -> set[str]:
    """The text in Latin letters, read as Russian (Parizh) and as Ukrainian (Kyiv, Chernihiv)."""
    return {anyascii(text), anyascii(text.casefold().translate(_UKRAINIAN))}


def _may_be_latin(text: str) -> bool:
    return not text.isascii() and len(shape_of(text).letters) >= _TRANSLITERATED_FROM
