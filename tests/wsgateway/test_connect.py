"""Saying who one is: what is answered, what closes the socket and with which code."""

import asyncio
import json

import pytest
import redis
from wsproto.events import CloseConnection

from config.version import VERSION
from tests.conftest import Valkey
from tests.wsgateway.client import Client, Refused
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, digest_of, give_token

RAW = pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])


@RAW
async def test_connected_right_token(gateway: GatewayProcess, valkey: Valkey, raw: bool):
    valkey.client().sadd("user:23:rooms", 9, 7)
    async with await Client.open(gateway.listen, raw=raw) as client:
        assert await client.connect(23, give_token(valkey.client(), 23, "bogdan"), name="somebody else") == {
            "action": "connected",
            "id": 23,
            "name": "bogdan",
            "online": [{"id": 23, "name": "bogdan"}],
            "online_count": 1,
            "rooms": [7, 9],
            "version": VERSION,
        }


@RAW
@pytest.mark.parametrize("gone", [4500, 4501, 4503])
async def test_closed_with_code_of_tombstone(gateway: GatewayProcess, valkey: Valkey, raw: bool, gone: int):
    valkey.client().set("token:" + digest_of("dead"), json.dumps({"gone": gone}))
    async with await Client.open(gateway.listen, raw=raw) as client:
        client.send({"action": "connect", "id": 23, "token": "dead"})
        assert (await client.closed())[0] == gone


@RAW
async def test_closed_4500_token_of_somebody_else(gateway: GatewayProcess, valkey: Valkey, raw: bool):
    async with await Client.open(gateway.listen, raw=raw) as client:
        client.send({"action": "connect", "id": 24, "token": give_token(valkey.client(), 23)})
        assert await client.closed() == (4500, "unauthorized")


@RAW
async def test_closed_4008_no_connect_in_time(start_gateway: StartGateway, raw: bool):
    gateway = start_gateway({"connect_s": 0.5})
    began = asyncio.get_running_loop().time()
    async with await Client.open(gateway.listen, raw=raw) as client:
        assert await client.closed() == (4008, "no connect in time")
        assert 0.5 <= asyncio.get_running_loop().time() - began < 2


async def test_stays_open_after_connect_in_time(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"connect_s": 0.5})
    async with await Client.open(gateway.listen) as late, await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        assert await late.closed() == (4008, "no connect in time")
        async with await Client.open(gateway.listen) as later:
            assert await later.closed() == (4008, "no connect in time")
        await client.quiet()


async def test_closed_4509_one_socket_too_many(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"sockets_per_user": 2})
    token = give_token(valkey.client(), 23)
    async with (
        await Client.open(gateway.listen) as first,
        await Client.open(gateway.listen) as second,
        await Client.open(gateway.listen) as third,
    ):
        await first.connect(23, token)
        await second.connect(23, token)
        third.send({"action": "connect", "id": 23, "token": token})
        assert await third.closed() == (4509, "too many sockets")
        await second.close()
        async with await Client.open(gateway.listen) as fourth:
            await first.quiet()
            await fourth.connect(23, token)


async def test_early_messages_kept_until_token_is_checked(gateway: GatewayProcess, valkey: Valkey):
    async with await Client.open(gateway.listen) as client:
        client.send({"action": "connect", "id": 23, "token": give_token(valkey.client(), 23)})
        client.send({"action": "ping", "ref": "a"})
        client.send({"action": "ping", "ref": "b"})
        await client.until("pong", ref="b")
        assert [message["action"] for message in client.inbox] == ["connected", "pong"]


async def test_error_second_connect(gateway: GatewayProcess, valkey: Valkey):
    token = give_token(valkey.client(), 23)
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, token)
        client.send({"action": "connect", "id": 23, "token": token, "ref": "again"})
        assert await client.until("error") == {
            "action": "error",
            "code": "already_connected",
            "message": "This socket has already said who it is.",
            "ref": "again",
        }


async def test_error_degraded_then_4008_django_away(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway({"connect_s": 1})
    async with await Client.open(gateway.listen) as client:
        client.send({"action": "connect", "id": 23, "token": "unknown", "ref": "x"})
        assert (await client.until("error"))["code"] == "degraded"
        client.send({"action": "connect", "id": 23, "token": give_token(valkey.client(), 23)})
        await client.until("connected")


class TestControl:
    """`control` closes sockets: logout, password change, ban."""

    async def test_close_all_of_user(self, gateway: GatewayProcess, valkey: Valkey):
        async with await Client.open(gateway.listen) as one, await Client.open(gateway.listen, raw=True) as two:
            await one.connect(23, give_token(valkey.client(), 23))
            await two.connect(23, give_token(valkey.client(), 23))
            valkey.client().publish(
                "control", json.dumps({"do": "close", "user": 23, "code": 4503, "reason": "banned"})
            )
            assert await one.closed() == (4503, "banned")
            assert await two.closed() == (4503, "banned")

    async def test_close_sockets_of_one_token_only(self, gateway: GatewayProcess, valkey: Valkey):
        gone, stays = give_token(valkey.client(), 23), give_token(valkey.client(), 23)
        async with await Client.open(gateway.listen) as one, await Client.open(gateway.listen) as two:
            await one.connect(23, gone)
            await two.connect(23, stays)
            order = {"do": "close", "user": 23, "code": 4501, "reason": "logged out", "digest": digest_of(gone)}
            valkey.client().publish("control", json.dumps(order))
            assert await one.closed() == (4501, "logged out")
            await two.quiet()

    async def test_broken_order_is_ignored(self, gateway: GatewayProcess, valkey: Valkey):
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, give_token(valkey.client(), 23))
            for broken in ("{", "[]", '{"do":"dance"}', '{"do":"close","user":"x","code":1}', b"\xff", "[" * 100_000):
                valkey.client().publish("control", broken)
            await client.quiet()
        assert gateway.metric('gamehub_gateway_drops_total{reason="broken"}') == 6


async def test_503_one_socket_too_many_from_an_address(start_gateway: StartGateway):
    gateway = start_gateway({"sockets_per_address": 2})
    here, elsewhere = {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "203.0.113.10"}
    first = await Client.open(gateway.listen, headers=here)
    async with await Client.open(gateway.listen, headers=here), await Client.open(gateway.listen, headers=elsewhere):
        with pytest.raises(Refused) as refused:
            await Client.open(gateway.listen, headers=here)
        assert refused.value.status == 503
        first.write(first.wire.send(CloseConnection(code=1000)))
        await first.closed()
        await first.close()
        async with await Client.open(gateway.listen, headers=here):
            pass


@pytest.mark.parametrize("url", ["unix://:s%2Fcret@{path}", "unix://default:s%2Fcret@{path}?db=2"])
async def test_redis_with_password(start_gateway: StartGateway, own_valkey: Valkey, url: str):
    own_valkey.client().config_set("requirepass", "s/cret")
    db = 2 if "db=2" in url else 0
    redis_client = redis.Redis(unix_socket_path=str(own_valkey.socket), password="s/cret", db=db)
    gateway = start_gateway(redis_url=url.format(path=own_valkey.socket))
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(redis_client, 23))
        redis_client.publish("23", '{"action":"hi"}')
        await client.until("hi")
    assert "cret" not in gateway.log.read_text()
