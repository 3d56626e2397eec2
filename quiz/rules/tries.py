"""Tries: first right answer wins, in the order in which the room received them."""

import msgspec

from quiz.protocol import Answer, Attempt
from quiz.rules.judge.accepted import is_right
from quiz.rules.rounds import end_round
from quiz.rules.seating import player_of
from quiz.rules.state import OpenRound, PastQuestion, Player
from quiz.rules.turn import Turn
from rooms.live.game import Command, GameError
from wsgateway.wire.client_out import PlayerRef
from wsgateway.wire.errors import ERRORS
from wsgateway.wire.text import fault_of_answer

#: no accepted answer is longer (quiz.packs.format), and a try is shown to everybody
MAX_ANSWER = 200
TOO_LATE = "Right, but a moment too late: the question was already over."


def take_answer(turn: Turn, command: Command) -> None:
    """Judge one try, a `quiz.protocol.Answer`, against the question it was meant for.

    Raises `GameError`: `bad_message`, `too_long`, `not_member`, `not_started`, `wrong_question`.
    """
    asked: Answer = command.parsed
    answer = _checked(asked.answer)
    player = _player(turn, command)
    open_round = _question_meant(turn, command, asked)
    right = is_right(open_round.accepted, answer)
    player = msgspec.structs.replace(player, tries=player.tries + 1)
    turn.change_player(player)
    open_round = msgspec.structs.replace(open_round, tries=open_round.tries + 1)
    turn.change(open=open_round)
    turn.told.append(_attempt(player, answer, right, command.time or turn.now))
    if right:
        end_round(turn, open_round, winner=player)


def _checked(answer: str) -> str:
    if len(answer) > MAX_ANSWER:
        raise _error("too_long")
    if not answer.strip() or not _is_unicode(answer):
        raise _error("bad_message")
    if fault := fault_of_answer(answer):
        raise GameError("bad_message", fault)
    return answer


def _is_unicode(text: str) -> bool:
    """False for half a surrogate pair, which JSON can smuggle in and UTF-8 can't carry out."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def _player(turn: Turn, command: Command) -> Player:
    if command.user is None or not (seat := turn.seats.get(command.user)):
        raise _error("not_member")
    return turn.state.players.get(seat.id) or player_of(seat)


def _question_meant(turn: Turn, command: Command, asked: Answer) -> OpenRound:
    """The open question, if the try was meant for it.

    A try that names no question was meant for the one its author could see: one received before (or in the very
    millisecond) the open one was asked belonged to the question before.
    """
    open_round, past, question = turn.state.open, turn.state.past, asked.id
    if turn.state.phase == "waiting":
        raise _error("not_started")
    if open_round and question == open_round.question.id:
        return open_round
    if open_round and question is None and command.time > open_round.opened:
        return open_round
    raise _too_late(past, question, asked.answer)


def _too_late(past: PastQuestion | None, question: int | None, answer: str) -> GameError:
    was_meant = past is not None and question in (None, past.id)
    if past and was_meant and is_right(past.accepted, answer):
        return GameError("wrong_question", TOO_LATE)
    return _error("wrong_question")


def _attempt(player: Player, answer: str, right: bool, time: int) -> Attempt:
    user = PlayerRef(id=player.id, name=player.name, account=player.account, rating=player.rating)
    return Attempt(user=user, answer=answer, is_true=right, time=time)


def _error(code: str) -> GameError:
    return GameError(code, ERRORS[code])
