"""Live rooms as Django uses them: append a command, ring for a gateway, wait for the reply. Synchronous.

Django never runs rules: some gateway carries the command out and pushes the `Reply` to a list made for it.
"""

import uuid
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import msgspec
import redis

from rooms.live.calls import submit_args, submit_keys
from rooms.live.errors import LiveUnavailable, Refused
from rooms.live.game import Command, Game
from rooms.live.limits import LIMITS, Limits
from rooms.live.rules import load_rules
from rooms.live.scripts import SUBMIT
from rooms.live.state import Reply, RoomSetup
from rooms.live.sync import view_of
from wsgateway.wire.channels import Channels


class LiveRooms:
    """The live rooms on one Redis. `wait_s` must be shorter than the connection's `socket_timeout`, if it has one."""

    def __init__(
        self,
        redis: redis.Redis,
        prefix: str = "",
        *,
        load: Callable[[], dict[str, Game[Any]]] = load_rules,
        limits: Limits = LIMITS,
    ) -> None:
        self.redis, self.channels, self.limits, self._load = redis, Channels(prefix), limits, load

    @cached_property
    def games(self) -> dict[str, Game[Any]]:
        """The rules, loaded at the first view: a process that only submits needs none."""
        return self._load()

    def create_room(self, setup: RoomSetup, *, wait_s: float = 3.0) -> Reply:
        """Make the live room; one that exists already stays as it is. Nobody is seated by this, the owner neither.
        Raises `LiveUnavailable`."""
        command = Command("create", setup.owner, msgspec.to_builtins(setup))
        reply = self.submit(setup.room_id, command, wait_s=wait_s)
        assert reply is not None
        return reply

    def submit(self, room_id: int, command: Command, *, wait_s: float | None) -> Reply | None:
        """Append a command and wait for its outcome. `wait_s` None: don't wait, the answer is None (or a refusal at the
        door: unknown_room, too_fast, degraded). Raises `LiveUnavailable`: Redis is away, or nobody carried it out in
        time."""
        if wait_s is not None:
            command = msgspec.structs.replace(command, reply=uuid.uuid4().hex)
        try:
            refusal = self._append(room_id, command)
            if refusal:
                return Reply(False, code=refusal.code, message=refusal.message, retry_ms=refusal.retry_ms)
            return self._await_reply(command, wait_s) if wait_s is not None else None
        except (redis.ConnectionError, redis.TimeoutError) as error:
            raise LiveUnavailable("Redis is away") from error

    def read_view(self, room_id: int, user: int | None) -> dict[str, Any] | None:
        """The whole room as `user` may see it (a `room` message); None: there is no such live room, or none that can be
        read (whoever runs it next closes it)."""
        blob = self.redis.hget(self.channels.room(room_id, "state"), "blob")
        if not blob:
            return None
        seconds, micros = self.redis.time()
        try:
            room = view_of(blob, user, self.games, int(seconds) * 1000 + int(micros) // 1000)
        except msgspec.DecodeError:
            return None
        view: dict[str, Any] = msgspec.to_builtins(room)
        return view

    def which_live(self, room_ids: Sequence[int]) -> set[int]:
        """Those that there is a live room of: asked `limits.asked` at a time, not one by one."""
        living: set[int] = set()
        for start in range(0, len(room_ids), self.limits.asked):
            asked = room_ids[start : start + self.limits.asked]
            with self.redis.pipeline(transaction=False) as pipe:
                for room_id in asked:
                    pipe.hexists(self.channels.room(room_id, "state"), "blob")
                living |= {room_id for room_id, lives in zip(asked, pipe.execute(), strict=True) if lives}
        return living

    def take_results(self) -> dict[int, dict[str, Any]]:
        """Room id -> outcome of the ended rooms that are not stored yet:
        {room_id, message, reason, results, record, closed}. They stay until `drop_result`. One that can't be read is
        {room_id, unreadable: text}: it must not hold up the others."""
        entries = self.redis.hgetall(self.channels.results)
        return {int(room_id): _read_result(int(room_id), entry) for room_id, entry in entries.items()}

    def drop_result(self, room_id: int) -> None:
        """The room's outcome is stored in the database."""
        self.redis.hdel(self.channels.results, str(room_id))

    def _append(self, room_id: int, command: Command) -> Refused | None:
        """How the door refused, if it did."""
        keys = submit_keys(room_id, command, self.channels)
        words = submit_args(room_id, command, self.channels, self.limits, now=0, token="", lease_ms=0)
        answer = SUBMIT.run_now(self.redis.execute_command, keys, words)
        return Refused.by_script(answer) if isinstance(answer, bytes | str) else None

    def _await_reply(self, command: Command, wait_s: float) -> Reply:
        popped = self.redis.blpop([self.channels.reply(command.reply or "")], timeout=wait_s)
        if popped is None:
            raise LiveUnavailable("nobody carried the command out in time")
        return msgspec.json.decode(popped[1], type=Reply)


def _read_result(room_id: int, entry: bytes | str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(entry, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        text = entry if isinstance(entry, str) else entry.decode("utf-8", "replace")
        return {"room_id": room_id, "unreadable": text.replace("\0", "\ufffd")}
