"""A game that could not be shown or played is refused when it is read."""

import pytest

from rooms.live.entry import GameEntry
from tests.rooms.live.counting_game import Bare, CountingGame


def test_command_of_the_rooms_own_names_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(CountingGame, "commands", {"skip": Bare})
    with pytest.raises(ValueError, match="skip"):
        GameEntry(rules=CountingGame(), backend="")


def test_field_that_outsiders_may_not_see_needs_a_default(monkeypatch) -> None:
    monkeypatch.setattr(CountingGame, "public_fields", frozenset({"counts"}))
    with pytest.raises(ValueError, match="ticks"):
        GameEntry(rules=CountingGame(), backend="")
