"""Recovery, every case by name: a client that lost its socket ends with what an undisturbed one saw."""

import asyncio
import json
import signal
import socket
from typing import Any

import pytest
import redis

from rooms.live.limits import LIMITS as LIVE_LIMITS
from tests.conftest import Valkey
from tests.faults.conftest import Pair, StartGateway
from tests.faults.proxy import Proxy
from tests.faults.room_copy import RoomCopy
from tests.faults.stage import ROOM, Stage, answers_of

ME, OTHER = 1, 2


async def away(stage: Stage, pair: Pair, *texts: str) -> tuple[RoomCopy, int]:
    """I was in the room with OTHER and heard nothing since; meanwhile OTHER tried `texts`. My copy, and its v."""
    v = await stage.open_room(ME, OTHER)
    await stage.say(OTHER, *texts)
    return RoomCopy(ROOM, v), v


def summary(copy: RoomCopy) -> list[tuple[int, str, Any]]:
    """(v, action, what was tried) of the events."""
    return [(event["v"], event["action"], event.get("answer")) for event in copy.events]


async def test_same_position(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair)
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        assert client.heard_of("synced") == [{"action": "synced", "room_id": ROOM, "v": v, "events": []}]
        assert (mine.events, mine.views) == ([], [])


async def test_gap_inside_the_log(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair, "a", "b", "c")
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        assert summary(mine) == [(v + n, "new_answer", text) for n, text in enumerate("abc", 1)]
        assert mine.events == stage.log()[-3:]
        assert mine.views == []


async def test_gap_seen_while_connected(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair)
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        stage.redis.publish(
            str(ME), json.dumps({"action": "new_answer", "room_id": ROOM, "v": v + 9, "user": {"id": OTHER}})
        )
        await client.until(lambda: len(client.heard_of("synced")) == 2)


async def test_log_already_trimmed_gives_the_whole_room(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair)
    for n in range(LIVE_LIMITS.log):
        command = {"kind": "answer", "user": OTHER, "body": {"id": None, "answer": f"no {n}"}}
        stage.redis.rpush(f"room:{ROOM}:inbox", json.dumps(command))
    await stage.say(OTHER, "last")
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        assert [(view["v"], view["state"]) for view in mine.views] == [(v + LIVE_LIMITS.log + 1, "running")]
        assert mine.views[0]["tries"][-1]["answer"] == "last"
        assert mine.events == []


async def test_log_gone_gives_the_whole_room(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair, "a")
    stage.redis.delete(f"room:{ROOM}:log")
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        assert [(view["v"], view["tries"][0]["answer"]) for view in mine.views] == [(v + 1, "a")]


async def test_redis_flushed_says_that_the_room_is_gone(stage: Stage, pair: Pair):
    mine, _ = await away(stage, pair, "a")
    stage.redis.flushall()
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        assert mine.refusals == ["unknown_room"]
        assert client.heard_of("connected")[0]["rooms"] == []


async def test_version_from_the_future_gives_the_whole_room(stage: Stage, pair: Pair):
    _, v = await away(stage, pair, "a")
    mine = RoomCopy(ROOM, v + 1000)
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        assert [view["v"] for view in mine.views] == [v + 1]
        await stage.say(OTHER, "b")
        await client.until(lambda: mine.v == v + 2)
        assert summary(mine) == [(v + 2, "new_answer", "b")]


def keys_of_the_room(client: Any) -> dict[bytes, bytes]:
    """All that Redis holds of it, as DUMP gives it."""
    return {key: client.dump(key) for key in client.keys(f"room:{ROOM}:*")}


