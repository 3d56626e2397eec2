"""Codes, options, the owner's powers and spectators over REST, with rooms that really live."""

import re
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from rooms.codes import CODE_LETTERS
from rooms.models import Room
from rooms.rates import RATES
from rooms.seating import free_code
from tests.factories import UserFactory
from tests.rooms.api.test_rooms import client_of, error, gleb, olga, quiz
from tests.rooms.looking import live_players, stays

__all__ = ["gleb", "olga"]

pytestmark = pytest.mark.django_db


def manage(client: APIClient, room_id: int, kind: str, ref: str | None = None, **body: Any) -> Any:
    return client.post(f"/api/v1/rooms/{room_id}/manage", {"kind": kind, "body": body, "ref": ref})


def look(client: APIClient, room_id: int) -> dict[str, Any]:
    return client.get(f"/api/v1/rooms/{room_id}").json()["room"]


@pytest.fixture
def room(live_runner, olga, category) -> dict[str, Any]:
    """A quiz of olga's that has begun."""
    return olga.post("/api/v1/rooms", quiz(category)).json()["room"]


@pytest.fixture
def waiting(live_runner, olga, category) -> dict[str, Any]:
    """A quiz of olga's that waits for a third player."""
    return olga.post("/api/v1/rooms", {**quiz(category), "min_players": 3}).json()["room"]


# ------------------------------------------------------------------------------------------ codes and options


def test_room_is_found_by_its_code(room, gleb) -> None:
    code = room["code"]
    assert re.fullmatch(f"[{CODE_LETTERS}]{{6}}", code)
    assert gleb.get(f"/api/v1/rooms/by-code/{code.lower()}").json()["room"]["room_id"] == room["room_id"]
    assert error(gleb.get("/api/v1/rooms/by-code/333333")) == (404, "unknown_room", {})


def test_code_of_a_closed_room_finds_nothing(room, olga, gleb) -> None:
    manage(olga, room["room_id"], "close")
    assert error(gleb.get(f"/api/v1/rooms/by-code/{room['code']}")) == (404, "unknown_room", {})


def test_codes_are_not_guessed(room, gleb, settings, monkeypatch) -> None:
    for _ in range(20):
        assert gleb.get("/api/v1/rooms/by-code/333333").status_code == 404
    assert error(gleb.get(f"/api/v1/rooms/by-code/{room['code']}"))[:2] == (429, "throttled")


def test_code_of_an_open_room_is_drawn_for_no_other(room, monkeypatch) -> None:
    drawn = iter([room["code"], room["code"], "AAAAAA"])
    monkeypatch.setattr("rooms.seating.draw_code", lambda: next(drawn))
    assert free_code() == "AAAAAA"


def test_code_that_is_taken_at_the_last_moment_is_drawn_again(room, gleb, category, monkeypatch) -> None:
    codes = iter([room["code"], "AAAAAA"])
    monkeypatch.setattr("rooms.seating.free_code", lambda: next(codes))
    made = gleb.post("/api/v1/rooms", {**quiz(category), "name": "Other"})
    assert (made.status_code, made.json()["room"]["code"]) == (201, "AAAAAA")


def test_options_sent_back_make_the_same_room_again(live_runner, olga, category) -> None:
    told = {"capacity": 4, "password": "sesame", "listed": False, "min_players": 2}
    first = olga.post("/api/v1/rooms", {**quiz(category, max_time=30), **told}).json()["room"]
    assert first["options"] == {
        "category": category.pk, "questions": 2, "max_time": 30, "language": "en", "capacity": 4, "min_players": 2,
        "listed": False,
    }  # fmt: skip
    again = olga.post("/api/v1/rooms", {"game": "quiz", "options": first["options"]}).json()["room"]
    assert (again["options"], again["capacity"], again["min_players"]) == (first["options"], 4, 2)


def test_rooms_options_among_the_games_still_count(live_runner, olga, category) -> None:
    made = olga.post("/api/v1/rooms", quiz(category, capacity=3, password="sesame", min_players=9)).json()["room"]
    assert (made["capacity"], made["private"], made["min_players"]) == (3, True, 3)


@pytest.mark.parametrize(
    ("beside", "field"),
    [({"capacity": 1}, "capacity"), ({"capacity": 1001}, "capacity"), ({"listed": "yes"}, "listed"),
     ({"min_players": 0}, "min_players"), ({"password": 5}, "password")],
)  # fmt: skip
def test_wrong_options_of_the_room_are_named(live_runner, olga, category, beside, field) -> None:
    status, code, errors = error(olga.post("/api/v1/rooms", {**quiz(category), **beside}))
    assert (status, code, list(errors)) == (400, "invalid", [field])


def test_unlisted_room_is_in_no_list(live_runner, olga, gleb, category) -> None:
    made = olga.post("/api/v1/rooms", {**quiz(category), "listed": False}).json()["room"]
    assert gleb.get("/api/v1/rooms").json()["results"] == []
    assert gleb.post(f"/api/v1/rooms/{made['room_id']}/join").status_code == 200


