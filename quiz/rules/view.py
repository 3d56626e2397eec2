"""The quiz as its members may see it: never an answer before its round is over."""

from typing import Any

import msgspec

from quiz.rules.messages import question_view
from quiz.rules.state import QuizState


def view_of(state: QuizState) -> dict[str, Any]:
    """The fields of `wsgateway.protocol.Room` that are the quiz's own, as plain JSON values."""
    open_round = state.open
    return {
        "state": {"waiting": "waiting", "over": "closed"}.get(state.phase, "running"),
        "phase": state.phase,
        "phase_ends": open_round.phase_ends if open_round else None,
        "max_time": state.max_time,
        "min_players": state.min_players,
        "language": state.language,
        "cnt_questions": len(state.rounds),
        "category": msgspec.to_builtins(state.category),
        "question": question_view(open_round, state.language),
        "hint": open_round.hint if open_round else None,
        "tries": msgspec.to_builtins(list(state.tries)),
        "results": None if state.results is None else msgspec.to_builtins(list(state.results)),
    }
