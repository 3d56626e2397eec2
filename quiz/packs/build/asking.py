"""From facts to questions: phrases filled in per language, hints made, languages left out where they can't be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quiz.packs.build import hints
from quiz.packs.build.wording import clean, distinct, says
from quiz.packs.format import LANGUAGES, Question, TextLists, Texts

Names = Mapping[str, Sequence[str]]  # language -> names, the one to show first
Phrase = Mapping[str, str]  # language -> text with {} in it

ALONE: Phrase = dict.fromkeys(LANGUAGES, "{}")  # the name by itself, for a clue


def fill(phrase: Phrase, *values: Names | str) -> Texts:
    """The phrase in each language in which every value has a name; {} takes the first name."""
    languages = [
        code for code in LANGUAGES if code in phrase and all(isinstance(v, str) or v.get(code) for v in values)
    ]
    return {
        code: clean(phrase[code].format(*(v if isinstance(v, str) else v[code][0] for v in values)))
        for code in languages
    }


def everywhere(*texts: str) -> dict[str, list[str]]:
    """The same names in every language: symbols, codes, digits."""
    return {code: list(texts) for code in LANGUAGES}


def ask(
    q: Texts, answers: Names, *, difficulty: int, clues: Sequence[Texts] = (), explanation: Texts | None = None
) -> Question | None:
    """A question whose first hint is its answer masked and whose others are `clues`.

    A language is left out when the question already says the answer ("Luxembourg"); None when no language is left.
    """
    accepted = _unsaid_answers(q, answers)
    if not accepted:
        return None
    return Question(
        q={code: q[code] for code in accepted},
        answers=accepted,
        hints={code: _hints(code, accepted[code][0], clues) for code in accepted},
        difficulty=difficulty,
        explanation={code: clean(text) for code, text in (explanation or {}).items() if code in accepted},
    )


def ask_number(q: Texts, number: int, *, difficulty: int, also: str = "") -> Question:
    """A question with a number for an answer; the hint is a range. `also` is another way to write the number."""
    return Question(
        q={code: clean(text) for code, text in q.items()},
        answers={code: [str(number), also] if also else [str(number)] for code in q},
        hints={code: [hints.number_range(number, code)] for code in q},
        difficulty=difficulty,
    )


def _unsaid_answers(q: Texts, answers: Names) -> TextLists:
    accepted: TextLists = {}
    for code, text in q.items():
        names = distinct(answers.get(code, ()))
        if names and not says(text, names[0]):
            accepted[code] = [name for name in names if not says(text, name)]
    return accepted


def _hints(code: str, answer: str, clues: Sequence[Texts]) -> list[str]:
    told = [clean(clue[code]) for clue in clues if clue.get(code) and not says(clue[code], answer)]
    return distinct([hints.masked(answer, code), *told])
