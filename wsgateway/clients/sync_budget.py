"""What a user's `sync` may cost: 45 bytes ask for a whole room, so the answers are counted, over all their sockets."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from math import ceil

import msgspec

from rooms.live.game import GameError
from wsgateway.wire.errors import ERRORS

#: users remembered before those with a full budget are forgotten
REMEMBERED = 1_000


class Account(msgspec.Struct):
    """One user's: bytes left, below zero after an answer larger than what was left."""

    left: float
    at: float
    turn: asyncio.Lock


class SyncBudget:
    """A bucket of bytes a user, of this process. An answer's length is known when it is there, so a user's answers come
    one after the other and the bucket may run into debt by one of them."""

    def __init__(self, bytes_per_s: float, burst: float) -> None:
        self._rate, self._burst = bytes_per_s, burst
        self._accounts: dict[int, Account] = {}
        self._sweep_at = REMEMBERED

    async def spend(self, user: int, ask: Callable[[], Awaitable[bytes]]) -> bytes:
        """What `ask` answers, taken from the budget. Raises `GameError`: too_fast, and when to ask again."""
        account = self._account(user)
        async with account.turn:
            self._refill(account)
            if account.left < 1:
                wait_ms = ceil((1 - account.left) / self._rate * 1000)
                raise GameError("too_fast", ERRORS["too_fast"], wait_ms)
            answer = await ask()
            account.left -= len(answer)
            return answer

    def _account(self, user: int) -> Account:
        account = self._accounts.get(user)
        if account is None:
            if len(self._accounts) >= self._sweep_at:
                self._forget_full()
            account = self._accounts[user] = Account(self._burst, time.monotonic(), asyncio.Lock())
        return account

    def _refill(self, account: Account) -> None:
        now = time.monotonic()
        account.left = min(account.left + (now - account.at) * self._rate, self._burst)
        account.at = now

    def _forget_full(self) -> None:
        """A full bucket is as good as none."""
        for account in self._accounts.values():
            self._refill(account)
        self._accounts = {
            user: account
            for user, account in self._accounts.items()
            if account.left < self._burst or account.turn.locked()
        }
        self._sweep_at = max(REMEMBERED, 2 * len(self._accounts))
