"""The quiz as its members may see it: never an answer before its round is over."""

from typing import Any

from quiz.rules.messages import question_view
from quiz.rules.state import QuizState


def view_of(state: QuizState) -> dict[str, Any]:
    """The fields of `QuizRoom` that are the quiz's own."""
    open_round = state.open
    return {
        "state": {"waiting": "waiting", "over": "closed"}.get(state.phase, "running"),
        "phase": state.phase,
        "phase_ends": open_round.phase_ends if open_round else None,
        "max_time": state.max_time,
        "min_players": state.min_players,
        "language": state.language,
        "cnt_questions": len(state.rounds),
        "category": state.category,
        "question": question_view(open_round, state.language),
        "hint": open_round.hint if open_round else None,
        **({"hints": open_round.hints} if open_round and open_round.hints else {}),
        "tries": list(state.tries),
        "results": None if state.results is None else list(state.results),
    }
