"""The course of a quiz: question, hint, answer, next question; no pause in between.

Every phase lasts `max_time` from the moment it is announced. A server that was away announces the one phase that is
due and gives it its full time, so that nothing passes unseen.
"""

import msgspec

from quiz.rules.ending import finish
from quiz.rules.hint import hint_for, hints_for
from quiz.rules.judge.accepted import accept
from quiz.rules.messages import hint_given, next_question
from quiz.rules.setup import Round, first_of_each, in_language
from quiz.rules.state import EndedRound, OpenRound, PastQuestion, Player
from quiz.rules.turn import Turn
from rooms.live.game import GameError
from wsgateway.wire.errors import ERRORS


def begin_if_enough(turn: Turn) -> None:
    """Ask the first question as soon as `min_players` are seated; with one or none wanted, at once."""
    state = turn.state
    if state.phase == "waiting" and (state.min_players <= 1 or len(turn.seats) >= state.min_players):
        begin(turn)


def begin(turn: Turn) -> None:
    """Ask the first question now."""
    _open_next(turn)
    turn.told.append(next_question(turn.state.open, turn.state.language))


def is_running(turn: Turn) -> OpenRound:
    """The open round. Raises `GameError` `not_started`: there is none."""
    if turn.state.open is None:
        raise GameError("not_started", ERRORS["not_started"])
    return turn.state.open


def skip_round(turn: Turn) -> None:
    """Nobody is to win this one: its answer is shown, and the next question asked. Raises `GameError`."""
    end_round(turn, is_running(turn), winner=None)


def go_on_later(turn: Turn, paused_ms: int) -> None:
    """The open round goes on as if the pause had not been."""
    if open_round := turn.state.open:
        moved = {"opened": open_round.opened + paused_ms, "phase_ends": open_round.phase_ends + paused_ms}
        turn.change(open=msgspec.structs.replace(open_round, **moved))


def time_is_up(turn: Turn) -> None:
    """The open phase's time has passed: give the hint, or after it the answer. Too early, nothing happens."""
    open_round = turn.state.open
    if open_round is None or turn.now < open_round.phase_ends:
        return
    if turn.state.phase == "question":
        _give_hint(turn, open_round)
    else:
        end_round(turn, open_round, winner=None)


def end_round(turn: Turn, open_round: OpenRound, *, winner: Player | None) -> None:
    """Close the round, show its answer, and ask the next question or end the quiz."""
    if winner:
        turn.change_player(msgspec.structs.replace(winner, score=winner.score + 1))
    who_won = winner.id if winner else None
    asked = open_round.question
    answer = in_language(first_of_each(asked.answers), turn.state.language) or ""
    turn.change(
        ended=(*turn.state.ended, _ended(open_round, who_won, answer, turn.now)),
        past=PastQuestion(asked.id, open_round.accepted),
    )
    _open_next(turn)
    turn.told.append(next_question(turn.state.open, turn.state.language, closed=asked, who_won=who_won))


def _open_next(turn: Turn) -> None:
    number = len(turn.state.ended)
    if number == len(turn.state.rounds):
        finish(turn, "finished")
        return
    question = msgspec.json.decode(turn.state.rounds[number], type=Round)
    opened = OpenRound(
        number=number + 1,
        question=question,
        accepted=accept(question.answers, question.rivals),
        opened=turn.now,
        phase_ends=_phase_end(turn),
    )
    turn.change(phase="question", open=opened)


def _give_hint(turn: Turn, open_round: OpenRound) -> None:
    hint = hint_for(open_round.question, open_round.accepted, turn.state.language)
    hints = hints_for(open_round.question, open_round.accepted)
    hinted = msgspec.structs.replace(open_round, hint=hint, hints=hints, phase_ends=_phase_end(turn))
    turn.change(phase="hint", open=hinted)
    turn.told.append(hint_given(hinted))


def _phase_end(turn: Turn) -> int:
    return turn.now + turn.state.max_time * 1000


def _ended(open_round: OpenRound, winner: int | None, answer: str, now: int) -> EndedRound:
    return EndedRound(
        question=open_round.question.id,
        number=open_round.number,
        winner=winner,
        answer=answer,
        tries=open_round.tries,
        started=open_round.opened,
        ended=now,
    )
