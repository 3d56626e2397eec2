"""A room of many: everybody plays, not everything is shown to all."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quiz.protocol import Attempt
from quiz.rules.state import Player
from quiz.rules.telling import KEPT_TRIES, LARGE_ROOM, LARGE_ROOM_PACE_MS, SAMPLE, choose_sample
from rooms.live.game import Event
from tests.quiz.rules.playing import GAME, answer, question, refused, said, seat, seats, setup, through_json, view
from wsgateway.wire.client_out import PlayerRef
from wsgateway.wire.errors import ERRORS

MANY = range(1, 201)
CROWD = {user: seat(user) for user in MANY}


def wrong_burst(users=MANY, number: int = 311):
    return [answer(user, f"guess of {user}", number, time=5_000) for user in users]


def to_all(events: list[Event]) -> list[Event]:
    return [event for event in events if event.to is None]


def test_pace_of_small_and_large_rooms():
    assert GAME.pace_ms(seats(*range(LARGE_ROOM))) == 0
    assert GAME.pace_ms(seats(*range(LARGE_ROOM + 1))) == LARGE_ROOM_PACE_MS == 100


def test_room_at_the_edge_shows_every_try():
    edge = seats(*range(1, LARGE_ROOM + 1))
    step = GAME.handle(GAME.start(setup(), 1_000).state, edge, wrong_burst(edge), 5_010)
    assert [said(event)["user"]["id"] for event in to_all(step.events)] == list(edge)
    assert [attempt["answer"] for attempt in view(step.state)["tries"]] == [f"guess of {user}" for user in edge][
        -KEPT_TRIES:
    ]


def test_large_room_shows_a_sample_to_all_and_its_own_try_to_every_author():
    step = GAME.handle(GAME.start(setup(), 1_000).state, CROWD, wrong_burst(), 5_010)
    shown = [said(event)["user"]["id"] for event in to_all(step.events)]
    own = [event for event in step.events if event.to is not None]
    assert len(shown) == SAMPLE
    assert shown == sorted(shown)
    assert all(event.to == (said(event)["user"]["id"],) and not event.recorded for event in own)
    assert sorted(shown + [said(event)["user"]["id"] for event in own]) == list(MANY)
    assert [attempt["user"]["id"] for attempt in view(step.state)["tries"]] == shown
    assert step.state.open
    assert step.state.open.tries == len(MANY)


def test_large_room_shows_everybody_equally_often():
    state = GAME.start(setup(), 1_000).state
    shown: Counter[int] = Counter()
    for _ in range(2 * len(MANY) // SAMPLE):
        step = GAME.handle(through_json(state), CROWD, wrong_burst(), 5_010)
        state = step.state
        shown.update(said(event)["user"]["id"] for event in to_all(step.events))
    assert shown == dict.fromkeys(MANY, 2)


def test_right_try_that_no_sample_would_show_wins_and_is_shown_in_its_place():
    burst = [
        *wrong_burst(),
        answer(7, "Paris", 311, time=5_001),
        *wrong_burst(range(1, 4)),
        answer(9, "rome", 312, time=5_002),
    ]
    step = GAME.handle(GAME.start(setup(), 1_000).state, CROWD, burst, 5_010)
    actions = [(said(event)["action"], said(event).get("is_true")) for event in to_all(step.events)]
    assert actions == [
        *[("new_answer", False)] * SAMPLE,
        ("new_answer", True),
        ("next_question", None),
        ("new_answer", True),
        ("next_question", None),
    ]
    assert GAME.scores(step.state) == {7: 1, 9: 1}
    late = range(len(burst) - 4, len(burst) - 1)
    assert refused(step) == [(index, "wrong_question", ERRORS["wrong_question"]) for index in late]
    assert view(step.state)["question"] == question(3)


def test_tries_of_one_round_are_told_before_the_next_question():
    burst = [*wrong_burst(), answer(7, "Paris", 311, time=5_001), *wrong_burst(number=312)]
    step = GAME.handle(GAME.start(setup(), 1_000).state, CROWD, burst, 5_010)
    border = [said(event)["action"] for event in step.events].index("next_question")
    before = Counter(said(event)["user"]["id"] for event in step.events[:border])
    after = Counter(said(event)["user"]["id"] for event in step.events[border + 1 :])
    assert before == Counter([*MANY, 7])
    assert after == Counter(MANY)


def test_cost_is_linear_in_members():
    """Events to all, times the members, plus the events to one: what the gateways have to send."""

    def deliveries(members: int) -> int:
        crowd = seats(*range(1, members + 1))
        step = GAME.handle(GAME.start(setup(), 1_000).state, crowd, wrong_burst(crowd), 5_010)
        return sum(members if event.to is None else len(event.to) for event in step.events)

    assert [deliveries(members) for members in (100, 200, 400)] == [
        members * SAMPLE + members - SAMPLE for members in (100, 200, 400)
    ]


def attempt(user: int) -> Attempt:
    return Attempt(user=PlayerRef(id=user, name=""), answer="x", is_true=False, time=0)


def player(user: int, shown: int) -> Player:
    return Player(id=user, name="", account=0, rating=0, mu=25, sigma=8, shown=shown)


@given(st.lists(st.integers(1, 40), max_size=120), st.integers(1, 10**6))
def test_sample_is_bounded_and_takes_an_author_twice_only_when_all_are_shown(users: list[int], turn: int):
    chosen = choose_sample([attempt(user) for user in users], {user: player(user, 0) for user in users}, turn)
    authors = Counter(users[index] for index in chosen)
    assert len(chosen) == min(SAMPLE, len(users))
    assert max(authors.values(), default=0) <= 1 or set(authors) == set(users)


@given(st.integers(1, 60), st.data())
def test_nobody_who_keeps_trying_is_starved(regulars: int, data: st.DataObject):
    """However many tries the others send, a regular is shown within ceil(authors / SAMPLE) turns."""
    players = {user: player(user, 0) for user in range(1, 101)}
    unseen = dict.fromkeys(range(1, regulars + 1), 0)
    for turn in range(1, 25):
        spam = data.draw(st.lists(st.integers(1, regulars), max_size=30), label="spam")
        users = [*spam, *range(1, regulars + 1)]
        chosen = {users[index] for index in choose_sample([attempt(user) for user in users], players, turn)}
        players |= {user: player(user, turn) for user in chosen}
        unseen = {user: 0 if user in chosen else count + 1 for user, count in unseen.items()}
        assert max(unseen.values()) < -(-regulars // SAMPLE)
