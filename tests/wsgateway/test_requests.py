"""What a client may send, and the error that names what is wrong with it."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import protocol as quiz_protocol
from wsgateway.limits import Limits
from wsgateway.messages import BadMessage, read_request
from wsgateway.wire import client_in, client_out
from wsgateway.wire.errors import ERRORS

LIMITS = Limits()


def refusal(text: bytes) -> tuple[str, str, str | None]:
    """(code, message, ref) of the error."""
    with pytest.raises(BadMessage) as bad:
        read_request(text, LIMITS)
    return bad.value.error.code, bad.value.error.message, bad.value.error.ref


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ({"action": "connect", "id": 23, "name": "b", "token": "t"}, client_in.Connect(23, "t", "b")),
        ({"action": "check_me", "room_id": 7, "id": 311, "answer": "x"}, quiz_protocol.CheckMe(7, "x", 311)),
        ({"action": "check_me", "room_id": 7, "answer": "x", "more": [1]}, quiz_protocol.CheckMe(7, "x")),
        ({"action": "leave", "room_id": 7, "ref": "r"}, client_in.Leave(7, "r")),
        ({"action": "sync", "room_id": 7, "v": 0}, client_in.Sync(7, 0)),
        ({"action": "ping"}, client_in.Ping()),
        ({"game": "quiz", "name": "lobby"}, client_in.EnterGame("quiz", "lobby")),
        (
            {"game": "quiz", "name": "l", "player": {"hat": 1}, "options": {"category": 3}},
            client_in.EnterGame("quiz", "l", {"hat": 1}, {"category": 3}),
        ),
        ({"game": "quiz", "lobby": 7, "answer": "x"}, quiz_protocol.LobbyAnswer("quiz", 7, "x")),
        ({"action": None, "game": "quiz"}, client_in.EnterGame("quiz")),
        ({"action": "check_me", "room_id": 7, "answer": "x" * 200}, quiz_protocol.CheckMe(7, "x" * 200)),
        ({"action": "leave", "room_id": 2**53}, client_in.Leave(2**53)),
    ],
)
def test_request_read(sent: dict[str, Any], taken: msgspec.Struct):
    assert read_request(json.dumps(sent).encode(), LIMITS) == taken


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (b"", ("bad_json", "This is not JSON.", None)),
        (b"{", ("bad_json", "This is not JSON.", None)),
        (b"hello", ("bad_json", "This is not JSON.", None)),
        (b'{"action":"ping"} {}', ("bad_json", "This is not JSON.", None)),
        (b'{"action":"\xff"}', ("bad_json", "This is not JSON.", None)),
        (b"[" * 50_000, ("too_long", "nested deeper than 16 levels", None)),
        (b'{"action":"ping","x":' + b"[" * 50_000, ("too_long", "nested deeper than 16 levels", None)),
        (b"[]", ("bad_message", "a message is a JSON object", None)),
        (b'"ping"', ("bad_message", "a message is a JSON object", None)),
        (b"{}", ("bad_message", "action: missing", None)),
        (b'{"action":7}', ("bad_message", "action: expected a string", None)),
        (b'{"action":"dance","ref":"r"}', ("unknown_action", "There is no such action.", "r")),
        (b'{"action":"leave","ref":"r"}', ("bad_message", "room_id: missing", "r")),
        (b'{"action":"leave","room_id":"7"}', ("bad_message", "room_id: expected int, got str", None)),
        (b'{"action":"leave","room_id":7.5}', ("bad_message", "room_id: expected int, got float", None)),
        (b'{"action":"leave","room_id":-1}', ("bad_message", "room_id: out of range", None)),
        (b'{"action":"leave","room_id":9007199254740993}', ("bad_message", "room_id: out of range", None)),
        (b'{"action":"sync","room_id":7,"v":null}', ("bad_message", "v: expected int, got null", None)),
        (b'{"action":"ping","ref":7}', ("bad_message", "ref: expected str | null, got int", None)),
        (b'{"game":7}', ("bad_message", "game: expected str, got int", None)),
        (b'{"game":"quiz","lobby":"x","answer":"x"}', ("bad_message", "lobby: expected int, got str", None)),
        (
            b'{"action":"check_me","room_id":7,"answer":"a\\u0000b","ref":"r"}',
            ("bad_message", "answer: a NUL character", "r"),
        ),
        (
            '{"game":"quiz","lobby":7,"answer":"\u202eabc"}'.encode(),
            ("bad_message", "answer: characters that change the direction of writing", None),
        ),
        (
            b'{"action":"check_me","room_id":7,"answer":"z' + "\u0301".encode() * 4 + b'"}',
            ("bad_message", "answer: at most 3 marks on a letter", None),
        ),
        (b'{"game":"quiz","player":[]}', ("bad_message", "player: expected object | null, got array", None)),
    ],
)
def test_refused(sent: bytes, error: tuple[str, str, str | None]):
    assert refusal(sent) == error


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({"action": "check_me", "room_id": 7, "answer": "x" * 201}, "answer"),
        ({"game": "quiz", "lobby": 7, "answer": "x" * 201}, "answer"),
        ({"action": "ping", "ref": "x" * 65}, "ref"),
        ({"action": "connect", "id": 1, "token": "x" * 257}, "token"),
        ({"action": "refresh", "token": "x" * 257}, "token"),
        ({"action": "connect", "id": 1, "token": "x", "name": "x" * 101}, "name"),
        ({"game": "quiz", "name": "x" * 101}, "name"),
        ({"game": "quiz", "player": {"x": "x" * 1024}}, "player (bytes)"),
        ({"action": "play", "room_id": 7, "kind": "x" * (LIMITS.kind_chars + 1)}, "kind"),
        ({"action": "play", "room_id": 7, "kind": "k", "body": {"x": "x" * LIMITS.play_bytes}}, "body (bytes)"),
    ],
)
def test_too_long_names_the_field(message: dict[str, Any], field: str):
    code, text, _ = refusal(json.dumps(message).encode())
    assert (code, text.partition(":")[0]) == ("too_long", field)


@pytest.mark.parametrize("levels", [17, 400, 950, 10_000])
def test_too_deep_is_refused_before_anything_walks_it(levels: int):
    inside = b'{"a":' * (levels - 1) + b"1" + b"}" * (levels - 1)
    for message in (b'{"game":"quiz","player":%b}', b'{"action":"ping","x":%b}'):
        assert refusal(message % inside) == ("too_long", "nested deeper than 16 levels", None)


def test_longest_player_taken():
    player = {"x": "x" * (1024 - len('{"x":""}'))}
    assert read_request(json.dumps({"game": "quiz", "player": player}).encode(), LIMITS) == client_in.EnterGame(
        "quiz", player=player
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELD = st.sampled_from(
    ["action", "game", "id", "room_id", "v", "mark", "answer", "lobby", "token", "name", "player", "options", "ref"]
)
VALUE = JSON | st.sampled_from(["connect", "refresh", "check_me", "leave", "sync", "ping", "quiz"])


@settings(max_examples=400, deadline=None)
@given(
    st.dictionaries(FIELD, VALUE).map(json.dumps).map(str.encode) | JSON.map(json.dumps).map(str.encode) | st.binary()
)
def test_anything_is_read_or_refused(text: bytes):
    try:
        request: msgspec.Struct = read_request(text, LIMITS)
    except BadMessage as bad:
        request = bad.error
    if isinstance(request, client_out.Error):
        assert request.code in ERRORS
        assert request.message
    else:
        assert read_request(msgspec.json.encode(request), LIMITS) == request
