"""What a user's `sync` may cost: the answers' bytes, over all sockets of the process."""

import asyncio

import pytest

from rooms.live.game import GameError
from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import StartGateway
from tests.wsgateway.gateway_process import give_token
from tests.wsgateway.test_rooms import ROOM, two_players
from wsgateway.clients.sync_budget import REMEMBERED, SyncBudget
from wsgateway.limits import Limits

LIMITS = Limits()


async def answer(size: int = 1_000) -> bytes:
    """A room of so many bytes."""
    return b"x" * size


async def test_burst_and_then_a_refusal_that_says_when():
    budget = SyncBudget(0.001, 3_000)
    for _ in range(3):
        assert await budget.spend(1, answer) == b"x" * 1_000
    with pytest.raises(GameError) as refusal:
        await budget.spend(1, answer)
    assert refusal.value.code == "too_fast"
    assert refusal.value.retry_ms is not None
    assert 0 < refusal.value.retry_ms <= 1_000_000


async def test_after_the_time_told_it_is_answered_and_not_before():
    budget = SyncBudget(10_000, 1_000)
    await budget.spend(1, lambda: answer(3_000))
    with pytest.raises(GameError) as refusal:
        await budget.spend(1, answer)
    assert refusal.value.retry_ms is not None
    assert 100 < refusal.value.retry_ms <= 201
    await asyncio.sleep(refusal.value.retry_ms / 1000)
    await budget.spend(1, answer)


async def test_those_asked_for_at_once_are_counted_one_by_one():
    budget = SyncBudget(0.001, 3_000)
    answers = await asyncio.gather(*(budget.spend(1, answer) for _ in range(50)), return_exceptions=True)
    assert [len(one) for one in answers if isinstance(one, bytes)] == [1_000] * 3


async def test_each_user_has_a_budget_of_their_own():
    budget = SyncBudget(1, 1_000)
    await budget.spend(1, answer)
    assert await budget.spend(2, answer) == b"x" * 1_000


async def test_a_failed_answer_costs_nothing():
    async def fail() -> bytes:
        raise GameError("not_member", "no")

    budget = SyncBudget(1, 1_000)
    for _ in range(3):
        with pytest.raises(GameError, match="no"):
            await budget.spend(1, fail)
    await budget.spend(1, answer)


async def test_full_budgets_are_forgotten():
    budget = SyncBudget(1e12, 1_000)
    for user in range(5 * REMEMBERED):
        await budget.spend(user, answer)
    assert len(budget._accounts) <= REMEMBERED
    assert len(await budget.spend(1, answer)) == 1_000


async def test_over_all_sockets_of_a_user(start_gateway: StartGateway, valkey: Valkey):
    gateway = await asyncio.to_thread(start_gateway, {"sync_bytes_per_s": 1, "sync_burst": 1_000})
    players = await two_players(valkey, gateway, gateway)
    token = give_token(valkey.client(), 1)
    async with await Client.open(gateway.listen) as first, await Client.open(gateway.listen) as second:
        for client in (first, second):
            await client.connect(1, token)
        first.send({"action": "sync", "room_id": ROOM, "v": 99, "ref": "a"})
        await first.until("room")
        first.send({"action": "sync", "room_id": ROOM, "v": 99})
        await first.until("room")
        second.send({"action": "sync", "room_id": ROOM, "v": 99, "ref": "b"})
        refusal = await second.until("error", ref="b")
        assert (refusal["code"], refusal["retry_ms"] > 0) == ("too_fast", True)
        players[1].send({"action": "sync", "room_id": ROOM, "v": 99})
        await players[1].until("room")  # another user's
    for client in players:
        await client.close()
