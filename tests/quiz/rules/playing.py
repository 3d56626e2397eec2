"""A quiz at the table: small words to set it up, play a turn, and follow it as a client would."""

from collections.abc import Mapping
from typing import Any

import msgspec

from quiz.protocol import Answer
from quiz.rules.game import QuizGame
from quiz.rules.state import QuizState
from quiz.rules.telling import KEPT_TRIES
from rooms.live.game import Command, Event, Outcome, Seat, Step

GAME = QuizGame()
#: fields of an event that the room fills in after the game has built it
ADDED_BY_ROOM = {"room_id", "v", "since", "mark"}
ANN, BOB, CID = 23, 42, 77
#: questions and their right answers; no answer shares letters in a row with a question or a hint
CAPITALS = [("France", "Paris"), ("Italy", "Rome"), ("Spain", "Madrid")]


def seat(user: int, **fields: Any) -> Seat:
    name = {ANN: "ann", BOB: "bob", CID: "cid"}.get(user, f"u{user}")
    return Seat(id=user, name=name, **{"rating": 1500, **fields})


def seats(*users: int) -> dict[int, Seat]:
    return {user: seat(user) for user in users}


def capital(number: int, country: str, answer: str, **fields: Any) -> dict[str, Any]:
    return {"id": 310 + number, "texts": {"en": f"Capital of {country}?"}, "answers": {"en": [answer]}} | fields


def setup(rounds: int = 3, **fields: Any) -> dict[str, Any]:
    asked = [capital(number, *CAPITALS[number - 1]) for number in range(1, rounds + 1)]
    return {"category": {"id": 3, "name": "Capitals"}, "language": "en", "max_time": 20, "rounds": asked} | fields


def answer(user: int, text: Any, question: Any = None, *, time: int = 0, ref: str | None = None) -> Command:
    asked = Answer(answer=text, id=question)
    return Command("answer", user=user, body=msgspec.to_builtins(asked), time=time, ref=ref, parsed=asked)


def person(user: int) -> dict[str, Any]:
    return {"id": user, "name": seat(user).name, "account": 0, "rating": 1500}


def tried(user: int, text: str, is_true: bool, time: int) -> dict[str, Any]:
    return {"action": "new_answer", "user": person(user), "answer": text, "is_true": is_true, "time": time}


def question(number: int) -> dict[str, Any]:
    text = f"Capital of {CAPITALS[number - 1][0]}?"
    media = {"image": None, "audio": None, "video": None}
    return {"id": 310 + number, "q": text, "number": number, "texts": {"en": text}, **media}


def asked(number: int | None, ends: int | None, *, won: int | None = None, right: str | None = None) -> dict[str, Any]:
    """The `next_question` event that asks the `number`th question, None when there is none left."""
    return {
        "action": "next_question",
        "is_answered": won is not None,
        "who_won": won,
        "right_answer": right,
        "question": question(number) if number else None,
        "phase_ends": ends,
        "explanation": None,
    }


def said(event: Event) -> dict[str, Any]:
    """The body of an event as a client reads it, without what the room adds."""
    fields: dict[str, Any] = msgspec.to_builtins(event.body)
    return {name: value for name, value in fields.items() if name not in ADDED_BY_ROOM}


def refused(step: Step[QuizState]) -> list[tuple[int, str, str]]:
    """(index of the command, code, message) of those that were not carried out."""
    return [(index, error.code, error.message) for index, error in step.refused]


def bodies(step: Step[QuizState]) -> list[dict[str, Any]]:
    """What is told to every member, on the record."""
    assert all(event.recorded and event.to is None for event in step.events)
    return [said(event) for event in step.events]


def ended(step: Step[QuizState]) -> Outcome:
    """How the game ended; it did."""
    assert step.outcome is not None
    return step.outcome


def through_json(state: QuizState) -> QuizState:
    """The state as the next turn finds it."""
    stored = msgspec.json.decode(msgspec.json.encode(state), type=GAME.State)
    assert stored == state
    return stored


def view(state: QuizState) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(GAME.view(state, {}, None, 0))
    return fields


def follow(seen: Mapping[str, Any], events: list[Event], outcome: Outcome | None) -> dict[str, Any]:
    """A view brought up to date by a turn's recorded events, the way a client does it, `close_room` last."""
    after = dict(seen)
    for event in events:
        if event.recorded:
            after |= _follow_one(after, said(event))
    if outcome:
        after |= {"state": "closed", "results": outcome.results}
    return after


def _follow_one(seen: Mapping[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    if body["action"] == "new_answer":
        attempt = {key: body[key] for key in ("user", "answer", "is_true", "time")}
        return {"tries": [*seen["tries"], attempt][-KEPT_TRIES:]}
    if body["action"] == "hint":
        assert body["id"] == seen["question"]["id"]
        return {"phase": "hint", "hint": body["hint"], "phase_ends": body["phase_ends"]}
    assert body["action"] == "next_question"
    running = {"state": "running", "phase": "question"} if body["question"] else {"phase": "over"}
    return running | {"question": body["question"], "phase_ends": body["phase_ends"], "hint": None}
