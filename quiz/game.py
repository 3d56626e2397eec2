"""The quiz as one object."""

from quiz.protocol import EVENTS, OWN_NAMES
from quiz.rules.game import QuizGame
from rooms.live.entry import GameEntry, Seats

QUIZ = GameEntry(
    rules=QuizGame(),
    backend="quiz.backend:QuizBackend",
    seats=Seats(least=2, usual=50, most=1000, needed=1),
    events=EVENTS,
    own_names=OWN_NAMES,
)
