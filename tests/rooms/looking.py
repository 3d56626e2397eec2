"""Rooms made for a test, and what became of them in the database and alive."""

from typing import Any

import msgspec

from accounts.models import User
from quiz.models import Category
from rooms import gate
from rooms.models import Membership
from rooms.services import create_room
from tests.conftest import Valkey


def make(owner: User, category: Category, name: str = "Friends", **options: Any) -> dict[str, Any]:
    """A quiz of that user's."""
    return create_room(user=owner, game="quiz", name=name, options={"category": category.pk, **options}).room


def stays(room_id: int) -> list[tuple[int, str]]:
    """(user, how it ended) of each membership, in order."""
    return list(Membership.objects.filter(room=room_id).order_by("pk").values_list("user", "ending"))


def live_players(room_id: int) -> list[int] | None:
    """Who sits in the live room; None: there is none."""
    view = gate.look(room_id, None)
    return None if view is None else [player["id"] for player in view["players"]]


def live_state(room_id: int) -> str | None:
    """The live room's state; None: there is none."""
    view = gate.look(room_id, None)
    return None if view is None else view["state"]


def inbox(valkey: Valkey, room_id: int) -> list[tuple[str, int | None]]:
    """(kind, user) of the commands that wait."""
    lines: Any = valkey.client().lrange(f"room:{room_id}:inbox", 0, -1)
    commands = [msgspec.json.decode(line.split(" ", 1)[1]) for line in lines]
    return [(command["kind"], command["user"]) for command in commands]
