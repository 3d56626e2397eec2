"""Whatever players and clocks do, a quiz stays a quiz: random games, checked after every turn."""

import json
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quiz import protocol as quiz_protocol
from quiz.rules.state import QuizState
from rooms.live.game import Command, Event, Step
from tests.quiz.rules.playing import GAME, answer, follow, said, seat, setup, through_json, view

SECRETS = ["Zaffiro", "Quokkaland", "Wyvernhold", "Jabberwock", "Xanthippe"]
CROWD = 60
USERS = st.integers(1, 6)
WRONG_TEXTS = st.sampled_from(["no idea", "Lyon", "42", "?", "й", " "])


def secret_round(number: int) -> dict[str, Any]:
    answers = {"en": [SECRETS[number], f"{SECRETS[number]} the Great"], "ru": [f"Тайна{SECRETS[number]}"]}
    return {"id": 100 + number, "texts": {"en": f"Riddle {number}"}, "answers": answers}


class AnyGame(RuleBasedStateMachine):
    """`seen` is a client's view kept up to date by events alone."""

    @initialize(rounds=st.integers(1, 5), min_players=st.integers(1, 3), crowd=st.booleans())
    def start(self, rounds: int, min_players: int, crowd: bool) -> None:
        self.rounds, self.now, self.over = rounds, 1_000, 0
        self.due: int | None = None
        self.seats = {user: seat(user) for user in (range(100, 100 + CROWD) if crowd else (1, 2))}
        self.next_questions: list[dict[str, Any]] = []
        asked = {"rounds": [secret_round(number) for number in range(rounds)], "min_players": min_players}
        step = GAME.start(setup(rounds=0) | asked, self.now)
        fresh = {"state": "waiting", "phase": "waiting", "phase_ends": None, "question": None, "hint": None}
        self.seen = view(step.state) | fresh | {"tries": [], "results": None}
        self.take(step)

    def take(self, step: Step[QuizState]) -> None:
        """What the room does with a turn, and the client with its events."""
        self.state, self.due = through_json(step.state), step.due
        self.over += step.outcome is not None
        self.seen = follow(self.seen, step.events, step.outcome)
        self.next_questions += [body for body in map(said, step.events) if body["action"] == "next_question"]
        self.check_wire(step.events)
        self.check_secrets(step)

    def check_wire(self, events: list[Event]) -> None:
        """Every body is one of the quiz's own events, and reads back as the same, types and all."""
        for event in events:
            assert type(event.body) in quiz_protocol.EVENTS
            assert msgspec.json.decode(msgspec.json.encode(event.body), type=type(event.body)) == event.body

    def check_secrets(self, step: Step[QuizState]) -> None:
        """Nothing that leaves the rules has an answer of a round that is not over."""
        told = [*map(said, step.events), *(error.message for _, error in step.refused)]
        out = json.dumps([told, view(self.state)], ensure_ascii=False)
        for secret in SECRETS[len(self.state.ended) : self.rounds]:
            assert secret not in out

    @rule(data=st.data(), pause=st.integers(0, 5_000))
    def burst(self, data: st.DataObject, pause: int) -> None:
        """Up to 30 tries, right, wrong, late and senseless ones."""
        self.now += pause
        tries = st.tuples(
            USERS | st.sampled_from(sorted(self.seats)), WRONG_TEXTS | st.sampled_from(SECRETS), self.question_ids()
        )
        commands = [
            answer(user, text, number, time=self.now - data.draw(st.integers(0, 50)))
            for user, text, number in data.draw(st.lists(tries, max_size=30))
            if self.over or not self.spoils(text)
        ]
        self.take(GAME.handle(self.state, self.seats, commands, self.now))

    def question_ids(self) -> st.SearchStrategy[int | None]:
        open_round = self.state.open
        right = st.just(open_round.question.id) if open_round else st.none()
        return right | st.none() | st.integers(99, 106)

    def spoils(self, text: str) -> bool:
        """A player who shouts the answer of a question to come tells no secret of the server's: keep those out."""
        return text in SECRETS[len(self.state.ended) + 1 :]

    @rule(user=USERS)
    def join(self, user: int) -> None:
        self.seats = self.seats | {user: seat(user)}
        self.take(GAME.handle(self.state, self.seats, [Command("join", user=user)], self.now))

    @rule(user=USERS, kind=st.sampled_from(["leave", "kick"]))
    def leave(self, user: int, kind: str) -> None:
        if user in self.seats and len(self.seats) > 1:
            self.seats = {id_: taken for id_, taken in self.seats.items() if id_ != user}
            self.take(GAME.handle(self.state, self.seats, [Command(kind, user=user, body={"user": user})], self.now))

    @precondition(lambda self: self.due is not None)
    @rule(late=st.sampled_from([0, 1, 700, 600_000]))
    def timer(self, late: int) -> None:
        before = len(self.state.ended)
        self.now = max(self.now, (self.due or 0) + late)
        self.take(GAME.on_timer(self.state, self.seats, self.now))
        assert len(self.state.ended) - before <= 1
        assert self.due is None or self.due == self.now + 20_000

    @rule(early=st.integers(1, 20_000))
    def timer_early(self, early: int) -> None:
        if self.due is None or self.due - early >= self.now:
            at = self.now if self.due is None else self.due - early
            seen = self.seen
            self.take(GAME.on_timer(self.state, self.seats, at))
            assert self.seen == seen

    @invariant()
    def followed_view_is_the_fresh_view(self) -> None:
        if hasattr(self, "state"):
            assert self.seen == json.loads(json.dumps(view(self.state)))

    @invariant()
    def rounds_are_counted_once(self) -> None:
        if not hasattr(self, "state"):
            return
        ended = self.state.ended
        assert [round_.question for round_ in ended] == [100 + number for number in range(len(ended))]
        assert sum(GAME.scores(self.state).values()) == sum(round_.winner is not None for round_ in ended)
        asked = [body["question"]["id"] for body in self.next_questions if body["question"]]
        assert asked == [100 + number for number in range(len(asked))]
        closing = [body for body in self.next_questions if body["right_answer"] is not None]
        assert [(body["who_won"], body["right_answer"]) for body in closing] == [
            (round_.winner, round_.answer) for round_ in ended
        ]
        assert self.over == (len(ended) == self.rounds) == (self.seen["state"] == "closed")

    @invariant()
    def clock_runs_while_a_question_is_open(self) -> None:
        if hasattr(self, "state"):
            assert (self.due is not None) is (self.state.open is not None)
            assert self.due == self.seen["phase_ends"]


AnyGame.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
test_any_game = AnyGame.TestCase
