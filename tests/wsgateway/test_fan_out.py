"""What is published reaches the sockets of those it is meant for, as it is."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, give_token
from wsgateway.wire.many import encode_many


def heard(client: Client) -> list[dict]:
    """What the client got but for presence."""
    return [message for message in client.inbox if not str(message.get("action")).startswith("someone_")]


async def all_quiet(clients: dict[int, Client]) -> None:
    for client in clients.values():
        await client.quiet()


@pytest.fixture
async def clients(gateway: GatewayProcess, valkey: Valkey) -> AsyncIterator[dict[int, Client]]:
    """Users 1, 2 and 3; 2 is raw."""
    async with AsyncExitStack() as stack:
        opened = {}
        for user in (1, 2, 3):
            opened[user] = await stack.enter_async_context(await Client.open(gateway.listen, raw=user == 2))
            await opened[user].connect(user, give_token(valkey.client(), user))
        yield opened


async def test_user_channel_published_by_anybody(clients: dict[int, Client], valkey: Valkey):
    assert valkey.client().publish("2", '{"action": "hi",\n "x": "ё\u2028"}') == 1
    await clients[2].until("hi")
    await all_quiet(clients)
    assert [heard(client) for client in clients.values()] == [[], [], []]


async def test_text_as_it_is(clients: dict[int, Client], valkey: Valkey):
    published = '{"action" : "hi",\n "x": "ё\u2028\u200f \\"q\\""}'
    valkey.client().publish("1", published)
    assert await clients[1].until("hi") == {"action": "hi", "x": 'ё\u2028\u200f "q"'}
    assert clients[1].frames[-1].isprintable()  # mangled characters are escaped on SockJS


async def test_all_to_everybody(clients: dict[int, Client], valkey: Valkey):
    valkey.client().publish("all", '{"action":"news"}')
    for client in clients.values():
        assert await client.until("news") == {"action": "news"}


async def test_all_not_to_the_unidentified(gateway: GatewayProcess, clients: dict[int, Client], valkey: Valkey):
    async with await Client.open(gateway.listen) as stranger:
        valkey.client().publish("all", '{"action":"news"}')
        await clients[1].until("news")
        stranger.send({"action": "ping"})
        assert (await stranger.until("error"))["code"] == "not_connected"
        assert stranger.inbox == []


async def test_many_to_those_listed(clients: dict[int, Client], valkey: Valkey):
    valkey.client().publish("many", encode_many([1, 2, 99], [b'{"action":"a"}', b'{"action":"b"}']))
    await clients[1].until("b")
    await clients[2].until("b")
    await all_quiet(clients)
    assert [heard(client) for client in clients.values()] == [[{"action": "a"}], [{"action": "a"}], []]


async def test_many_one_message_of_several_lines(clients: dict[int, Client], valkey: Valkey):
    valkey.client().publish("many", '1,3\n{"action":\n "spread"}')
    assert await clients[1].until("spread") == {"action": "spread"}
    assert await clients[3].until("spread") == {"action": "spread"}


async def test_one_frame_for_all_of_one_read(clients: dict[int, Client], valkey: Valkey):
    with valkey.client().pipeline() as pipe:
        pipe.publish("1", '{"action":"a"}')
        pipe.publish("all", '{"action":"b"}')
        pipe.publish("many", '1,2\n{"action":"c"}')
        pipe.publish("1", '{"action":"last"}')
        pipe.execute()
    await clients[1].until("last")
    await all_quiet(clients)
    assert [m["action"] for m in heard(clients[1])] == ["a", "b", "c"]
    assert [m["action"] for m in heard(clients[2])] == ["b", "c"]
    assert [m["action"] for m in heard(clients[3])] == ["b"]
    assert clients[1].frames[-2].count('{\\"action\\"') == 4


async def test_order_kept_in_a_burst(clients: dict[int, Client], valkey: Valkey):
    with valkey.client().pipeline(transaction=False) as pipe:
        for number in range(3000):
            channel, head = (("1", ""), ("all", ""), ("many", "1,2\n"))[number % 3]
            pipe.publish(channel, f'{head}{{"action":"n","n":{number}}}')
        pipe.publish("all", '{"action":"end"}')
        pipe.execute()
    for client in clients.values():
        await client.until("end")
    numbers = {user: [m["n"] for m in heard(client)] for user, client in clients.items()}
    assert numbers == {
        1: list(range(3000)),
        2: [n for n in range(3000) if n % 3 != 0],
        3: [n for n in range(3000) if n % 3 == 1],
    }


async def test_broken_and_long_publishes_dropped(gateway: GatewayProcess, clients: dict[int, Client], valkey: Valkey):
    valkey.client().publish("1", b'{"action":"\xff"}')
    valkey.client().publish("1", b'"' + b"x" * 900_000 + b'"')
    valkey.client().publish("1", '{"action":"good"}')
    await clients[1].until("good")
    assert gateway.metric('gamehub_gateway_drops_total{reason="broken"}') == 1
    assert gateway.metric('gamehub_gateway_drops_total{reason="too_long"}') == 1


async def test_unsubscribed_when_last_socket_is_gone(gateway: GatewayProcess, valkey: Valkey):
    token = give_token(valkey.client(), 23)
    first, second = await Client.open(gateway.listen), await Client.open(gateway.listen)
    await first.connect(23, token)
    await second.connect(23, token)
    await first.close()
    await second.quiet()
    assert valkey.client().publish("23", "{}") == 1
    await second.close()
    async with await Client.open(gateway.listen) as other:
        await other.connect(24, give_token(valkey.client(), 24))
        for _ in range(100):
            if valkey.client().publish("23", "{}") == 0:
                break
            await other.quiet()
        else:
            raise AssertionError("still subscribed")


async def test_channel_prefix_keeps_apart(start_gateway: StartGateway, valkey: Valkey):
    gateway = start_gateway(CHANNEL_PREFIX="a:")
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23, prefix="a:"))
        assert valkey.client().publish("23", '{"action":"other"}') == 0
        valkey.client().publish("a:23", '{"action":"one"}')
        valkey.client().publish("a:many", '23\n{"action":"two"}')
        valkey.client().publish("a:all", '{"action":"three"}')
        for action in ("one", "two", "three"):
            await client.until(action)
        assert valkey.client().keys("presence:*") == []
