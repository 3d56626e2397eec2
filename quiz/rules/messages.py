"""The quiz's events: the fields of `wsgateway.protocol`'s messages but `room_id` and `v`, which the room adds."""

from typing import Any

import msgspec

from quiz.rules.setup import Round, in_language
from quiz.rules.state import OpenRound
from rooms.live.game import Event
from wsgateway.protocol import Attempt, Question


def question_view(open_round: OpenRound | None, language: str) -> dict[str, Any] | None:
    """A question as players may see it: never its answers."""
    if open_round is None:
        return None
    asked: Round = open_round.question
    shown = Question(
        id=asked.id,
        q=in_language(asked.texts, language) or "",
        image=asked.image,
        audio=asked.audio,
        video=asked.video,
        number=open_round.number,
        texts=asked.texts,
    )
    return _plain(shown)


def new_answer(attempt: Attempt, *, only_for: int | None = None) -> Event:
    """Somebody tried. `only_for` shows it to its author alone, off the record."""
    body = {"action": "new_answer", **_plain(attempt)}
    return Event(body) if only_for is None else Event(body, to=(only_for,), recorded=False)


def hint_given(open_round: OpenRound) -> Event:
    """Nobody knew in time."""
    return Event(
        {
            "action": "hint",
            "id": open_round.question.id,
            "hint": open_round.hint,
            "phase_ends": open_round.phase_ends,
        }
    )


def next_question(
    opened: OpenRound | None,
    language: str,
    *,
    who_won: int | None = None,
    right_answer: str | None = None,
    explanation: str | None = None,
) -> Event:
    """The round is over (there was one if there is a right answer); `opened` is the next one, None after the last."""
    return Event(
        {
            "action": "next_question",
            "is_answered": who_won is not None,
            "who_won": who_won,
            "right_answer": right_answer,
            "question": question_view(opened, language),
            "phase_ends": opened.phase_ends if opened else None,
            "explanation": explanation,
        }
    )


def _plain(struct: msgspec.Struct) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(struct)
    return built
