"""A socket ends with its token. Of Django a stand-in answers, as in test_django.py."""

import asyncio
import json
import time

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import GatewayProcess, digest_of, give_token
from tests.wsgateway.test_django import USER, StandIn, django  # noqa: F401 - the fixture
from wsgateway.clients.token_life import LATE_S


def in_ms(seconds: float) -> int:
    """A moment from now, ms since the epoch."""
    return int((time.time() + seconds) * 1000)


async def started(start_gateway: StartGateway, django: StandIn, **limits: float) -> GatewayProcess:  # noqa: F811
    """A gateway that asks the stand-in."""
    return await asyncio.to_thread(start_gateway, limits, DJANGO_URL=django.where)


def refuses(django: StandIn, status: int = 401) -> None:  # noqa: F811
    """Django knows the token no more."""
    django.status, django.body = status, {"status": 1, "code": "banned" if status == 403 else "unauthorized"}


async def asked(django: StandIn) -> None:  # noqa: F811
    """Until Django was asked."""
    async with asyncio.timeout(15):
        while not django.asked:  # noqa: ASYNC110 - the stand-in is another task of this loop
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
async def test_socket_closes_4500_when_its_token_ends(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn, raw: bool,  # noqa: F811
):  # fmt: skip
    gateway = await started(start_gateway, django)
    refuses(django)
    async with await Client.open(gateway.listen, raw=raw) as client:
        ends = in_ms(1.0)
        await client.connect(23, give_token(valkey.client(), 23, expires=ends))
        assert await client.closed() == (4500, "unauthorized")
        assert in_ms(0) >= ends + LATE_S * 1000  # not before: Django would find it alive, and prolong it
    assert [asked for asked, _, _ in django.asked] == ["GET /internal/session"]


async def test_end_beyond_the_next_heartbeat_is_found_at_a_later_one(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn,  # noqa: F811
):  # fmt: skip
    gateway = await started(start_gateway, django, heartbeat_s=0.5)
    refuses(django)
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23, expires=in_ms(1.5)))
        assert await client.closed() == (4500, "unauthorized")


async def test_token_that_ended_before_it_came_from_the_cache(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn,  # noqa: F811
):  # fmt: skip
    gateway = await started(start_gateway, django)
    refuses(django)
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23, expires=in_ms(-60)))
        assert await client.closed() == (4500, "unauthorized")


async def test_use_over_rest_moved_the_end_and_the_socket_stays(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn,  # noqa: F811
):  # fmt: skip
    gateway = await started(start_gateway, django)
    django.body = {"user": USER, "expires": in_ms(3600)}
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23, expires=in_ms(0)))
        await asked(django)
        await client.quiet()


async def test_end_told_by_django_counts_too(
    start_gateway: StartGateway, valkey: Valkey, django: StandIn,  # noqa: F811
):  # fmt: skip
    gateway = await started(start_gateway, django)
    django.body = {"user": USER, "expires": in_ms(0.5)}
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, "fresh")
        refuses(django, 403)
        assert await client.closed() == (4503, "banned")


async def test_when_nobody_can_tell_the_client_shall_come_back(start_gateway: StartGateway, valkey: Valkey):
    gateway = await asyncio.to_thread(start_gateway)  # no Django
    async with await Client.open(gateway.listen) as client:
        await client.connect(23, give_token(valkey.client(), 23, expires=in_ms(0)))
        assert await client.closed() == (3001, "token not checked")


class TestRefresh:
    """A newer token in time."""

    async def test_socket_lives_on_with_it(self, start_gateway: StartGateway, valkey: Valkey, django: StandIn):  # noqa: F811
        gateway = await started(start_gateway, django)
        refuses(django)
        async with await Client.open(gateway.listen) as client, await Client.open(gateway.listen) as other:
            ends = in_ms(1.0)
            for one in (client, other):
                await one.connect(23, give_token(valkey.client(), 23, expires=ends))
            client.send({"action": "refresh", "token": give_token(valkey.client(), 23, expires=in_ms(60)), "ref": "r"})
            assert await client.until("done") == {"action": "done", "ref": "r"}
            assert (await other.closed())[0] == 4500
            await client.quiet()

    async def test_logging_out_the_newer_token_closes_it_and_the_older_one_does_not(
        self, gateway: GatewayProcess, valkey: Valkey
    ):
        older, newer = (give_token(valkey.client(), 23) for _ in range(2))
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, older)
            client.send({"action": "refresh", "token": newer, "ref": "r"})
            await client.until("done", ref="r")
            close = {"do": "close", "user": 23, "code": 4501, "reason": "logged out"}
            for token in (older, newer):
                valkey.client().publish("control", json.dumps({**close, "digest": digest_of(token)}))
                if token == older:
                    await client.quiet()
            assert await client.closed() == (4501, "logged out")

    async def test_logged_out_while_it_is_being_checked(
        self,
        start_gateway: StartGateway,
        valkey: Valkey,
        django: StandIn,  # noqa: F811
    ):
        gateway = await started(start_gateway, django)
        django.let_go.clear()
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, give_token(valkey.client(), 23))
            client.send({"action": "refresh", "token": "fresh", "ref": "r"})
            await asked(django)
            close = {"do": "close", "user": 23, "code": 4501, "reason": "logged out", "digest": digest_of("fresh")}
            valkey.client().publish("control", json.dumps(close))
            assert await client.closed() == (4501, "logged out")
            django.let_go.set()

    async def test_token_of_somebody_else_or_nobody_is_refused_and_the_old_one_counts(
        self,
        start_gateway: StartGateway,
        valkey: Valkey,
        django: StandIn,  # noqa: F811
    ):
        gateway = await started(start_gateway, django)
        refuses(django)
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, give_token(valkey.client(), 23))
            for token in (give_token(valkey.client(), 24), "nobody's"):
                client.send({"action": "refresh", "token": token, "ref": "r"})
                assert await client.until("error") == {
                    "action": "error", "code": "unauthorized",
                    "message": "This token is not valid for this socket.", "ref": "r",
                }  # fmt: skip
            await client.quiet()

    async def test_guessing_tokens_ends_like_any_nonsense(
        self,
        start_gateway: StartGateway,
        valkey: Valkey,
        django: StandIn,  # noqa: F811
    ):
        gateway = await started(start_gateway, django)
        refuses(django)
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, give_token(valkey.client(), 23))
            for number in range(20):
                client.send({"action": "refresh", "token": f"guess{number}"})
            assert await client.closed() == (4029, "too many bad messages")

    async def test_without_django_it_is_degraded_and_the_old_one_counts(self, gateway: GatewayProcess, valkey: Valkey):
        async with await Client.open(gateway.listen) as client:
            await client.connect(23, give_token(valkey.client(), 23))
            client.send({"action": "refresh", "token": "fresh", "ref": "r"})
            assert (await client.until("error", ref="r"))["code"] == "degraded"
            await client.quiet()

    async def test_before_connect_it_is_refused(self, gateway: GatewayProcess, valkey: Valkey):
        async with await Client.open(gateway.listen) as client:
            client.send({"action": "refresh", "token": "fresh", "ref": "r"})
            assert (await client.until("error", ref="r"))["code"] == "not_connected"
