"""The scripts as the runner calls them: keys and words in, Redis' answers out."""

import secrets
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from config.redis_scripts import Word
from rooms.live.commits import Tenure, commit_args, commit_keys
from rooms.live.draft import Draft
from rooms.live.game import ROOM_KINDS, Command
from rooms.live.limits import Limits
from rooms.live.scripts import CLAIM, COMMIT, DUE, SUBMIT, SYNC
from wsgateway.wire.channels import Channels
from wsgateway.wire.control import RunRoom, encode_order


class Executes(Protocol):
    """A Redis connection, pipelined or pooled; answers may be bytes or str."""

    async def execute_command(self, *words: Any) -> Any:
        """Redis' answer to one command; raises its error."""


def room_keys(room_id: int, channels: Channels) -> list[Word]:
    """KEYS of claim.lua."""
    return [*(channels.room(room_id, part) for part in ("state", "inbox", "lease")), channels.timers]


def submit_keys(room_id: int, command: Command, channels: Channels) -> list[Word]:
    """KEYS of submit.lua."""
    return [*room_keys(room_id, channels), channels.room(room_id, f"rate:{command.user or 0}")]


def sync_keys(room_id: int, channels: Channels) -> list[Word]:
    """KEYS of sync.lua."""
    return [channels.room(room_id, part) for part in ("state", "log", "members")]


def submit_args(
    room_id: int, command: Command, channels: Channels, limits: Limits, *, now: int, token: str, lease_ms: int
) -> list[Word]:
    """ARGV of submit.lua. `lease_ms` 0: only append, and ring for the gateways on `control`."""
    ring = encode_order(RunRoom(room_id))
    creates = int(command.kind == "create")
    words: list[Word] = [now, token, lease_ms, limits.slice, room_id, msgspec.json.encode(command), creates]
    counted = command.user is not None and command.kind not in ROOM_KINDS
    return [*words, limits.inbox, channels.control, ring, limits.answer_ms if counted else 0, limits.answers_burst]


class Calls:
    """One process' calls on the live rooms' scripts. `clock_ms` replaces Redis' clock in tests."""

    def __init__(
        self, redis: Executes, channels: Channels, node: str, clock_ms: Callable[[], int] | None, limits: Limits
    ) -> None:
        self.redis, self.channels, self.limits = redis, channels, limits
        #: unlike any other process', and any earlier one's of the same name
        self.token = f"{node}:{secrets.token_hex(4)}"
        self._clock_ms = clock_ms

    def now(self) -> int:
        """What the scripts are told about the time; 0: look at Redis' clock."""
        return self._clock_ms() if self._clock_ms else 0

    async def submit(self, room_id: int, command: Command, *, take: bool) -> Any:
        """submit.lua; `take`: try for the lease."""
        lease_ms = self.limits.lease_ms if take else 0
        words = submit_args(
            room_id, command, self.channels, self.limits, now=self.now(), token=self.token, lease_ms=lease_ms
        )
        return await SUBMIT.run(self.redis.execute_command, submit_keys(room_id, command, self.channels), words)

    async def claim(self, room_id: int) -> Any:
        """claim.lua."""
        words: list[Word] = [self.now(), self.token, self.limits.lease_ms, self.limits.slice, room_id]
        return await CLAIM.run(self.redis.execute_command, room_keys(room_id, self.channels), words)

    async def due(self, most: int) -> Any:
        """due.lua."""
        return await DUE.run(
            self.redis.execute_command, [self.channels.timers], [self.now(), self.limits.lease_ms, most]
        )

    async def commit(self, draft: Draft, room_id: int, turn: str, handled: int, *, go_on: bool) -> Any:
        """commit.lua."""
        tenure = Tenure(room_id, self.token, turn, handled)
        words = commit_args(draft, tenure, self.channels, self.limits, now=self.now(), go_on=go_on)
        return await COMMIT.run(self.redis.execute_command, commit_keys(room_id, self.channels), words)

    async def sync(self, room_id: int, user: int, v: int, mark: int | None) -> Any:
        """sync.lua."""
        words: list[Word] = [self.now(), user, v, "" if mark is None else mark]
        return await SYNC.run(self.redis.execute_command, sync_keys(room_id, self.channels), words)
