"""The quiz as one object."""

from quiz.protocol import EVENTS, OWN_NAMES
from quiz.rules.game import QuizGame
from rooms.live.entry import GameEntry

QUIZ = GameEntry(rules=QuizGame(), backend="quiz.backend:QuizBackend", events=EVENTS, own_names=OWN_NAMES)
