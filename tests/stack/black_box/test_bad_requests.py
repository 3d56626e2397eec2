"""Bad input of every kind on every REST door: the right 4xx in the one envelope, never a 500, and life goes on."""

from typing import Any

import pytest
import requests

from tests.stack.black_box.player import PASSWORD, Player
from tests.stack.black_box.table import ERROR, faults
from tests.stack.product import Product

Json = dict[str, Any]

#: (method, path, a body whose fields are replaced by wrong ones, one by one)
PUBLIC: list[tuple[str, str, Json]] = [
    ("POST", "registration", {"name": "somebody", "password": PASSWORD, "email": "somebody@example.org"}),
    ("POST", "login", {"name": "somebody", "password": PASSWORD}),
    ("POST", "password-reset", {"email": "somebody@example.org"}),
    ("POST", "password-reset/confirm", {"uid": "MQ", "token": "x-y", "password": PASSWORD}),
]
PRIVATE: list[tuple[str, str, Json]] = [
    ("PATCH", "profile", {"name": "somebody", "language": "en", "about": "x"}),
    ("POST", "profile/password", {"old_password": PASSWORD, "new_password": PASSWORD}),
    ("POST", "rooms", {"game": "quiz", "name": "x", "options": {"category": 1}}),
    ("POST", "rooms/enter", {"game": "quiz", "name": "x", "player": {}, "options": {"category": 1}}),
    ("POST", "rooms/{room}/join", {"password": "x", "player": {}}),
    ("POST", "rooms/{room}/answer", {"answer": "x", "id": 1, "ref": "x"}),
    (
        "POST",
        "quiz/new",
        {"category": 1, "name": "x", "questions": 5, "max_time": 20, "min_players": 1, "capacity": 5, "language": "en"},
    ),
]
GETS = ["profile", "rooms", "rooms/{room}", "quiz/categories", "online"]
BARE = [("POST", "logout"), ("POST", "logout-all"), ("POST", "rooms/{room}/leave"), ("POST", "profile/avatar")]
PRIVATE_PATHS = [*((method, path) for method, path, _ in PRIVATE), *(("GET", path) for path in GETS), *BARE]

#: what no field takes, whatever its type, sent as JSON text
WRONG = {
    "list": "[1]",
    "nested": '{"a": {"b": [{}]}}',
    "true": "true",
    "fraction": "1.5",
    "huge": "1" + "0" * 400,
    "negative": "-1",
    "long": '"' + "x" * 20_000 + '"',
    "nul": '"a\\u0000b"',
    "half a pair": '"\\ud800"',
}
#: fields that take one of those: any object of a player's, and options with names that are none of the game's
TAKEN = {("player", "nested"), ("options", "nested")}


@pytest.fixture(scope="module")
def player(stack: Product) -> Player:
    """Who asks."""
    return Player(stack.url)


@pytest.fixture(scope="module")
def room(player: Player, category: int) -> int:
    """A room he is in, which outlives the tests."""
    number: int = player.new_quiz(category, max_time=120, name=f"bad input {player.id}")["room_id"]
    return number


@pytest.fixture(scope="module", autouse=True)
def all_is_well_afterwards(player: Player, room: int, stack: Product) -> Any:
    """Whatever was sent, he is still who he was, and no process fell."""
    before = (stack.told(), player.profile())
    yield
    assert (stack.told(), player.profile()) == before
    assert player.room("GET", f"rooms/{room}")["state"] == "running"


def refused(response: requests.Response, *statuses: int) -> Json:
    """The body of a refusal: one of these statuses, JSON, the error's envelope."""
    assert response.status_code in statuses, (response.status_code, response.text[:500])
    assert response.headers["Content-Type"].startswith("application/json")
    body: Json = response.json()
    assert (body["status"], faults(body, ERROR)) == (1, [])
    return body


def send(
    player: Player, method: str, path: str, room: int, data: bytes | None = None, **headers: str | bytes
) -> requests.Response:
    """A request with these very bytes."""
    url = f"{player.url}/api/v1/{path.format(room=room)}"
    known: dict[str, str | bytes] = {"Authorization": f"Token {player.token}", "Content-Type": "application/json"}
    return requests.request(method, url, data=data, headers=known | headers, timeout=20)


