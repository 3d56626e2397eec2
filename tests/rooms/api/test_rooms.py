"""The rooms' part of PROTOCOL.md's table, as a client meets it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from rooms import limits
from rooms.live.game import GAME_POWERS, ROOM_POWERS
from rooms.models import Membership, Room
from rooms.recording import record_results
from tests.factories import MembershipFactory, RoomFactory, make_token
from tests.live_runner import running
from tests.plans import as_if_full, plans

pytestmark = pytest.mark.django_db

Client = Callable[[User], APIClient]


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {make_token(user)}")
    return client


def error(response: Any) -> tuple[int, str, dict[str, list[str]]]:
    """The status and the envelope of an error, all of it looked at."""
    body = response.json()
    assert set(body) == {"status", "message", "code", "errors"}
    assert (body["status"], bool(body["message"])) == (1, True)
    return response.status_code, body["code"], body["errors"]


@pytest.fixture
def olga(owner: User) -> APIClient:
    return client_of(owner)


@pytest.fixture
def gleb(guest: User) -> APIClient:
    return client_of(guest)


def quiz(category: Any, **options: Any) -> dict[str, Any]:
    return {"game": "quiz", "name": "Friends", "options": {"category": category.pk, "questions": 2, **options}}


def test_create_answers_the_room(live_runner, olga, owner, category) -> None:
    response = olga.post("/api/v1/rooms", quiz(category, max_time=30))
    room = response.json().pop("room")
    assert (response.status_code, response.json()["status"], response.json()["message"]) == (201, 0, "ok")
    question, times = room.pop("question"), [room.pop("time"), room.pop("phase_ends")]
    assert type(room.pop("mark")) is int
    assert times[1] - times[0] <= 30_000
    assert room == {
        "room_id": Room.objects.get().pk,
        "game": "quiz",
        "name": "Friends",
        "state": "running",
        "v": 2,
        "max_time": 30,
        "cnt_questions": 2,
        "category": {"id": category.pk, "name": "Numbers", "names": {"en": "Numbers"}},
        "players": [{"id": owner.pk, "name": "olga", "account": 0, "rating": 1500, "score": 0, "player": None}],
        "cnt_players": 1,
        "phase": "question",
        "hint": None,
        "owner": owner.pk,
        "capacity": 50,
        "private": False,
        "min_players": 1,
        "language": "en",
        "tries": [],
        "results": None,
        "code": Room.objects.get().code,
        "options": {
            "category": category.pk,
            "questions": 2,
            "max_time": 30,
            "language": "en",
            "capacity": 50,
            "min_players": 1,
            "listed": True,
        },
        "spectators": 0,
        "locked": False,
        "paused": None,
        "powers": sorted(ROOM_POWERS | GAME_POWERS),
    }
    assert set(question) == {"id", "q", "image", "audio", "video", "number", "texts"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "invalid", ["game"])),
        ({"game": 7}, (400, "invalid", ["game"])),
        ({"game": "quiz"}, (400, "invalid", ["category"])),
        ({"game": "chess"}, (404, "unknown_game", ["game"])),
        ({"game": "quiz", "name": "x" * 65, "options": {}}, (400, "invalid", ["name"])),
        ({"game": "quiz", "options": []}, (400, "invalid", ["options"])),
        ({"game": "quiz", "options": {"category": "1"}}, (400, "invalid", ["category"])),
        ({"game": "quiz", "options": {"category": 2**70}}, (400, "invalid", ["category"])),
        ({"game": "quiz", "options": {"category": 10**9}}, (404, "unknown_category", ["category"])),
        ({"game": "quiz", "options": {"category": 1, "questions": 51}}, (400, "invalid", ["questions"])),
        ({"game": "quiz", "options": {"category": 1, "capacity": True}}, (400, "invalid", ["capacity"])),
        ([], (400, "invalid", ["non_field_errors"])),
    ],
)
def test_create_with_a_wrong_body_says_what(no_runner, olga, body: Any, expected: tuple[int, str, list[str]]) -> None:
    status, code, errors = error(olga.post("/api/v1/rooms", body))
    assert (status, code, list(errors)) == expected


def test_create_of_a_taken_name_is_a_conflict(live_runner, olga, gleb, category) -> None:
    olga.post("/api/v1/rooms", quiz(category))
    message = "There is an open room of this name."
    assert error(gleb.post("/api/v1/rooms", quiz(category))) == (409, "name_taken", {"name": [message]})


def test_create_that_nobody_answers_is_degraded(no_runner, olga, category, monkeypatch) -> None:
    monkeypatch.setattr(limits, "WAIT_S", 0.1)
    response = olga.post("/api/v1/rooms", quiz(category))
    assert (error(response), response["Retry-After"]) == ((503, "degraded", {}), "5")
    assert Room.objects.count() == 0


def test_enter_makes_with_201_and_enters_with_200(live_runner, olga, gleb, owner, guest, category) -> None:
    made = olga.post("/api/v1/rooms/enter", quiz(category))
    entered = gleb.post("/api/v1/rooms/enter/", {"game": "quiz", "name": "FRIENDS", "player": {"color": "red"}})
    assert (made.status_code, entered.status_code) == (201, 200)
    assert made.json()["room"]["room_id"] == entered.json()["room"]["room_id"]
    assert [(p["id"], p["player"]) for p in entered.json()["room"]["players"]] == [
        (owner.pk, None),
        (guest.pk, {"color": "red"}),
    ]


def test_enter_of_who_prefers_little_answers_the_id_alone(live_runner, olga, gleb, category) -> None:
    little = {"HTTP_PREFER": "return=minimal"}
    made = olga.post("/api/v1/rooms/enter", quiz(category), **little)
    entered = gleb.post("/api/v1/rooms/enter", {"game": "quiz", "name": "Friends"}, **little)
    answer = {"status": 0, "message": "ok", "room": {"room_id": made.json()["room"]["room_id"]}}
    assert [(made.status_code, made.json()), (entered.status_code, entered.json())] == [(201, answer), (200, answer)]


def test_enter_takes_a_player_of_1_kib_and_no_more(live_runner, olga, category) -> None:
    text = "x" * (limits.PLAYER_BYTES - len('{"a":""}'))
    assert olga.post("/api/v1/rooms/enter", {**quiz(category), "player": {"a": text}}).status_code == 201
    response = olga.post("/api/v1/rooms/enter", {**quiz(category), "player": {"a": text + "x"}})
    assert error(response) == (400, "invalid", {"player": ["At most 1024 bytes of JSON."]})


def test_join_of_a_private_room_needs_the_password(live_runner, olga, gleb, category) -> None:
    room_id = olga.post("/api/v1/rooms", {**quiz(category), "password": "sesame"}).json()["room"]["room_id"]
    path = f"/api/v1/rooms/{room_id}/join"
    refusal = (403, "wrong_password", {"password": ["The room's password is wrong."]})
    assert error(gleb.post(path)) == error(gleb.post(path, {"password": "simsim"})) == refusal
    assert gleb.post(path, {"password": "sesame"}).json()["room"]["cnt_players"] == 2


def test_guessing_a_password_is_429_past_ten_tries_right_or_not(
    live_runner, olga, gleb, category, time_machine
) -> None:
    time_machine.move_to("2026-03-01T12:00:10Z", tick=False)
    room_id = olga.post("/api/v1/rooms", {**quiz(category), "password": "sesame"}).json()["room"]["room_id"]
    path, right = f"/api/v1/rooms/{room_id}/join", {"password": "sesame"}
    by_name = {"game": "quiz", "name": quiz(category)["name"], "options": {"password": "simsim"}}

    tries = [gleb.post(path, {"password": "simsim"}) for _ in range(9)] + [gleb.post("/api/v1/rooms/enter", by_name)]
    refused = gleb.post(path, right)
    refused_by_name = gleb.post("/api/v1/rooms/enter", by_name)

    assert {response.status_code for response in tries} == {403}
    told = (429, "throttled", {"password": ["Too many tries of the password; wait a minute."]})
    assert error(refused) == error(refused_by_name) == told
    assert refused["Retry-After"] == "51"
    assert olga.post(path).status_code == 200
    time_machine.move_to("2026-03-01T12:01:00Z", tick=False)
    assert gleb.post(path, right).status_code == 200


def test_right_password_is_no_guess(live_runner, olga, gleb, category) -> None:
    room_id = olga.post("/api/v1/rooms", {**quiz(category), "password": "sesame"}).json()["room"]["room_id"]
    path = f"/api/v1/rooms/{room_id}"
    joined = [
        (gleb.post(path + "/join", {"password": "sesame"}).status_code, gleb.post(path + "/leave").status_code)
        for _ in range(limits.GUESSES + 1)
    ]
    assert joined == [(200, 200)] * (limits.GUESSES + 1)


def test_join_and_leave_answer_the_room(live_runner, olga, gleb, owner, guest, category) -> None:
    room_id = olga.post("/api/v1/rooms", quiz(category)).json()["room"]["room_id"]
    joined = gleb.post(f"/api/v1/rooms/{room_id}/join/", {"player": {"color": "red"}}).json()["room"]
    left = olga.post(f"/api/v1/rooms/{room_id}/leave").json()["room"]
    assert [player["id"] for player in joined["players"]] == [owner.pk, guest.pk]
    assert [(player["id"], player["player"]) for player in left["players"]] == [(guest.pk, {"color": "red"})]
    assert error(olga.post(f"/api/v1/rooms/{room_id}/leave")) == (403, "not_member", {})


@pytest.mark.parametrize("path", ["", "/join", "/leave", "/answer"])
@pytest.mark.parametrize("room_id", [1, 2**63, 10**30])
def test_unknown_room_is_404_everywhere(no_runner, olga, path: str, room_id: int) -> None:
    url = f"/api/v1/rooms/{room_id}{path}"
    response = olga.post(url, {"answer": "x"}) if path else olga.get(url)
    assert error(response) == (404, "unknown_room", {})


def test_everything_needs_a_token(no_runner, db) -> None:
    client = APIClient()
    calls = [client.get("/api/v1/rooms"), client.post("/api/v1/rooms"), client.post("/api/v1/rooms/enter")]
    calls += [client.get("/api/v1/rooms/1"), client.post("/api/v1/rooms/1/join"), client.post("/api/v1/rooms/1/leave")]
    assert {error(response)[:2] for response in calls} == {(401, "unauthorized")}
    assert {response["WWW-Authenticate"] for response in calls} == {"Token"}


def test_list_shows_open_rooms_newest_first(no_runner, olga, owner, django_assert_max_num_queries) -> None:
    first, second = RoomFactory(name="One", owner=owner), RoomFactory(name="Two", owner=None, password="hash")
    MembershipFactory.create_batch(2, room=first)
    RoomFactory(state="closed", closed_at=first.opened_at)
    RoomFactory(opened_at=None)
    with django_assert_max_num_queries(4):
        body = olga.get("/api/v1/rooms?game=quiz").json()
    for row in body["results"]:
        assert row.pop("created").endswith("Z")
    display = {"category": None, "language": "en", "max_time": 20, "min_players": 1, "cnt_questions": 2}
    shared = {"game": "quiz", "state": "running", "capacity": 50, **display}
    rows = [
        {"room_id": second.pk, "name": "Two", "owner": None, "private": True, "cnt_players": 0, **shared},
        {"room_id": first.pk, "name": "One", "private": False, "cnt_players": 2, **shared}
        | {"owner": {"id": owner.pk, "name": "olga"}},
    ]
    assert body == {"status": 0, "message": "ok", "count": 2, "next": None, "previous": None, "results": rows}


def closed_room(*members: User, **fields: Any) -> Room:
    """A room that these were in, and that is over."""
    room: Room = RoomFactory(state="closed", closed_at=timezone.now(), **fields)
    for member in members:
        MembershipFactory(room=room, user=member, left_at=timezone.now(), ending="finished")
    return room


def test_list_filters_by_state_and_game_and_pages(no_runner, olga, owner) -> None:
    rooms: list[Room] = [RoomFactory(state="waiting"), closed_room(owner), RoomFactory()]

    def ids(query: str) -> list[int]:
        return [row["room_id"] for row in olga.get(f"/api/v1/rooms?{query}").json()["results"]]

    found = [ids("state=waiting"), ids("state=closed"), ids("state=running")]
    assert found == [[room.pk] for room in rooms]
    assert (ids("game=chess"), ids("page_size=1&page=2")) == ([], [rooms[0].pk])
    assert error(olga.get("/api/v1/rooms?state=lost"))[:2] == (400, "invalid")
    assert error(olga.get("/api/v1/rooms?page=9"))[:2] == (404, "not_found")


def test_closed_rooms_are_ones_own_alone(no_runner, olga, gleb, owner, guest) -> None:
    both, his = closed_room(owner, guest, owner=owner), closed_room(guest, game="chess")
    closed_room(owner, opened_at=None)
    MembershipFactory(user=owner)
    MembershipFactory(room=both, user=owner, left_at=timezone.now(), ending="left")  # came back and left: one room
    hers = olga.get("/api/v1/rooms?state=closed").json()
    assert hers["results"][0].pop("created").endswith("Z")
    display = {"category": None, "language": "en", "max_time": 20, "min_players": 1, "cnt_questions": 2}
    row = {"room_id": both.pk, "game": "quiz", "name": both.name, "state": "closed", "capacity": 50, "private": False}
    row |= {"owner": {"id": owner.pk, "name": "olga"}, "cnt_players": 0, **display}
    assert hers == {"status": 0, "message": "ok", "count": None, "next": None, "previous": None, "results": [row]}

    def ids(query: str) -> list[int]:
        return [each["room_id"] for each in gleb.get(f"/api/v1/rooms?state=closed{query}").json()["results"]]

    assert (ids(""), ids("&game=quiz"), ids("&game=go")) == ([his.pk, both.pk], [both.pk], [])


def test_closed_rooms_are_paged_by_a_cursor_to_and_fro(no_runner, olga, owner, django_assert_max_num_queries) -> None:
    rooms = [closed_room(owner).pk for _ in range(5)]
    link, seen, back = "/api/v1/rooms?state=closed&page_size=2", [], []
    while link:
        with django_assert_max_num_queries(4):
            page = olga.get(link).json()
        link = page["next"]
        seen.append([row["room_id"] for row in page["results"]])
        closed_room(owner)  # what comes meanwhile moves nothing
    assert seen == [[rooms[4], rooms[3]], [rooms[2], rooms[1]], [rooms[0]]]
    back = olga.get(page["previous"]).json()
    assert [row["room_id"] for row in back["results"]] == seen[1]


@pytest.mark.parametrize("cursor", ["x", "cD14", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OQ==", "cD0tMQ==", "é", "bz14", "cj14"])
def test_closed_rooms_at_a_cursor_that_is_none(no_runner, olga, owner, cursor: str) -> None:
    closed_room(owner)
    assert error(olga.get("/api/v1/rooms", {"state": "closed", "cursor": cursor}))[:2] == (404, "not_found")


def test_lists_of_rooms_are_read_off_indexes(no_runner, olga, owner) -> None:
    MembershipFactory(user=owner, room=closed_room(owner))
    RoomFactory(state="waiting"), RoomFactory()
    addresses = {
        "": ("rooms_room", "room_open"),
        "?game=quiz": ("rooms_room", "room_open_of_game"),
        "?state=waiting": ("rooms_room", "room_open"),
        "?state=running&game=quiz": ("rooms_room", "room_open_of_game"),
        "?state=closed": ("rooms_membership", "membership_of_user"),
    }
    for query, (table, index) in addresses.items():
        with as_if_full(), CaptureQueriesContext(connection) as captured:
            olga.get(f"/api/v1/rooms{query}")
            listed = next(plan for plan in plans(captured, table) if "ORDER BY" in plan.sql)
        assert (listed.reads_all_of(table), listed.sorts()) == (False, False), listed
        if connection.vendor == "sqlite":
            assert f"INDEX {index}" in listed.steps, listed


def test_room_of_a_stranger_hides_what_is_private(live_runner, olga, gleb, category) -> None:
    room = olga.post("/api/v1/rooms", {**quiz(category), "password": "sesame"}).json()["room"]
    olga.post(f"/api/v1/rooms/{room['room_id']}/answer", {"answer": "secret try"})
    mine = olga.get(f"/api/v1/rooms/{room['room_id']}").json()["room"]
    theirs = gleb.get(f"/api/v1/rooms/{room['room_id']}/").json()["room"]
    assert ([entry["answer"] for entry in mine["tries"]], mine["question"]) == (["secret try"], room["question"])
    hidden: dict[str, Any] = {
        "question": None,
        "hint": None,
        "tries": [],
        "players": [],
        "results": None,
        "options": {},
    }
    assert theirs == {**mine, **hidden, "time": theirs["time"]}
    assert theirs["cnt_players"] == 1


def test_room_that_ended_looks_the_same_without_its_live_state(
    live_runner, valkey_server, olga, gleb, category
) -> None:
    room_id = olga.post("/api/v1/rooms", quiz(category)).json()["room"]["room_id"]
    gleb.post(f"/api/v1/rooms/{room_id}/join")
    gleb.post(f"/api/v1/rooms/{room_id}/answer", {"answer": "no idea"})
    for _ in range(2):
        question = olga.get(f"/api/v1/rooms/{room_id}").json()["room"]["question"]
        right = question["q"].replace("Question", "answer").removesuffix("?")
        room = olga.post(f"/api/v1/rooms/{room_id}/answer", {"id": question["id"], "answer": right}).json()["room"]
    assert (room["state"], room["question"], [row["score"] for row in room["results"]]) == ("closed", None, [2, 0])
    record_results()
    stored = olga.get(f"/api/v1/rooms/{room_id}").json()["room"]
    valkey_server.client().flushall()
    again = olga.get(f"/api/v1/rooms/{room_id}").json()["room"]
    assert again == {**stored, "time": again["time"]}
    dropped = {"v", "mark", "time", "tries", "players"}
    assert {key: stored[key] for key in stored if key not in dropped} == {
        key: room[key] for key in room if key not in dropped
    }
    accounts = [(player["id"], player["score"], player["account"]) for player in stored["players"]]
    assert accounts == [(row["id"], row["score"], row["prize"]) for row in room["results"]]


def test_answer_outside_of_a_room_is_refused(live_runner, olga, gleb, category) -> None:
    room_id = olga.post("/api/v1/rooms", quiz(category)).json()["room"]["room_id"]
    assert error(gleb.post(f"/api/v1/rooms/{room_id}/answer", {"answer": "x"})) == (403, "not_member", {})
    wrong = {"answer": "x", "id": 10**9}
    assert error(olga.post(f"/api/v1/rooms/{room_id}/answer", wrong)) == (409, "wrong_question", {})
    assert error(olga.post(f"/api/v1/rooms/{room_id}/answer", {"id": 1}))[2] == {"answer": ["This field is required."]}


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [("z" + "\u0301" * 4, 409, "bad_message"), ("\u202eabc", 409, "bad_message"), ("\u3164", 409, "bad_message"),
     ("a\0b", 400, "bad_request"), ("น้ำผึ้ง", 200, None), ("שָׁלוֹם", 200, None)],
)  # fmt: skip
def test_answer_that_others_can_t_read_is_refused(live_runner, olga, category, answer, status, code) -> None:
    room_id = olga.post("/api/v1/rooms", quiz(category)).json()["room"]["room_id"]
    response = olga.post(f"/api/v1/rooms/{room_id}/answer", {"answer": answer})
    assert (response.status_code, response.json().get("code")) == (status, code), response.json()
    tries = olga.get(f"/api/v1/rooms/{room_id}").json()["room"]["tries"]
    assert [entry["answer"] for entry in tries] == ([answer] if status == 200 else [])


@pytest.mark.parametrize("name", ["\u3164", "z" + "\u0301" * 4])
@pytest.mark.parametrize("path", ["rooms", "rooms/enter", "quiz/new"])
def test_name_of_a_room_that_others_can_t_read_is_refused(live_runner, olga, category, path, name) -> None:
    body = {"category": category.pk, "name": name} if path == "quiz/new" else {**quiz(category), "name": name}
    said = "This name can't be read: nothing in it is seen, or letters carry too many marks."
    assert error(olga.post(f"/api/v1/{path}", body)) == (400, "bad_name", {"name": [said]})
    assert Room.objects.count() == 0


def test_answer_with_the_same_ref_counts_once(live_runner, olga, category) -> None:
    room_id = olga.post("/api/v1/rooms", quiz(category)).json()["room"]["room_id"]
    for _ in range(2):
        room = olga.post(f"/api/v1/rooms/{room_id}/answer", {"answer": "no idea", "ref": "7"}).json()["room"]
    assert [entry["answer"] for entry in room["tries"]] == ["no idea"]


def test_leave_that_nobody_answers_is_degraded_and_undone(
    no_runner, olga, gleb, owner, guest, category, monkeypatch
) -> None:
    with running(no_runner.url):
        room_id = olga.post("/api/v1/rooms", quiz(category)).json()["room"]["room_id"]
        gleb.post(f"/api/v1/rooms/{room_id}/join")
    with monkeypatch.context() as patch:
        patch.setattr(limits, "WAIT_S", 0.1)
        assert error(gleb.post(f"/api/v1/rooms/{room_id}/leave")) == (503, "degraded", {})
    assert list(Membership.objects.values_list("user", "left_at")) == [(owner.pk, None), (guest.pk, None)]
    with running(no_runner.url):
        room = gleb.post(f"/api/v1/rooms/{room_id}/join").json()["room"]
    assert [player["id"] for player in room["players"]] == [owner.pk, guest.pk]
