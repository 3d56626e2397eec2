"""The hint of a round: the question's own in a language, else the answer with its letters masked."""

from quiz.rules.judge.accepted import Accepted, is_right
from quiz.rules.setup import Round, first_of_each, in_language

_BEGINS_AFTER = " -/("


def hints_for(question: Round, accepted: Accepted) -> dict[str, str]:
    """The hint in each language that the question has an answer or a hint in."""
    return {language: hint_for(question, accepted, language) for language in {**question.answers, **question.hints}}


def hint_for(question: Round, accepted: Accepted, language: str) -> str:
    """The hint to show. One that would be judged a right answer itself is replaced by a mask without letters."""
    own = question.hints.get(language) or []
    answer = in_language(first_of_each(question.answers), language) or ""
    for hint in (*own[:1], mask(answer)):
        if not is_right(accepted, hint):
            return hint
    return "".join("_" if char.isalnum() else char for char in answer)


def mask(answer: str) -> str:
    """`New York` -> `N__ Y___`; a single letter or digit is masked as well."""
    letters = sum(char.isalnum() for char in answer)
    return "".join(
        "_" if char.isalnum() and (letters < 2 or not _begins_word(answer, place)) else char
        for place, char in enumerate(answer)
    )


def _begins_word(answer: str, place: int) -> bool:
    return place == 0 or answer[place - 1] in _BEGINS_AFTER