async def test_redis_came_back_as_it_was_and_the_room_went_on(stage: Stage, pair: Pair, valkey: Valkey):
    """A replica that lagged behind took over: versions that I know came a second time, with other events."""
    mine, v = await away(stage, pair)
    raw = redis.Redis(unix_socket_path=str(valkey.socket))
    before = keys_of_the_room(raw)
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        await stage.say(OTHER, "a", "b", "c")
        await client.until_version(ROOM, v + 3)
    for key, value in before.items():
        raw.restore(key, 0, value, replace=True)
    await stage.say(OTHER, "x", "y", "z")
    for text in ("", "w"):  # the same version as mine, and a later one
        await stage.say(OTHER, *[text] if text else [])
        async with stage.client(ME, pair[1], mine) as client:
            await client.until_connected()
            fresh = stage.live.read_view(ROOM, ME)
            assert fresh is not None
            assert {**mine.views[-1], "time": 0} == {**fresh, "time": 0}
            assert (mine.v, mine.mark) == (fresh["v"], fresh["mark"])
        mine = RoomCopy(ROOM, v + 3, mark=12345)
    assert [one["answer"] for one in (fresh or {})["tries"]] == ["x", "y", "z", "w"]
    raw.close()


async def test_room_closed_meanwhile(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair, "a")
    await stage.command("close", None, {"message": "closed by the operator"})
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        assert summary(mine) == [(v + 1, "new_answer", "a"), (v + 2, "close_room", None)]
        assert mine.events[-1]["message"] == "closed by the operator"
        assert client.heard_of("connected")[0]["rooms"] == []


async def test_member_no_longer(stage: Stage, pair: Pair):
    mine, _ = await away(stage, pair, "a")
    await stage.command("kick", OTHER, {"user": ME})
    async with stage.client(ME, pair[0], mine) as client:
        await client.until_connected()
        assert (mine.refusals, mine.events, mine.views) == (["not_member"], [], [])


async def test_reconnect_to_another_gateway(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair)
    doors = iter([pair[0].listen, pair[1].listen])
    async with stage.client(ME, lambda: next(doors), mine) as client:
        await client.until_connected()
        await stage.say(OTHER, "a")
        await client.until(lambda: mine.v == v + 1)
        assert client.socket is not None
        client.socket.abandon()
        await stage.say(OTHER, "b")
        await client.until_connected(2)
        await stage.say(OTHER, "c")
        await client.until(lambda: mine.v == v + 3)
        assert mine.events == stage.log()[-3:]


async def test_reconnect_before_the_old_socket_was_noticed_dead(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair)
    async with stage.client(ME, pair[0], mine) as client, stage.client(OTHER, pair[0]) as watcher:
        await client.until_connected()
        await watcher.until_connected()
        client.lose_socket()
        await stage.say(OTHER, "a")
        await client.until_connected(2)
        await stage.say(OTHER, "b")
        await client.until(lambda: mine.v == v + 2)
        assert mine.events == stage.log()[-2:]
        client.left_open.pop().abandon()
        await stage.say(OTHER, "c")
        await client.until(lambda: mine.v == v + 3)
        assert watcher.heard_of("someone_disconnected", id=ME) == []


async def test_events_in_the_instant_of_the_connect_are_not_lost(stage: Stage, pair: Pair):
    mine, v = await away(stage, pair)

    async def play() -> None:
        for n in range(60):
            await stage.say(OTHER, f"try {n}")

    async def come_and_go() -> None:
        while not playing.done():
            async with stage.client(ME, pair[1], mine) as client:
                await client.until_connected()

    playing = asyncio.create_task(play())
    await asyncio.gather(playing, come_and_go())
    async with stage.client(ME, pair[1], mine) as client:
        await client.until(lambda: mine.v == v + 60)
    assert mine.events == stage.log()[-60:]


