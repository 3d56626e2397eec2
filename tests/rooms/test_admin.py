"""What operators see of rooms, and what they can do to them."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from rooms import limits
from rooms.models import Membership, ParkedOutcome, Room
from rooms.services import create_room, join_room
from tests.factories import MembershipFactory, RoomFactory, UserFactory
from tests.live_runner import running

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("operator", "x"))
    return client


def act(client: Client, model: str, action: str, *pks: int, **fields: str) -> list[str]:
    """Run an action of a list, with the other fields beside it; the messages the operator reads."""
    path = reverse(f"admin:rooms_{model}_changelist")
    response = client.post(path, {"action": action, "_selected_action": pks, **fields}, follow=True)
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("model", ["room", "membership", "parkedoutcome"])
def test_pages_open_with_search(no_runner, operator, model: str, django_assert_max_num_queries) -> None:
    MembershipFactory.create_batch(3)
    ParkedOutcome.objects.create(room_id=1, entry={}, error="x")
    models: dict[str, Any] = {"room": Room, "membership": Membership, "parkedoutcome": ParkedOutcome}
    pk = models[model].objects.first().pk
    with django_assert_max_num_queries(20):  # a search is some queries more, each by an index of its own
        assert operator.get(reverse(f"admin:rooms_{model}_changelist"), {"q": "1"}).status_code == 200
    page = operator.get(reverse(f"admin:rooms_{model}_change", args=[pk]))
    assert (page.status_code, b"<textarea" in page.content) == (200, False)


@pytest.mark.parametrize(("words", "noted"), [("", "Closed by an operator."), ("Back at nine.", "Back at nine.")])
def test_close_ends_the_room_on_the_sockets_at_once(
    live_runner, valkey_server, operator, owner, guest, category, words: str, noted: str
) -> None:
    room_id = create_room(user=owner, game="quiz", options={"category": category.pk}).room["room_id"]
    join_room(room_id=room_id, user=guest)
    with valkey_server.client().pubsub(ignore_subscribe_messages=True) as sockets:
        sockets.subscribe("many")
        sockets.get_message(timeout=5)
        assert act(operator, "room", "close", room_id, message=words) == [f"{room_id}: done"]
        ids, closing = sockets.get_message(timeout=5)["data"].split("\n")
    told = json.loads(closing)
    assert ids == f"{owner.pk},{guest.pk}"
    assert (told["action"], told["reason"], told["message"]) == ("close_room", "operator", words)
    assert (Room.objects.get().state, Room.objects.get().close_message) == ("closed", noted)


def test_close_that_nobody_answers_tells_the_operator(no_runner, operator, owner, category, monkeypatch) -> None:
    with running(no_runner.url):
        room_id = create_room(user=owner, game="quiz", options={"category": category.pk}).room["room_id"]
    monkeypatch.setattr(limits, "WAIT_S", 0.1)
    message = "The server is recovering; try again in a moment."
    assert act(operator, "room", "close", room_id) == [f"{room_id}: {message}"]
    assert Room.objects.get().state == "running"


def test_kick_takes_the_seat(live_runner, operator, owner, guest, category) -> None:
    room_id = create_room(user=owner, game="quiz", options={"category": category.pk}).room["room_id"]
    join_room(room_id=room_id, user=guest)
    stay = Membership.objects.get(user=guest)
    assert act(operator, "membership", "kick", stay.pk) == [f"{room_id}: done"]
    stay.refresh_from_db()
    assert stay.ending == "kicked"


def test_store_records_a_parked_outcome(no_runner, operator) -> None:
    room = RoomFactory()
    record = {"rounds": [], "players": [], "reason": "finished"}
    entry = {"room_id": room.pk, "message": "over", "results": [], "record": record, "closed": 1_000}
    good = ParkedOutcome.objects.create(room_id=room.pk, entry=entry, error="x")
    other = RoomFactory()
    bad_entry = {**entry, "room_id": other.pk, "record": {"x": 1}}
    bad = ParkedOutcome.objects.create(room_id=other.pk, entry=bad_entry, error="x")
    assert sorted(act(operator, "parkedoutcome", "store", good.pk, bad.pk)) == [
        f"outcome of room {room.pk}: stored",
        f"outcome of room {other.pk}: KeyError: 'reason'",
    ]
    assert list(ParkedOutcome.objects.values_list("pk", flat=True)) == [bad.pk]


def test_rooms_are_deleted_only_when_they_are_over(no_runner, operator) -> None:
    room = MembershipFactory().room
    path = reverse("admin:rooms_room_delete", args=[room.pk])
    assert operator.post(path, {"post": "yes"}).status_code == 403
    Room.objects.update(state="closed", closed_at=room.opened_at)
    assert operator.post(path, {"post": "yes"}).status_code == 302
    assert Room.objects.count() == 0


def test_a_user_with_a_past_can_be_deleted(no_runner, operator) -> None:
    user = UserFactory()
    MembershipFactory(user=user)
    path = reverse("admin:accounts_user_delete", args=[user.pk])
    assert operator.post(path, {"post": "yes"}).status_code == 302
    assert User.objects.filter(pk=user.pk).count() == 0