# ------------------------------------------------------------------------------------------ play


def test_play_is_the_same_as_answer(room, olga) -> None:
    body = {"kind": "answer", "body": {"id": room["question"]["id"], "answer": "no idea"}, "ref": "a"}
    for _ in range(2):
        played = olga.post(f"/api/v1/rooms/{room['room_id']}/play", body).json()["room"]
        assert [attempt["answer"] for attempt in played["tries"]] == ["no idea"]


@pytest.mark.parametrize("kind", ["kick", "close", "pause", "watch", "shoot"])
def test_play_of_what_is_not_the_games_is_refused(room, olga, kind) -> None:
    played = olga.post(f"/api/v1/rooms/{room['room_id']}/play", {"kind": kind, "body": {}})
    assert error(played) == (409, "unknown_action", {})


def test_play_with_a_body_past_its_limit_is_refused(room, olga) -> None:
    played = olga.post(f"/api/v1/rooms/{room['room_id']}/play", {"kind": "answer", "body": {"answer": "x" * 4096}})
    assert error(played)[:2] == (400, "invalid")


# ------------------------------------------------------------------------------------------ the owner's powers


@pytest.mark.parametrize(
    "kind", ["start", "pause", "resume", "skip", "close", "kick", "lock", "unlock", "hand_over", "options"]
)
def test_only_the_owner_and_operators_may(room, gleb, kind) -> None:
    gleb.post(f"/api/v1/rooms/{room['room_id']}/join")
    assert error(manage(gleb, room["room_id"], kind)) == (403, "not_owner", {})


def test_unknown_power_is_refused(room, olga) -> None:
    assert error(manage(olga, room["room_id"], "create")) == (409, "unknown_action", {})


def test_owner_pauses_and_goes_on(room, olga) -> None:
    paused = manage(olga, room["room_id"], "pause").json()["room"]
    assert isinstance(paused["paused"], int)
    answered = olga.post(f"/api/v1/rooms/{room['room_id']}/answer", {"answer": "any"})
    assert error(answered) == (409, "paused", {})
    resumed = manage(olga, room["room_id"], "resume").json()["room"]
    assert (resumed["paused"], resumed["phase_ends"] > room["phase_ends"]) == (None, True)


def test_same_ref_again_counts_once(room, olga) -> None:
    first, second = (manage(olga, room["room_id"], "skip", ref="x").json()["room"] for _ in range(2))
    assert (first["question"]["number"], second["question"]["number"]) == (2, 2)


def test_powers_used_too_often_are_429(room, olga, monkeypatch) -> None:
    monkeypatch.setitem(RATES, "managing", RATES["managing"]._replace(burst=2))
    assert [manage(olga, room["room_id"], "lock").status_code for _ in range(3)] == [200, 200, 429]


def test_operator_may_do_all_of_it(room) -> None:
    operator = client_of(UserFactory(is_staff=True))
    assert manage(operator, room["room_id"], "skip").json()["room"]["question"]["number"] == 2
    assert manage(operator, room["room_id"], "close", message="Bye").json()["room"]["state"] == "closed"
    assert Room.objects.get().close_message == "Bye"


def test_owner_starts_a_room_that_waits(waiting, olga) -> None:
    started = manage(olga, waiting["room_id"], "start").json()["room"]
    assert (started["state"], Room.objects.get().state) == ("running", "running")
    assert error(manage(olga, waiting["room_id"], "start")) == (409, "already_started", {})


def test_owner_changes_options_before_the_start(waiting, olga) -> None:
    wanted = {"questions": 1, "capacity": 7, "listed": False}
    changed = manage(olga, waiting["room_id"], "options", options=wanted).json()["room"]
    assert (changed["options"], changed["capacity"], changed["cnt_questions"]) == (
        {**waiting["options"], **wanted}, 7, 1,
    )  # fmt: skip
    row = Room.objects.get()
    assert (row.options, row.capacity, row.listed, row.display["cnt_questions"]) == (changed["options"], 7, False, 1)


def test_options_after_the_start_and_wrong_ones_are_refused(room, waiting_options, olga) -> None:
    assert error(manage(olga, room["room_id"], "options", options={"questions": 1})) == (409, "already_started", {})
    assert error(manage(olga, waiting_options, "options", options={"questions": 0}))[::2] == (
        400, {"questions": ["Ensure this value is greater than or equal to 1."]},
    )  # fmt: skip
    assert error(manage(olga, waiting_options, "options", options=5))[:2] == (400, "bad_message")


@pytest.fixture
def waiting_options(live_runner, olga, category) -> int:
    body = {**quiz(category), "name": "Waits", "min_players": 2}
    return olga.post("/api/v1/rooms", body).json()["room"]["room_id"]


