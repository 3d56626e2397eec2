"""What identified clients want of rooms: answers and sync go to the live rooms, entering and leaving through Django."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol

import msgspec
import structlog
from redis.exceptions import RedisError

from rooms.live.errors import LiveUnavailable
from rooms.live.game import ROOM_KINDS, Command, GameError
from wsgateway.clients.sync_budget import SyncBudget
from wsgateway.django_client import Answer, DjangoClient, DjangoUnavailable
from wsgateway.metrics import Counters
from wsgateway.sockets.connection import GONE, Connection
from wsgateway.wire import client_in, client_out
from wsgateway.wire.errors import ERRORS

log = structlog.get_logger()


class _Version(msgspec.Struct):
    v: int


class _Success(msgspec.Struct):
    """What a success of Django says of a room, as far as anybody reads it here."""

    room: _Version


class LiveRooms(Protocol):
    """What the gateway needs of rooms/live/runner.py: RoomRunner."""

    async def submit(self, room_id: int, command: Command) -> Any: ...
    async def run(self, room_id: int) -> Any: ...
    async def sync(self, room_id: int, user: int, v: int, mark: int | None = None) -> str: ...
    async def release_all(self) -> Any: ...


class RoomRequests:
    """One task per request; its failure is the client's `error`, never the gateway's end."""

    def __init__(self, rooms: LiveRooms, django: DjangoClient, counters: Counters, syncs: SyncBudget) -> None:
        self._rooms, self._django, self._counters, self._syncs = rooms, django, counters, syncs
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, connection: Connection, request: Any) -> None:
        """Carry the request out. Requests of one client begin in the order they came."""
        self._spawn(self._carry_out(connection, request))

    def run_room(self, room_id: int) -> None:
        """Somebody else put a command in the room's inbox."""
        self._spawn(self._run(room_id))

    async def finish(self, timeout_s: float) -> None:
        """At a drain: what has begun may end."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=timeout_s)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry_out(self, connection: Connection, request: Any) -> None:
        try:
            await self._dispatch(connection, request)
        except GameError as error:
            self._refuse(connection, error.code, error.message, request.ref, error.retry_ms)
        except (RedisError, LiveUnavailable, DjangoUnavailable) as error:
            log.warning("request_degraded", **_ids(connection, request), error=type(error).__name__)
            self._refuse(connection, "degraded", ERRORS["degraded"], request.ref)
        except Exception:
            log.exception("request_failed", **_ids(connection, request))
            self._refuse(connection, "internal", ERRORS["internal"], request.ref)

    async def _dispatch(self, connection: Connection, request: Any) -> None:
        match request:
            case client_in.Play():
                await self._play(connection, request, confirm=True)
            case client_in.Sync():
                await self._sync(connection, request)
            case client_in.Leave():
                await self._over_rest(connection, f"/api/v1/rooms/{request.room_id}/leave", {}, request.ref)
            case client_in.Manage():
                await self._confirmed(connection, request, "manage", {"kind": request.kind, "body": request.body})
            case client_in.Watch():
                await self._confirmed(connection, request, "watch", {"password": request.password})
            case client_in.Unwatch():
                await self._confirmed(connection, request, "unwatch", {})
            case client_in.EnterGame():
                body = {
                    "game": request.game,
                    "name": request.name,
                    "player": request.player,
                    "options": request.options,
                }
                await self._over_rest(connection, "/api/v1/rooms/enter", body, request.ref)
            case _:  # a game's own name for a command: what the game says is the answer
                await self._play(connection, request.as_play(), confirm=False)

    async def _play(self, connection: Connection, play: client_in.Play, *, confirm: bool) -> None:
        if play.kind in ROOM_KINDS:  # what the room itself does is not the game's to be asked
            raise GameError("unknown_action", ERRORS["unknown_action"])
        await self._rooms.submit(
            play.room_id, Command(play.kind, connection.user, play.body, play.ref, confirm=confirm)
        )

    async def _sync(self, connection: Connection, request: client_in.Sync) -> None:
        async def ask() -> bytes:
            return (await self._rooms.sync(request.room_id, connection.user, request.v, request.mark)).encode()

        answer = await self._syncs.spend(connection.user, ask)
        if connection.phase != GONE:
            connection.send(answer)

    async def _over_rest(
        self, connection: Connection, path: str, body: dict[str, Any], ref: str | None
    ) -> Answer | None:
        """Done by Django; the room itself tells its members over Redis, so a success needs no answer here."""
        answer = await self._django.request("POST", path, connection.token, connection.address, body)
        if answer.status >= 400:
            code, message = error_of(answer)
            self._refuse(connection, code, message, ref)
            return None
        return answer

    async def _confirmed(self, connection: Connection, request: Any, act: str, body: dict[str, Any]) -> None:
        """The same, and `done` to a client that gave a ref."""
        ref = {"ref": request.ref} if act == "manage" else {}
        path = f"/api/v1/rooms/{request.room_id}/{act}"
        answer = await self._over_rest(connection, path, {**body, **ref}, request.ref)
        if answer and request.ref and connection.phase != GONE:
            v = msgspec.json.decode(answer.body, type=_Success).room.v
            connection.send(client_out.Done(request.ref, request.room_id, v))

    async def _run(self, room_id: int) -> None:
        try:
            await self._rooms.run(room_id)
        except (RedisError, LiveUnavailable, GameError) as error:  # the room's timer comes back to it
            self._counters.turn_failures += 1
            log.warning("room_not_run", room=room_id, error=type(error).__name__)

    def _refuse(
        self, connection: Connection, code: str, message: str, ref: str | None, retry_ms: int | None = None
    ) -> None:
        self._counters.errors[code] += 1
        if connection.phase != GONE:
            connection.send(client_out.Error(code, message, ref, retry_ms=retry_ms))


def _ids(connection: Connection, request: Any) -> dict[str, int | None]:
    """For the log: who, and about which room (None: it has no id yet)."""
    room = getattr(request, "room_id", None) or getattr(request, "lobby", None)
    return {"connection": connection.number, "user": connection.user, "room": room}


def error_of(answer: Answer) -> tuple[str, str]:
    """Code and message of the REST error as the socket says it."""
    code = answer.error_code or "internal"
    return code, answer.message or ERRORS.get(code, ERRORS["internal"])
