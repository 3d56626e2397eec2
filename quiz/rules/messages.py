"""The quiz's events, made from what has happened."""

from quiz.protocol import Attempt, Hint, NewAnswer, NextQuestion, Question
from quiz.rules.setup import Round, first_of_each, in_language
from quiz.rules.state import OpenRound
from rooms.live.game import Event


def question_view(open_round: OpenRound | None, language: str) -> Question | None:
    """A question as players may see it: never its answers."""
    if open_round is None:
        return None
    asked: Round = open_round.question
    return Question(
        id=asked.id,
        q=in_language(asked.texts, language) or "",
        image=asked.image,
        audio=asked.audio,
        video=asked.video,
        number=open_round.number,
        texts=asked.texts,
    )


def new_answer(attempt: Attempt, *, only_for: int | None = None) -> Event:
    """Somebody tried. `only_for` shows it to its author alone, off the record."""
    body = NewAnswer(user=attempt.user, answer=attempt.answer, is_true=attempt.is_true, time=attempt.time)
    if only_for is None:
        return Event(body, chatter=True)
    return Event(body, to=(only_for,), recorded=False, chatter=True)


def hint_given(open_round: OpenRound) -> Event:
    """Nobody knew in time."""
    return Event(
        Hint(
            id=open_round.question.id,
            hint=open_round.hint or "",
            phase_ends=open_round.phase_ends,
            hints=open_round.hints,
        )
    )


def next_question(
    opened: OpenRound | None,
    language: str,
    *,
    closed: Round | None = None,
    who_won: int | None = None,
) -> Event:
    """The round of question `closed` (None before the first) is over; `opened` is next, None after the last."""
    answers = first_of_each(closed.answers) if closed else {}
    explanations = closed.explanation if closed else {}
    return Event(
        NextQuestion(
            is_answered=who_won is not None,
            who_won=who_won,
            right_answer=(in_language(answers, language) or "") if closed else None,
            question=question_view(opened, language),
            phase_ends=opened.phase_ends if opened else None,
            explanation=in_language(explanations, language),
            answers=answers,
            explanations=explanations,
        )
    )
