"""Everything that a client can make long, deep or large: taken at the limit, refused one past it."""

import json
from typing import Any

import pytest

from tests.hostile.conftest import Victim
from tests.wsgateway.client import Client
from tests.wsgateway.sockjs.wire import ask, new_session
from wsgateway.limits import Limits

LIMITS = Limits()
Json = dict[str, Any]


def answer(size: int) -> Json:
    """An answer of so many characters (of two bytes each)."""
    return {"action": "check_me", "room_id": 7, "answer": "ё" * size}


def lobby_answer(size: int) -> Json:
    """The same in its other spelling."""
    return {"game": "quiz", "lobby": 7, "answer": "ё" * size}


def lobby_name(size: int) -> Json:
    """A lobby's name of so many characters."""
    return {"game": "quiz", "name": "ё" * size}


def player(size: int) -> Json:
    """A `player` of so many bytes of JSON."""
    return {"game": "quiz", "player": {"x": "x" * (size - len('{"x":""}'))}}


def nested(field: str, depth: int) -> Json:
    """A field with objects and lists that many levels deep; `player` and `options` are the first."""
    value: Any = [0]
    for level in range(depth - 2):
        value = [value] if level % 2 else {"a": value}
    return {"game": "quiz", field: {"a": value}}


def ref(size: int) -> Json:
    """A request with a ref of so many characters."""
    return {"action": "sync", "room_id": 7, "v": 0, "ref": "ё" * size}


@pytest.mark.parametrize(
    ("make", "limit", "field"),
    [
        (answer, LIMITS.answer_chars, "answer"),
        (lobby_answer, LIMITS.answer_chars, "answer"),
        (lobby_name, LIMITS.name_chars, "name"),
        (player, LIMITS.player_bytes, "player (bytes)"),
        (ref, LIMITS.ref_chars, "ref"),
    ],
    ids=["answer", "answer in a lobby", "lobby name", "player", "ref"],
)
async def test_field_at_its_limit_and_over(victim: Victim, make: Any, limit: int, field: str):
    async with await victim.identified() as client:
        client.send(make(limit))
        assert (await client.until("error"))["code"] in (
            "unknown_room",
            "degraded",
        )  # taken in; there is no room, no Django

        client.send(make(limit + 1))
        assert await client.until("error") == {
            "action": "error", "code": "too_long", "message": f"{field}: at most {limit} allowed",
        }  # fmt: skip
        await client.quiet()


@pytest.mark.parametrize("field", ["player", "options", "unknown"])
async def test_depth_at_its_limit_and_over(victim: Victim, field: str):
    """Of the whole message, which is one level itself; also in a field that nobody reads."""
    async with await victim.identified() as client:
        client.send(nested(field, LIMITS.json_depth - 1))
        assert (await client.until("error"))["code"] == "degraded"  # taken in; there is no Django
        for levels in (LIMITS.json_depth, 400, 950, 3_000):
            text = json.dumps(nested(field, 5)).replace("[0]", "[" * (levels - 4) + "0" + "]" * (levels - 4))
            client.send(text)
            assert await client.until("error") == {
                "action": "error", "code": "too_long", "message": "nested deeper than 16 levels",
            }  # fmt: skip
        await client.quiet()


@pytest.mark.parametrize(("field", "limit"), [("token", LIMITS.token_chars), ("name", LIMITS.name_chars)])
async def test_connect_field_at_its_limit_and_over(victim: Victim, field: str, limit: int):
    async with await Client.open(victim.listen, raw=True) as client:
        connect = {"action": "connect", "id": 23, "token": "x", "name": "x"}
        client.send({**connect, field: "x" * (limit + 1)})
        assert (await client.until("error"))["message"] == f"{field}: at most {limit} allowed"
        client.send({**connect, field: "x" * limit})
        assert (await client.until("error"))["code"] == "degraded"  # looked up, and Django, who could tell, is not here


@pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
async def test_frame_at_its_limit_and_over(victim: Victim, raw: bool):
    async with await victim.identified(raw=raw) as client:
        ping = '{"action":"ping"}'
        text = ping if raw else json.dumps([ping])
        client.send_text(text + " " * (LIMITS.frame_bytes - len(text)))
        await client.until("pong")

        client.send_text(text + " " * (LIMITS.frame_bytes + 1 - len(text)))
        assert (await client.closed())[0] == 1009


async def test_message_over_http_at_its_limit_and_over(victim: Victim):
    session = new_session()
    await ask(victim.listen, "POST", session + "/xhr")
    ping = '{"action":"ping"}'
    longest = ping + " " * (LIMITS.frame_bytes - len(ping))

    assert (await ask(victim.listen, "POST", session + "/xhr_send", body=json.dumps([longest]))).status == 204
    over = await ask(victim.listen, "POST", session + "/xhr_send", body=json.dumps([longest + " "]))
    assert over.status in (400, 413)


async def test_body_at_its_limit_and_over(victim: Victim):
    session = new_session()
    await ask(victim.listen, "POST", session + "/xhr")
    small = '["{}"]'

    at = await ask(victim.listen, "POST", session + "/xhr_send", body=small + " " * (LIMITS.body_bytes - len(small)))
    assert at.status == 204
    assert await refusal(victim, "POST", session + "/xhr_send", body=" " * (LIMITS.body_bytes + 1)) in (0, 400, 413)


@pytest.mark.parametrize("path", ["/livez", "/ws/info", "/ws/websocket"])
async def test_headers_at_their_limit_and_over(victim: Victim, path: str):
    head = f"GET {path} HTTP/1.1\r\nHost: gamehub.test\r\nContent-Length: 0\r\nX-Long: \r\n\r\n"
    room = LIMITS.header_bytes - len(head) + len("Content-Length: 0\r\n")

    at = await ask(victim.listen, "GET", path, headers={"X-Long": "x" * room})
    assert at.status in (200, 400)  # 400: the socket's address without an upgrade
    assert await refusal(victim, "GET", path, headers={"X-Long": "x" * (LIMITS.header_bytes + 1)}) in (0, 400, 431)


async def refusal(victim: Victim, method: str, path: str, **request: Any) -> int:
    """The status; 0 when the connection was cut while we were still sending, which takes the answer with it."""
    try:
        return (await ask(victim.listen, method, path, **request)).status
    except (EOFError, ConnectionError):
        return 0


async def test_published_event_at_its_limit_and_over(victim: Victim):
    async with await victim.identified() as client:
        head, tail = '{"action":"big","x":"', '"}'
        longest = head + "x" * (LIMITS.event_bytes - len(head) - len(tail)) + tail
        redis = victim.valkey.client()
        dropped = drops(victim, "too_long")

        redis.publish("23", longest + " ")
        redis.publish("23", longest)
        assert len((await client.until("big"))["x"]) == LIMITS.event_bytes - len(head) - len(tail)
        await client.quiet()
        assert client.inbox == []
        assert drops(victim, "too_long") == dropped + 1


def drops(victim: Victim, reason: str) -> float:
    """What the gateway counted; 0 before the first."""
    line = f'gamehub_gateway_drops_total{{reason="{reason}"}}'
    try:
        return victim.process.metric(line)
    except AssertionError:
        return 0


async def test_ids_are_whole_numbers_that_json_can_carry(victim: Victim):
    async with await victim.identified() as client:
        for room_id, code in (
            (2**53, "unknown_room"),
            (2**53 + 1, "bad_message"),
            (-1, "bad_message"),
            (0, "unknown_room"),
        ):
            client.send({"action": "sync", "room_id": room_id, "v": 0, "ref": str(room_id)})
            assert (await client.until("error", ref=str(room_id)))["code"] == code


async def test_deep_json_is_an_error_and_no_recursion(victim: Victim):
    async with await victim.identified() as client:
        for sent, code in (
            ("[" * 8000 + "]" * 8000, "too_long"),
            ('{"action":"ping","x":' + '{"a":' * 2000, "bad_json"),
            ('{"game":"quiz","player":' + "[" * 8000, "bad_json"),
        ):
            client.send(sent)
            assert (await client.until("error"))["code"] == code
        await client.quiet()
