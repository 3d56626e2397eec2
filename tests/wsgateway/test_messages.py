"""Bad input and too much of it, over real sockets."""

import json

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, give_token
from wsgateway.wire.many import as_chatter, encode_many


@pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
async def test_error_names_what_was_wrong(gateway: GatewayProcess, valkey: Valkey, raw: bool):
    async with await Client.open(gateway.listen, raw=raw) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        for sent in ("{", {"action": "dance"}, {"action": "leave", "ref": "r"}, {"action": "ping", "ref": "x" * 99}):
            client.send(sent)
        await client.quiet()
        assert client.inbox == [
            {"action": "error", "code": "bad_json", "message": "This is not JSON."},
            {"action": "error", "code": "unknown_action", "message": "There is no such action."},
            {"action": "error", "code": "bad_message", "message": "room_id: missing", "ref": "r"},
            {"action": "error", "code": "too_long", "message": "ref: at most 64 allowed"},
        ]


async def test_pong_carries_time_and_ref(gateway: GatewayProcess, valkey: Valkey):
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        client.send({"action": "ping", "ref": "r"})
        pong = await client.until("pong")
        assert pong == {"action": "pong", "time": pong["time"], "ref": "r"}
        assert abs(pong["time"] - int(valkey.client().time()[0]) * 1000) < 60_000


async def test_error_not_connected(gateway: GatewayProcess):
    async with await Client.open(gateway.listen) as client:
        client.send({"action": "sync", "room_id": 1, "v": 0, "ref": "r"})
        assert (await client.until("error"))["code"] == "not_connected"


async def test_closed_4029_at_the_tenth_bad_message(gateway: GatewayProcess, valkey: Valkey):
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        for _ in range(9):
            client.send("{")
        await client.quiet()
        client.send("{")
        assert await client.closed() == (4029, "too many bad messages")
        assert len(client.inbox) == 10


async def test_too_fast_beyond_the_burst(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"messages_burst": 5, "messages_per_s": 0.001})
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        for ref in "abcd":
            client.send({"action": "ping", "ref": ref})
        await client.until("pong", ref="d")
        client.send({"action": "ping", "ref": "e"})
        assert (await client.until("error"))["code"] == "too_fast"


async def test_too_fast_answers(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"answers_burst": 2, "answers_per_s": 0.001})
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        for ref in "abc":
            client.send({"action": "check_me", "room_id": 7, "answer": "x", "ref": ref})
        assert (await client.until("error", ref="a"))["code"] == "unknown_room"
        assert (await client.until("error", ref="b"))["code"] == "unknown_room"
        assert (await client.until("error", ref="c"))["code"] == "too_fast"
        await client.quiet()


async def test_unknown_room_of_every_request(gateway: GatewayProcess, valkey: Valkey):
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        client.send({"action": "sync", "room_id": 99, "v": 4, "ref": "sync"})
        client.send({"action": "check_me", "room_id": 99, "answer": "x", "ref": "check_me"})
        client.send({"game": "quiz", "lobby": 99, "answer": "x", "ref": "lobby"})
        for ref in ("sync", "check_me", "lobby"):
            assert (await client.until("error", ref=ref))["code"] == "unknown_room"


async def test_degraded_enter_and_leave_django_away(gateway: GatewayProcess, valkey: Valkey):
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        client.send({"game": "quiz", "name": "lobby", "ref": "enter"})
        client.send({"action": "leave", "room_id": 7, "ref": "leave"})
        assert (await client.until("error", ref="enter"))["code"] == "degraded"
        assert (await client.until("error", ref="leave"))["code"] == "degraded"


class TestSlowConsumer:
    """A client that does not read."""

    @pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
    async def test_cut_3008_others_unharmed(self, gateway: GatewayProcess, valkey: Valkey, raw: bool):
        async with await Client.open(gateway.listen, raw=raw) as slow, await Client.open(gateway.listen) as other:
            await slow.connect(23, give_token(valkey.client(), 23))
            await other.connect(24, give_token(valkey.client(), 24))
            slow.reader._transport.pause_reading()  # type: ignore[attr-defined]
            big = json.dumps({"action": "big", "x": "x" * 50_000})
            for _ in range(40):
                valkey.client().publish("many", "23,24\n" + big)
                await other.until("big")
            slow.reader._transport.resume_reading()  # type: ignore[attr-defined]
            assert (await slow.closed())[0] == 3008
        assert gateway.metric('gamehub_gateway_closes_total{code="3008"}') == 1

    async def test_chatter_left_out_then_resync(self, start_gateway: StartGateway, valkey: Valkey):
        gateway = start_gateway({"chatter_bytes": 1000})
        async with await Client.open(gateway.listen) as slow, await Client.open(gateway.listen) as other:
            await slow.connect(23, give_token(valkey.client(), 23))
            await other.connect(24, give_token(valkey.client(), 24))
            slow.reader._transport.pause_reading()  # type: ignore[attr-defined]
            for number in range(20):
                chatter = json.dumps({"action": "new_answer", "n": number, "x": "x" * 50_000}, separators=(",", ":"))
                valkey.client().publish("many", encode_many([23, 24], [as_chatter(chatter.encode())]))
            valkey.client().publish("all", '{"action":"close_room"}')
            await other.until("close_room")
            slow.reader._transport.resume_reading()  # type: ignore[attr-defined]
            assert await slow.until("resync") == {"action": "resync", "reason": "slow"}
            actions = [m["action"] for m in slow.inbox if m["action"] != "someone_connected"]
            assert actions[-1] == "close_room"
            assert 0 < actions.count("new_answer") < 20