def with_wrong(body: Json, field: str, wrong: str) -> bytes:
    """The body as JSON, one field's value replaced."""
    import json

    parts = [f"{json.dumps(name)}: {wrong if name == field else json.dumps(value)}" for name, value in body.items()]
    return ("{" + ", ".join(parts) + "}").encode()


FIELDS = [(method, path, body, field) for method, path, body in [*PUBLIC, *PRIVATE] for field in body]


@pytest.mark.parametrize(("method", "path", "body", "field"), FIELDS, ids=[f"{each[1]}-{each[3]}" for each in FIELDS])
def test_wrong_value_in_any_field_is_refused_by_name(
    player: Player, room: int, method: str, path: str, body: Json, field: str
):
    for kind, wrong in WRONG.items():
        if (field, kind) in TAKEN:
            continue
        told = refused(send(player, method, path, room, with_wrong(body, field, wrong)), 400)
        unreadable = told["code"] == "bad_request" and told["errors"] == {}
        assert unreadable or {name.partition(".")[0] for name in told["errors"]} >= {field}, (kind, told)


@pytest.mark.parametrize(("method", "path", "body"), [*PUBLIC, *PRIVATE], ids=lambda each: str(each)[:30])
def test_body_that_is_no_json_object_is_refused(player: Player, room: int, method: str, path: str, body: Json):
    for data in (
        b"{",
        b"[]",
        b'"x"',
        b"23",
        b"null",
        b"\xff\xfe",
        b'{"name": "\xff"}',
        b"[" * 5000,
        b"nan",
        b'{"a": NaN}',
    ):
        refused(send(player, method, path, room, data), 400)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "\N{SNOWMAN}"):
        response = send(player, method, path, room, b"name=x", **{"Content-Type": kind.encode()})
        refused(response, 400, 415)


@pytest.mark.parametrize(("method", "path"), PRIVATE_PATHS)
def test_no_token_or_a_wrong_one_is_401_and_says_how(player: Player, room: int, method: str, path: str):
    for token in ("", "Token", "Token x", f"Token {'0' * 64}", f"Bearer {player.token}", f"Token {player.token} x"):
        response = send(player, method, path, room, b"{}", Authorization=token)
        body = refused(response, 401)
        assert (response.headers["WWW-Authenticate"], body["code"]) == ("Token", "unauthorized")


@pytest.mark.parametrize("path", ["profile", "rooms", "login", "nothing", "schema"])
def test_header_that_is_not_utf_8_is_a_clean_400(player: Player, path: str):
    for name in ("X-Thing", "Authorization", "Accept-Language", "User-Agent", "Cookie"):
        response = send(player, "GET", path, 0, **{name: b"Token \xff\xfe"})
        assert refused(response, 400)["code"] == "bad_request"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80@127.0.0.1", "a\xffb"])
def test_host_that_is_not_ours_is_a_clean_400(player: Player, host: str):
    response = player.raw("POST", "password-reset", {"email": player.email}, headers={"Host": host.encode("latin-1")})

    assert response.status_code == 400


@pytest.mark.parametrize("path", [*GETS, "quiz/categories?language=ru", "rooms?state=running", "online?page=1"])
def test_path_with_a_final_slash_is_the_same(player: Player, room: int, path: str):
    path, _, query = path.format(room=room).partition("?")

    plain, slashed = (player.raw("GET", f"{path}{slash}?{query}", allow_redirects=False) for slash in ("", "/"))

    assert (plain.status_code, slashed.status_code) == (200, 200)
    assert plain.json().keys() == slashed.json().keys()


def test_post_with_a_final_slash_is_the_same(player: Player, category: int):
    room = player.rest("POST", "quiz/new/", {"category": category}, status=201)["room_id"]

    assert player.room("POST", f"rooms/{room}/leave/")["state"] == "closed"


