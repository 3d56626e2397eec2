"""What counts as right for one question, made ready once a round and then asked a thousand times.

An answer is right when it is one of the accepted texts in any language of the quiz
1. spelt the same (`normal`), or read the same in the second, looser reading (`loose`: Louis the 14th, St. Helens),
2. by its initials, where it has three words or more: USA,
3. typed with the wrong keyboard layout on (`layouts`), or in Latin letters where it is Cyrillic (`latin`), exactly:
   two courtesies at once would make too much right,
4. or but for a slip of the finger (`typos`),
5. or with one harmless word before or behind it: the river Thames, Baikal lake.
`rivals` are texts that are right for another question (Zambia, where Gambia is asked), or that the pack or the lists
of often confused names (`confused`) name: those are never right, and neither is what lies nearer to one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import msgspec
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from quiz.rules.judge.confused import confused_with
from quiz.rules.judge.folding import fold
from quiz.rules.judge.languages import languages
from quiz.rules.judge.latin import skeleton, skeletons
from quiz.rules.judge.layouts import typed_elsewhere
from quiz.rules.judge.loose import loose_tokens, other_numbers, to_roman, without_kind
from quiz.rules.judge.normal import tokens_of
from quiz.rules.judge.numbers import is_number
from quiz.rules.judge.typos import MOST_EDITS, Shape, allowed_edits, is_typo_of, shape_from, shape_of

#: letters of the shortest text that is right on another keyboard layout, or with a word beside it
_COURTESY_FROM = 4
#: initials stand for this many words or more: GB is not Great Britain alone
_ACRONYM_FROM = 3
#: untyped: mypy does not match the overloads of one rapidfuzz function with those of another
_EDITS: Any = OSA.distance
_ROMAN = frozenset(map(to_roman, range(1, 40)))


class Accepted(msgspec.Struct, frozen=True):
    """The accepted answers of a question, ready to be compared with. Goes through JSON with the room's state."""

    #: exact answers, by `Shape.key`
    keys: frozenset[str]
    #: texts a typo of which is right too
    forms: tuple[str, ...]
    #: keys of other questions' answers, which draw typos to themselves
    rivals: frozenset[str] = frozenset()
    #: keys of the second reading
    loose: frozenset[str] = frozenset()
    #: skeletons of Cyrillic answers in Latin letters
    latin: frozenset[str] = frozenset()


def accept(answers: Mapping[str, Sequence[str]], rivals: Iterable[str] = ()) -> Accepted:
    """Make the accepted answers of a question (language -> texts) ready. A text without content accepts nothing."""
    texts = [text for texts in answers.values() for text in texts]
    exact = {shape_of(text).key for text in texts} - {""}
    wrong = {*rivals, *confused_with(texts)}
    others = frozenset(shape_of(text).key for text in wrong) - exact
    loosely_others = {shape_from(loose_tokens(text)).key for text in wrong if shape_of(text).key in others}
    loose = {shape_from(tokens).key for text in texts for tokens in _loose_readings(text)} - {""}
    keys = exact | ({key for text in texts for key in _further_keys(text)} - others)
    forms = {" ".join(shape.words + shape.numbers): None for text in texts for shape in _shapes(text)}
    return Accepted(
        keys=frozenset(keys),
        forms=tuple(forms),
        rivals=others,
        loose=frozenset(loose - loosely_others),
        latin=frozenset({one for text in texts for one in skeletons(text)} - set(map(skeleton, others))),
    )


def is_right(accepted: Accepted, text: str) -> bool:
    """Whether the text answers the question. Never raises."""
    shape = shape_of(text)
    if shape.key in accepted.keys:
        return True
    if shape.key in accepted.rivals:
        return False
    loose = loose_tokens(text)
    return (
        _is_read_so(accepted, text, loose)
        or _is_typed_so(accepted, text, shape)
        or _is_typo(accepted, shape)
        or _is_typo(accepted, shape_from(loose))
        or _has_a_word_more(accepted, loose)
    )


def _is_read_so(accepted: Accepted, text: str, loose: tuple[str, ...]) -> bool:
    readings = {shape_from(tokens).key for tokens in (loose, without_kind(loose))}
    numbers = {shape_from(tokens).key for tokens in other_numbers(text)}
    return not accepted.loose.isdisjoint(readings) or not accepted.keys.isdisjoint(numbers)


def _is_typed_so(accepted: Accepted, text: str, shape: Shape) -> bool:
    if len(shape.letters) < _COURTESY_FROM and len(text.strip()) < _COURTESY_FROM:
        return False
    if accepted.latin and skeleton(shape.letters) in accepted.latin:
        return True
    return any(shape_of(typed).key in accepted.keys for typed in typed_elsewhere(text))


def _is_typo(accepted: Accepted, shape: Shape) -> bool:
    if not allowed_edits(len(shape.letters)):
        return False
    letters, forms = _taken_apart(accepted.forms)
    edits = min((edits for _, edits, index in _near(shape, letters) if is_typo_of(shape, forms[index])), default=None)
    return edits is not None and not any(_EDITS(shape.key, rival) <= edits for rival in accepted.rivals)


def _has_a_word_more(accepted: Accepted, loose: tuple[str, ...]) -> bool:
    for more, rest in ((loose[:1], loose[1:]), (loose[-1:], loose[:-1])):
        if rest and not _makes_another(more[0]):
            key = shape_from(rest).key
            if len(key) >= _COURTESY_FROM and not is_number(rest[0]) and key in accepted.loose:
                return True
    return False


def _makes_another(word: str) -> bool:
    return is_number(word) or len(word) < 2 or word in _ROMAN or word in _contrasts()


@cache
def _contrasts() -> frozenset[str]:
    return frozenset(token for each in languages() for word in each.contrasts for token in loose_tokens(fold(word)))


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


def _shapes(text: str) -> list[Shape]:
    return [shape_of(text), shape_from(loose_tokens(text))]


def _loose_readings(text: str) -> list[tuple[str, ...]]:
    """The loose reading, and without a word like "lake" where a name follows: Lake Baikal, but not Остров сокровищ."""
    loose = loose_tokens(text)
    _, _, rest = text.strip().partition(" ")
    return [loose, without_kind(loose)] if rest[:1].isupper() else [loose]


def _further_keys(text: str) -> set[str]:
    """Keys of what is exactly right beside the text's own spelling: its initials, its other numbers."""
    tokens = tokens_of(text)
    short = {"".join(word[0] for word in words) for words in (tokens, loose_tokens(text)) if _may_be_short(words)}
    return short | {shape_from(read).key for read in other_numbers(text)}


def _may_be_short(words: Sequence[str]) -> bool:
    return len(words) >= _ACRONYM_FROM and all(word.isalpha() for word in words)
