"""Saying who one is: what is answered, what closes the socket."""

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.gateway_process import GatewayProcess, give_token


@pytest.mark.parametrize("raw", [False, True])
async def test_connected_right_token(gateway: GatewayProcess, valkey: Valkey, raw: bool):
    valkey.client().sadd("user:23:rooms", 9, 7)
    async with await Client.open(gateway.listen, raw=raw) as client:
        answer = await client.connect(23, give_token(valkey.client(), 23, "bogdan"))
        assert answer == {
            "action": "connected",
            "id": 23,
            "name": "bogdan",
            "online": [{"id": 23, "name": "bogdan"}],
            "online_count": 1,
            "rooms": [7, 9],
        }


@pytest.mark.parametrize("raw", [False, True])
async def test_user_channel_published_by_anybody(gateway: GatewayProcess, valkey: Valkey, raw: bool):
    async with await Client.open(gateway.listen, raw=raw) as client:
        await client.connect(23, give_token(valkey.client(), 23))
        assert valkey.client().publish("23", '{"action":"hi"}') == 1
        assert await client.until("hi") == {"action": "hi"}
