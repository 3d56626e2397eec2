"""What the quiz says over the wire: its commands, its events, its part of the room. Pure; see wsgateway/wire."""

from typing import Any

import msgspec

from config.languages import CODES
from wsgateway.wire.client_in import Play
from wsgateway.wire.client_out import PlayerRef, Room, RoomEvent

# --- what a client sends


class Answer(msgspec.Struct):
    """Body of `play` of kind `answer`: a try at question `id`, or (null) at whichever is open."""

    answer: str
    id: int | None = None


COMMANDS: dict[str, type[msgspec.Struct]] = {"answer": Answer}


class CheckMe(msgspec.Struct, tag_field="action", tag="check_me"):
    """My answer to question `id` of a room: the quiz's own name for `play` of kind `answer`."""

    room_id: int
    answer: str
    id: int | None = None
    ref: str | None = None

    def as_play(self) -> Play:
        """The same as the platform says it."""
        return Play(self.room_id, "answer", {"id": self.id, "answer": self.answer}, self.ref)


class LobbyAnswer(msgspec.Struct):
    """The older form of `check_me`: an answer to the question that is open in room `lobby`."""

    game: str
    lobby: int
    answer: str
    ref: str | None = None

    def as_play(self) -> Play:
        """The same as the platform says it."""
        return Play(self.lobby, "answer", {"id": None, "answer": self.answer}, self.ref)


# --- what a client gets


class Question(msgspec.Struct):
    """A question as players see it: `texts` holds every language it exists in, `q` the room's own."""

    id: int
    q: str
    image: str | None = None
    audio: str | None = None
    video: str | None = None
    number: int = 1
    texts: dict[str, str] = {}


class Category(msgspec.Struct):
    """A quiz category: `name` is in the room's language, `names` in each it has one in (none in a room of 0.1)."""

    id: int
    name: str
    names: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


class Attempt(msgspec.Struct):
    """A try as kept in the room, for those who come late."""

    user: PlayerRef
    answer: str
    is_true: bool
    time: int


class QuizRoom(Room, tag_field="action", tag="room", kw_only=True):
    """A room in which a quiz is played: `max_time` is in seconds till the hint, `hints` the hint by language."""

    max_time: int
    cnt_questions: int
    question: Question | None = None
    category: Category | None = None
    hint: str | None = None
    hints: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    min_players: int = 1
    language: str = CODES[0]
    tries: list[Attempt] = []


class NewAnswer(RoomEvent, tag_field="action", tag="new_answer"):
    """Somebody tried."""

    user: PlayerRef
    answer: str
    is_true: bool
    time: int


class Hint(RoomEvent, tag_field="action", tag="hint"):
    """Nobody knew in max_time. `id` is the question's, `phase_ends` when the answer is revealed.

    `hint` is in the room's language, `hints` in every language of the question.
    """

    id: int
    hint: str
    phase_ends: int | None = None
    hints: dict[str, str] = {}


class NextQuestion(RoomEvent, tag_field="action", tag="next_question"):
    """The round is over; the next one begins. The first question of a room comes with `right_answer` null.

    `right_answer` and `explanation` are in the room's language, `answers` and `explanations` in every one there is.
    """

    is_answered: bool
    who_won: int | None
    right_answer: str | None
    question: Question | None
    phase_ends: int | None = None
    explanation: str | None = None
    answers: dict[str, str] = {}
    explanations: dict[str, str] = {}


#: what somebody without a seat may see of a quiz. A new field is not among them until it is named here
PUBLIC_FIELDS = frozenset(
    {"max_time", "cnt_questions", "question", "category", "hint", "hints", "min_players", "language", "tries"}
)

EVENTS: tuple[type[RoomEvent], ...] = (NewAnswer, Hint, NextQuestion)
#: socket messages of the quiz's own names
OWN_NAMES: tuple[type[Any], ...] = (CheckMe, LobbyAnswer)
