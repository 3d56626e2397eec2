"""Spectators in the pure turn: what they hear, what they see, and what they never do."""

import json
from typing import Any

import msgspec

from rooms.live.draft import Move
from rooms.live.game import Command
from rooms.live.limits import LIMITS
from tests.rooms.live.counting_game import CountingGame, CountingRoom
from tests.rooms.live.stage import add, join
from tests.rooms.live.test_powers import GAMES, act, code, room_of, turn, view


def watched() -> Any:
    return act(room_of(1, 2, game="counting"), Command("watch", 9))[0]


def test_spectator_is_shown_the_room_and_takes_no_seat():
    draft = turn(room_of(1, 2, game="counting"), Command("watch", 9))
    assert draft.room is not None
    told = [(event.to, json.loads(event.body)["action"]) for event in draft.sent]
    assert told == [((9,), "room"), ((1, 2, 9), "spectators")]
    assert (list(draft.room.seats), draft.room.spectators, draft.room.v) == ([1, 2], (9,), 2)
    assert (draft.moves, view(draft.room)["spectators"]) == ([Move("watch", 9, 2)], 1)
    assert all(not event.entry for event in draft.sent)


def test_spectator_hears_what_goes_to_all_and_nothing_private():
    room = watched()
    _, told = act(room, add(1, 0))
    assert [(to, message["action"]) for to, message in told] == [((1, 2, 9), "added")]
    for kind in ("secret", "whisper", "decline"):
        _, told = act(room, Command(kind, 1))
        assert [to for to, _ in told] == [(1,)]


def test_spectator_can_not_play():
    assert code(act(watched(), add(9, 0))[1]) == ["not_member"]


def test_view_without_a_seat_is_what_the_game_allows(monkeypatch):
    class Secretive(CountingGame):
        """Forgets to say that ticks are no secret."""

        public_fields = frozenset({"counts"})

    class Hiding(CountingRoom, tag_field="action", tag="room", kw_only=True):
        """Fields an outsider does not see have defaults."""

        ticks: int = 0

    monkeypatch.setattr(Secretive, "Room", Hiding)
    monkeypatch.setitem(GAMES, "counting", Secretive())
    room, _ = act(room_of(1, game="counting"), add(1, 0))
    state = msgspec.json.decode(room.data)
    room.data = msgspec.Raw(msgspec.json.encode({**state, "ticks": 5}))
    seen = {user: (view(room, user)["counts"], view(room, user)["ticks"]) for user in (1, 9, None)}
    assert seen == {1: ({"1": 1}, 5), 9: ({"1": 1}, 0), None: ({"1": 1}, 0)}


def test_unwatch_ends_it():
    draft = turn(watched(), Command("unwatch", 9))
    assert draft.room is not None
    assert (draft.room.spectators, draft.moves) == ((), [Move("out", 9)])
    assert [to for to, _ in act(draft.room, add(1, 0))[1]] == [(1, 2)]


def test_spectator_who_takes_a_seat_watches_no_more():
    room, _ = act(watched(), join(9))
    assert (list(room.seats), room.spectators) == ([1, 2, 9], ())


def test_spectators_hear_the_end_and_are_gone():
    room, told = act(watched(), Command("close", None))
    assert [(to, message["action"]) for to, message in told] == [((1, 2, 9), "close_room")]
    assert room.spectators == ()


def test_spectators_are_bounded(monkeypatch):
    room = watched()
    room.spectators = tuple(range(100, 100 + LIMITS.spectators))
    after, told = act(room, Command("watch", 9))
    assert (code(told), after.spectators) == (["too_many_spectators"], room.spectators)