def test_owner_kicks_once_and_for_all(room, olga, gleb, owner, guest) -> None:
    gleb.post(f"/api/v1/rooms/{room['room_id']}/join")
    for _ in range(2):
        kicked = manage(olga, room["room_id"], "kick", user=guest.pk).json()["room"]
        assert [player["id"] for player in kicked["players"]] == [owner.pk]
    assert stays(room["room_id"]) == [(owner.pk, ""), (guest.pk, "kicked")]
    for way in ("join", "watch"):
        assert error(gleb.post(f"/api/v1/rooms/{room['room_id']}/{way}")) == (403, "kicked", {})
    assert error(manage(olga, room["room_id"], "kick", user=4711)) == (403, "not_member", {})
    assert error(manage(olga, room["room_id"], "kick"))[:2] == (400, "bad_message")


def test_owner_closes(room, olga) -> None:
    for _ in range(2):
        assert manage(olga, room["room_id"], "close").json()["room"]["state"] == "closed"
    assert Room.objects.get().close_message == "Closed by its owner."


def test_locked_room_lets_nobody_new_in_until_it_is_unlocked(room, olga, gleb, owner, guest) -> None:
    assert manage(olga, room["room_id"], "lock").json()["room"]["locked"] is True
    assert error(gleb.post(f"/api/v1/rooms/{room['room_id']}/join")) == (409, "locked", {})
    assert (stays(room["room_id"]), live_players(room["room_id"])) == ([(owner.pk, "")], [owner.pk])
    assert manage(olga, room["room_id"], "unlock").json()["room"]["locked"] is False
    assert gleb.post(f"/api/v1/rooms/{room['room_id']}/join").status_code == 200


def test_locked_lobby_sends_newcomers_to_the_next(live_runner, olga, gleb, category) -> None:
    lobby = olga.post("/api/v1/rooms/enter", {"game": "quiz"}).json()["room"]
    manage(olga, lobby["room_id"], "lock")
    assert gleb.post("/api/v1/rooms/enter", {"game": "quiz"}).json()["room"]["name"] == "lobby 2"


def test_room_is_handed_over(room, olga, gleb, guest) -> None:
    gleb.post(f"/api/v1/rooms/{room['room_id']}/join")
    handed = manage(olga, room["room_id"], "hand_over", user=guest.pk).json()["room"]
    assert (handed["owner"], Room.objects.get().owner) == (guest.pk, guest)
    assert error(manage(olga, room["room_id"], "lock")) == (403, "not_owner", {})
    assert manage(gleb, room["room_id"], "lock").status_code == 200


def test_owner_who_leaves_hands_over(room, olga, gleb, guest) -> None:
    gleb.post(f"/api/v1/rooms/{room['room_id']}/join")
    assert olga.post(f"/api/v1/rooms/{room['room_id']}/leave").json()["room"]["owner"] == guest.pk
    assert Room.objects.get().owner == guest
    assert manage(gleb, room["room_id"], "pause").status_code == 200


# ------------------------------------------------------------------------------------------ spectators


def test_spectator_takes_no_seat_and_is_counted(room, gleb, owner) -> None:
    for _ in range(2):
        seen = gleb.post(f"/api/v1/rooms/{room['room_id']}/watch").json()["room"]
        assert ([player["id"] for player in seen["players"]], seen["spectators"]) == ([owner.pk], 1)
        assert seen["question"] == room["question"]
    assert stays(room["room_id"]) == [(owner.pk, "")]
    assert gleb.post(f"/api/v1/rooms/{room['room_id']}/unwatch").json()["room"]["spectators"] == 0
    played = gleb.post(f"/api/v1/rooms/{room['room_id']}/play", {"kind": "answer", "body": {"answer": "x"}})
    assert error(played) == (403, "not_member", {})


def test_private_room_is_watched_with_its_password(live_runner, olga, gleb, category) -> None:
    room = olga.post("/api/v1/rooms", {**quiz(category), "password": "sesame"}).json()["room"]
    path = f"/api/v1/rooms/{room['room_id']}/watch"
    assert error(gleb.post(path))[:2] == (403, "wrong_password")
    assert gleb.post(path, {"password": "sesame"}).json()["room"]["question"] == room["question"]


def test_view_of_an_outsider_has_what_the_game_allows_and_nothing_else(room, gleb, monkeypatch) -> None:
    everything = look(gleb, room["room_id"])
    assert everything["question"] == room["question"]
    monkeypatch.setattr("quiz.rules.game.QuizGame.public_fields", frozenset({"max_time", "cnt_questions"}))
    theirs = look(gleb, room["room_id"])
    hidden: dict[str, Any] = {"question": None, "category": None, "hint": None, "tries": []}
    assert theirs == {**everything, **hidden, "time": theirs["time"]}


def test_rating_is_that_of_the_rooms_game(live_runner, olga, owner: User, category) -> None:
    owner.ratings.create(game="chess", rating=2700)
    made = olga.post("/api/v1/rooms", quiz(category)).json()["room"]
    assert [player["rating"] for player in made["players"]] == [1500]
    olga.post(f"/api/v1/rooms/{made['room_id']}/leave")
    owner.ratings.create(game="quiz", rating=1700)
    made = olga.post("/api/v1/rooms", quiz(category)).json()["room"]
    assert [player["rating"] for player in made["players"]] == [1700]
