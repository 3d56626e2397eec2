"""Whose token is it: another's, none at all, an old one; and how soon a dead one ends its sockets.

The real Django answers, over HTTP, and the accounts' services log out, change passwords and ban.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from knox.models import AuthToken

from accounts import services, tokens
from accounts.models import User
from tests.conftest import Valkey
from tests.factories import PASSWORD, UserFactory
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, give_token
from wsgateway.clients.tokens import token_digest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gateway(live_server, start_gateway: StartGateway) -> GatewayProcess:
    """One, with the real Django behind it."""
    return start_gateway(DJANGO_URL=live_server.url)


@pytest.fixture
def gateways(live_server, start_gateway: StartGateway) -> list[GatewayProcess]:
    """Two, with the real Django behind them."""
    return [start_gateway(DJANGO_URL=live_server.url) for _ in range(2)]


@pytest.fixture
def user(valkey: Valkey) -> User:
    return UserFactory()


async def closing(gateway: GatewayProcess, user: int, token: str, *, raw: bool = False) -> tuple[int, str]:
    """Code and reason with which a `connect` is answered."""
    async with await Client.open(gateway.listen, raw=raw) as client:
        client.send({"action": "connect", "id": user, "token": token})
        return await client.closed()


MALFORMED = ("", " ", "x", "\x00", "ё" * 64, "' OR 1=1 --", "a" * 64 + "\r\nX-Admin: 1", "a b", "x" * 256)


async def test_token_that_opens_nothing_4500(gateway: GatewayProcess, user: User):
    """Malformed, another's, expired; nothing of it in the log, not even in that of an error."""
    _, token = await sync_to_async(services.log_in)(user=user, password=PASSWORD)
    old, expired = await sync_to_async(services.log_in)(user=user, password=PASSWORD)
    await AuthToken.objects.filter(pk=old.pk).aupdate(expiry=timezone.now() - timedelta(seconds=1))
    cases = [(user.pk, text) for text in MALFORMED] + [(user.pk + 1, token), (user.pk, expired)]

    answers = {case: await closing(gateway, *case, raw=raw) for case in cases for raw in (False, True)}

    assert answers == dict.fromkeys(cases, (4500, "unauthorized"))
    assert not {text for text in (token, expired, *MALFORMED[2:]) if len(text) > 9 and text in gateway.log.read_text()}


async def test_token_revoked_4501(gateway: GatewayProcess, user: User):
    row, token = await sync_to_async(services.log_in)(user=user, password=PASSWORD)
    await sync_to_async(tokens.revoke_token)(token=row)
    assert await closing(gateway, user.pk, token) == (4501, "logged out")


async def test_token_of_a_banned_user_4503(gateway: GatewayProcess, user: User, valkey: Valkey):
    _, token = await sync_to_async(services.log_in)(user=user, password=PASSWORD)
    await sync_to_async(services.ban_user)(user=user)
    assert await closing(gateway, user.pk, token) == (4503, "banned")
    valkey.client().flushall()  # the tombstone is gone; Django knows all the same
    assert await closing(gateway, user.pk, token) == (4503, "banned")


@pytest.mark.parametrize("path", ["/ws/websocket?token={0}&id={1}", "/ws/000/s/websocket?token={0}"])
async def test_token_in_the_address_is_none(gateway: GatewayProcess, user: User, valkey: Valkey, path: str):
    token = give_token(valkey.client(), user.pk)
    where = path.format(token, user.pk)
    async with await Client.open(gateway.listen, raw="000" not in path, path=where) as client:
        client.send({"action": "sync", "room_id": 1, "v": 0})
        assert (await client.until("error"))["code"] == "not_connected"
    assert token not in gateway.log.read_text()


def log_out(user: User, row: AuthToken) -> None:
    tokens.revoke_token(token=row)


def log_out_everywhere(user: User, row: AuthToken) -> None:
    tokens.revoke_all_tokens(user=user)


def change_password(user: User, row: AuthToken) -> None:
    services.change_password(user=user, old=PASSWORD, new="another horse 43")


def ban(user: User, row: AuthToken) -> None:
    services.ban_user(user=user)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (log_out, (4501, "logged out")),
        (log_out_everywhere, (4501, "logged out")),
        (change_password, (4501, "password changed")),
        (ban, (4503, "banned")),
    ],
)
async def test_sockets_on_every_gateway_closed_within_a_second(
    gateways: list[GatewayProcess], user: User, valkey: Valkey, act: Callable[[User, AuthToken], None],
    told: tuple[int, str],
):  # fmt: skip
    row, token = await sync_to_async(services.log_in)(user=user, password=PASSWORD)
    other = await sync_to_async(UserFactory)()
    _, others_token = await sync_to_async(services.log_in)(user=other, password=PASSWORD)
    async with AsyncExitStack() as stack:
        mine = []
        for gateway in gateways:
            for raw in (False, True):
                client = await stack.enter_async_context(await Client.open(gateway.listen, raw=raw))
                await client.connect(user.pk, token)
                mine.append(client)
        bystander = await stack.enter_async_context(await Client.open(gateways[0].listen))
        await bystander.connect(other.pk, others_token)

        began = time.monotonic()
        await sync_to_async(act)(user, row)
        assert await asyncio.gather(*(client.closed() for client in mine)) == [told] * len(mine)
        assert time.monotonic() - began < 1
        await bystander.quiet()
    assert (await closing(gateways[1], user.pk, token))[0] == told[0]


async def test_one_device_logged_out_the_others_stay(gateways: list[GatewayProcess], user: User):
    first, first_token = await sync_to_async(services.log_in)(user=user, password=PASSWORD)
    _, second_token = await sync_to_async(services.log_in)(user=user, password=PASSWORD)
    assert first.digest == token_digest(first_token)
    async with await Client.open(gateways[0].listen) as leaving, await Client.open(gateways[1].listen) as staying:
        await leaving.connect(user.pk, first_token)
        await staying.connect(user.pk, second_token)
        await sync_to_async(tokens.revoke_token)(token=first)
        assert await leaving.closed() == (4501, "logged out")
        await staying.quiet()