UPGRADE = (
    "Host: gamehub.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
)
HIXIE76 = (
    "Host: gamehub.test\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nOrigin: http://gamehub.test\r\n"
    "Sec-WebSocket-Key1: 1 2\r\nSec-WebSocket-Key2: 1 2\r\n"
)


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize(
    "request_text",
    [
        f"GET /ws/websocket HTTP/1.1\r\n{UPGRADE}\r\n",
        f"GET /ws/000/gone/websocket HTTP/1.1\r\n{UPGRADE}\r\n",
        f"GET /ws/websocket HTTP/1.1\r\n{UPGRADE}Origin: http://elsewhere.test\r\n\r\n",
        f"GET /ws/000/gone/websocket HTTP/1.1\r\n{HIXIE76}\r\n12345678",
        *(f"POST /ws/000/gone/{way} HTTP/1.1\r\nHost: a\r\n\r\n" for way in ("xhr", "xhr_streaming", "xhr_send")),
        *(
            f"GET /ws/000/gone/{way} HTTP/1.1\r\nHost: a\r\n\r\n"
            for way in ("eventsource", "htmlfile?c=a", "jsonp?c=a")
        ),
        "GET /ws/info HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
async def test_clients_gone_in_the_handshake_harm_nobody(
    stage: Stage, start_gateway: StartGateway, request_text: str, *, frozen: bool
):
    """Frozen: what they sent and their end are heard of in one moment, as on a machine that has no time."""
    gateway = start_gateway()
    clients = [socket.socket(socket.AF_UNIX) for _ in range(50)]
    for one in clients:
        one.connect(str(gateway.path))
    assert gateway.get("/readyz")[0] == 200  # so it has taken in those before, and waits for what they want
    if frozen:
        gateway.signal(signal.SIGSTOP)
    for one in clients:
        one.sendall(request_text.encode())
        one.close()
    if frozen:
        gateway.signal(signal.SIGCONT)
    async with stage.client(ME, gateway) as client:
        await client.until_connected()
    assert [line for line in gateway.log.read_text().splitlines() if '"level": "error"' in line] == []
    assert "Traceback" not in gateway.log.read_text()


class TestSentAgain:
    """The same ref counts once."""

    async def test_socket_cut_right_after_sending(self, stage: Stage, pair: Pair, tmp_path_factory: Any):
        mine, v = await away(stage, pair)
        async with (
            await Proxy.start("127.0.0.1:0", pair[0].listen) as proxy,
            stage.client(ME, proxy, mine) as client,
        ):
            await client.until_connected()
            ref = client.answer(ROOM, "once")
            await asyncio.sleep(0)  # the frame is in the socket
            await asyncio.to_thread(wait_until_taken_in, stage, v + 1)
            proxy.cut_all()
            client.pending[ref] = {"game": "quiz", "lobby": ROOM, "answer": "once", "ref": ref}  # as if never answered
            await client.until(lambda: client.sockets == 2 and client.is_level)
            await client.until(lambda: client.settled.get(ref) == "done" or not client.pending)
            await stage.say(OTHER, "after")
            await client.until(lambda: mine.v == v + 2)
        assert answers_of(stage.log(), ME) == ["once"]
        assert mine.events == stage.log()[-2:]

    async def test_again_on_the_other_gateway_at_the_same_time(self, stage: Stage, pair: Pair):
        mine, v = await away(stage, pair)
        async with stage.client(ME, pair[0], mine) as here, stage.client(ME, pair[1], RoomCopy(ROOM, v)) as there:
            await here.until_connected()
            await there.until_connected()
            assert here.answer(ROOM, "once") == there.answer(ROOM, "once")
            await here.until(lambda: mine.v == v + 1)
            await stage.say(OTHER, "after")
            await here.until(lambda: mine.v == v + 2)
        assert answers_of(stage.log(), ME) == ["once"]

    async def test_a_refused_one_is_refused_again(self, stage: Stage, pair: Pair):
        mine, _ = await away(stage, pair)
        async with stage.client(ME, pair[0], mine) as client:
            await client.until_connected()
            ref = client.answer(ROOM, "x", question=99)
            await client.until(lambda: ref in client.settled)
            assert client.socket is not None
            client.socket.send({"action": "check_me", "room_id": ROOM, "id": 99, "answer": "x", "ref": ref})
            await client.until(lambda: len(client.heard_of("error", ref=ref)) == 2)
            first, again = client.heard_of("error", ref=ref)
            assert first == again


def wait_until_taken_in(stage: Stage, v: int) -> None:
    """The room has come to that version."""
    while int(stage.redis.hget(f"room:{ROOM}:state", "v") or 0) < v:
        pass
