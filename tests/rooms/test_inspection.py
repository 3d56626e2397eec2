"""`manage.py room`: what a terminal shows of a room."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rooms import services

pytestmark = pytest.mark.django_db(transaction=True)


def shown(room_id: int, *options: str) -> list[str]:
    out = StringIO()
    call_command("room", str(room_id), *options, stdout=out)
    return out.getvalue().splitlines()


def test_room_command_shows_a_running_room(live_runner, owner, guest, category) -> None:
    room = services.create_room(user=owner, game="quiz", name="evening", options={"category": category.pk}).room
    services.join_room(room_id=room["room_id"], user=guest)
    lines = shown(room["room_id"])
    assert re.sub(r"\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d", "*", "\n".join(lines[2:4])) == (
        f"  member {owner.pk} olga: joined *, seated\n  member {guest.pk} gleb: joined *, seated"
    )
    assert lines[0] == f"room {room['room_id']}: quiz 'evening', running, capacity 50, owner olga"
    assert [line for line in lines if line.startswith("  seat")] == [
        f"  seat {owner.pk} olga",
        f"  seat {guest.pk} gleb",
    ]
    assert "inbox: 0 waiting" in lines
    assert [line.split()[-1] for line in lines if line.startswith("  v ")][-1] == "player_joined"
    assert "answer 1" not in "\n".join(lines)
    assert "answer" in "\n".join(shown(room["room_id"], "--secrets"))


def test_room_command_of_an_unknown_room() -> None:
    with pytest.raises(CommandError, match=r"^there is no room 404$"):
        shown(404)
