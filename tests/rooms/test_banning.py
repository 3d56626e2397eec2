"""A ban takes the seats."""

from functools import partial

import pytest

from accounts.models import User
from accounts.services import ban_user, unban_user
from rooms.models import Room
from rooms.recording import record_results
from rooms.services import join_room
from tests.conftest import Valkey
from tests.rooms.looking import inbox, live_players, make, stays
from tests.stack.product import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def is_alone(user: User, room_id: int) -> bool:
    return live_players(room_id) == [user.pk]


def test_banned_player_loses_their_seats_at_once_and_everywhere(live_runner, owner, guest, category) -> None:
    rooms = [make(owner, category, name=name)["room_id"] for name in ("one", "two")]
    for room_id in rooms:
        join_room(room_id=room_id, user=guest)
    ban_user(user=guest)
    assert [stays(room_id) for room_id in rooms] == [[(owner.pk, ""), (guest.pk, "banned")]] * 2
    for room_id in rooms:
        wait_for(partial(is_alone, owner, room_id), 10)


def test_room_of_a_banned_player_alone_closes(live_runner, owner, category) -> None:
    room_id = make(owner, category)["room_id"]
    ban_user(user=owner)
    assert wait_for(record_results, 10) == 1
    assert (Room.objects.get().state, stays(room_id)) == ("closed", [(owner.pk, "banned")])


def test_player_let_in_again_may_come_back(live_runner, owner, guest, category) -> None:
    room_id = make(owner, category)["room_id"]
    join_room(room_id=room_id, user=guest)
    ban_user(user=guest)
    unban_user(user=guest)
    join_room(room_id=room_id, user=guest)
    assert (stays(room_id)[1:], live_players(room_id)) == (
        [(guest.pk, "banned"), (guest.pk, "")],
        [owner.pk, guest.pk],
    )


def test_ban_waits_for_nobody(no_runner: Valkey, owner, guest, category) -> None:
    """Nobody runs rooms: the command lies in the inbox."""
    from tests.live_runner import running

    with running(no_runner.url):
        room_id = make(owner, category)["room_id"]
        join_room(room_id=room_id, user=guest)
    ban_user(user=guest)
    assert inbox(no_runner, room_id) == [("kick", guest.pk)]
