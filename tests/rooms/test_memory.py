"""Redis near its maxmemory: no new room, and those that run go on."""

from collections.abc import Iterator

import pytest
from rest_framework.test import APIClient

from rooms import limits
from rooms.errors import ServerFull
from rooms.models import Membership, Room
from rooms.recording import record_results
from rooms.services import create_room, enter_room, join_room, play_command
from tests.conftest import Valkey
from tests.factories import make_token
from tests.rooms.looking import live_players, make

pytestmark = pytest.mark.django_db

FULL = {
    "status": 1,
    "message": "The server is full: no room can be made now. Those that are open go on.",
    "code": "server_full",
    "errors": {},
}


#: bytes; beside them the buffers of connections, which come and go, are nothing
BALLAST = 64 << 20


def fill(valkey: Valkey, share: float) -> None:
    """Set maxmemory so that this share of it is used."""
    client = valkey.client()
    client.setrange("ballast", BALLAST - 1, "x")
    client.config_set("maxmemory-policy", "noeviction")
    client.config_set("maxmemory", int(client.info("memory")["used_memory"] / share))


@pytest.fixture
def filled(valkey_server: Valkey, live_runner: None) -> Iterator[Valkey]:
    """Somebody runs rooms; at the end there is no maxmemory again."""
    yield valkey_server
    valkey_server.client().config_set("maxmemory", 0)
    valkey_server.client().delete("ballast")


def test_making_a_room_is_503_before_anything_is_written(filled: Valkey, owner, category) -> None:
    fill(filled, limits.MEMORY_SHARE + 0.03)
    olga = APIClient(headers={"Authorization": f"Token {make_token(owner)}"})
    body = {"game": "quiz", "name": "Friends", "options": {"category": category.pk}}
    for path, sent in (("rooms", body), ("rooms/enter", body), ("quiz/new", {"category": category.pk})):
        answer = olga.post(f"/api/v1/{path}", sent)
        assert (answer.status_code, answer.json(), answer["Retry-After"]) == (503, FULL, "60")
    assert (Room.objects.count(), Membership.objects.count(), filled.client().keys("room:*")) == (0, 0, [])


def test_rooms_are_made_below_the_share_and_without_a_maxmemory(filled: Valkey, owner, category) -> None:
    fill(filled, limits.MEMORY_SHARE - 0.1)
    assert make(owner, category, name="below")["state"] == "running"
    filled.client().config_set("maxmemory", 0)
    assert make(owner, category, name="none")["state"] == "running"


def test_running_game_is_joined_and_played_to_its_end(filled: Valkey, owner, guest, category) -> None:
    room = create_room(user=owner, game="quiz", options={"category": category.pk}).room
    fill(filled, limits.MEMORY_SHARE + 0.03)
    join_room(room_id=room["room_id"], user=guest)
    with pytest.raises(ServerFull):
        enter_room(user=guest, game="quiz", name="another")
    assert live_players(room["room_id"]) == [owner.pk, guest.pk]
    while room["state"] == "running":
        number = room["question"]["q"].removeprefix("Question ").removesuffix("?")
        body = {"id": room["question"]["id"], "answer": f"answer {number}"}
        room = play_command(room_id=room["room_id"], user=guest, kind="answer", body=body)
    assert [(row["id"], row["score"]) for row in room["results"]] == [(guest.pk, 3), (owner.pk, 0)]
    assert record_results() == 1