@pytest.mark.parametrize(
    "path",
    ["nothing", "rooms/0", "rooms/999999999", f"rooms/{'9' * 30}", "rooms/x", "rooms/-1", "rooms/1/x", "rooms/%ff"],
)
def test_address_of_nothing_is_404(player: Player, path: str):
    refused(player.raw("GET", path), 404, 400)
    assert player.raw("GET", f"{path}%00").status_code == 400  # nginx's own answer


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page_size=0", "page_size=101", "page_size=x", "state=open", "game=\0", "page=%ff"]
)
def test_wrong_query_of_a_list_is_refused(player: Player, query: str):
    refused(player.raw("GET", f"rooms?{query}"), 400, 404)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "login"), ("DELETE", "profile"), ("PUT", "rooms"), ("POST", "online")]
)
def test_wrong_method_is_405_and_says_which_are_right(player: Player, method: str, path: str):
    response = player.raw(method, path)

    assert (refused(response, 405)["code"], "Allow" in response.headers) == ("method_not_allowed", True)


@pytest.mark.parametrize("size", [300_000, 3_000_000])
@pytest.mark.parametrize("path", ["login", "rooms", "quiz/new"])
def test_body_too_large_is_413(player: Player, path: str, size: int):
    assert refused(send(player, "POST", path, 0, b'{"a": "' + b"x" * size + b'"}'), 413)["code"] == "too_large"


NO_PICTURES = {
    "empty": b"",
    "x": b"x",
    "gif": b"GIF89a",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "svg": b"<svg/>",
    "large": b"x" * 2_200_000,
}


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES)
def test_avatar_that_is_no_picture_we_take_is_refused(player: Player, content: bytes):
    response = player.raw("POST", "profile/avatar", files={"avatar": ("a.png", content, "image/png")})

    assert list(refused(response, 400, 413)["errors"]) in (["avatar"], [])


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("rooms/{room}/answer", {"answer": "x", "id": 999_999_999}, 409, "wrong_question"),
        ("rooms/999999999/answer", {"answer": "x"}, 404, "unknown_room"),
        ("rooms/999999999/join", {}, 404, "unknown_room"),
        ("rooms/999999999/leave", {}, 404, "unknown_room"),
        ("rooms", {"game": "chess", "options": {"category": 1}}, 404, "unknown_game"),
        ("rooms/enter", {"game": "chess", "name": "x"}, 404, "unknown_game"),
        ("quiz/new", {"category": 999_999_999}, 404, "unknown_category"),
        ("quiz/new", {}, 400, "invalid"),
        ("rooms", {}, 400, "invalid"),
        ("registration", {"name": "x" * 65, "password": PASSWORD, "email": "a@example.org"}, 400, "invalid"),
        ("registration", {"name": "fine name", "password": "12345678", "email": "a@example.org"}, 400, "invalid"),
        ("registration", {"name": "fine name", "password": PASSWORD, "email": "no address"}, 400, "invalid"),
        ("password-reset/confirm", {"uid": "MQ", "token": "x-y", "password": PASSWORD}, 400, "bad_link"),
        ("login", {"name": "nobody at all", "password": PASSWORD}, 401, "wrong_credentials"),
    ],
)
def test_what_can_t_be_done_is_told_by_code(player: Player, room: int, path: str, body: Json, status: int, code: str):
    assert refused(player.raw("POST", path.format(room=room), body), status)["code"] == code


def test_name_is_unique_whatever_its_case_and_script(player: Player):
    latin = Player(player.url, f"Paco {player.id}")
    twins = (latin.name.upper(), latin.name.replace("a", "а").replace("c", "с").replace("o", "о"))

    for name in twins:
        body = {"name": name, "password": PASSWORD, "email": f"other{player.id}@example.org"}
        assert list(refused(player.raw("POST", "registration", body), 400)["errors"]) == ["name"]


def test_guessing_a_password_is_stopped_with_when_to_come_back(player: Player):
    guessed = Player(player.url)
    wrong = {"name": guessed.name, "password": "not this one"}

    answers = [player.raw("POST", "login", wrong) for _ in range(11)]

    assert [answer.status_code for answer in answers[:9]] == [401] * 9
    assert answers[0].headers["WWW-Authenticate"] == "Token"
    assert refused(answers[-1], 429)["code"] == "locked_out"
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert refused(player.raw("POST", "login", wrong | {"password": PASSWORD}), 429)
