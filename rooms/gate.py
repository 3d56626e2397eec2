"""Django's one door to the live rooms: what is asked there, and how their answers become our errors."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import msgspec
import redis
from django.conf import settings

from rooms import limits
from rooms.errors import Degraded, refusal
from rooms.live.client import LiveRooms
from rooms.live.errors import LiveUnavailable, Refused
from rooms.live.game import Command, Seat
from rooms.live.limits import read_limits
from rooms.live.state import Reply, RoomSetup

logger = logging.getLogger(__name__)


@cache
def live_rooms() -> LiveRooms:
    """This process's connection to the live rooms."""
    connection = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=2 * limits.WAIT_S, socket_connect_timeout=limits.WAIT_S
    )
    return LiveRooms(connection, settings.CHANNEL_PREFIX, limits=read_limits())


class Answer(NamedTuple):
    """What a command came to: the room as its sender sees it, and whether it is closed now."""

    room: dict[str, Any]
    closed: bool


def make(setup: RoomSetup) -> None:
    """Make the live room. Raises `Degraded`, or the room's refusal."""
    with _translated():
        _accept(live_rooms().create_room(setup, wait_s=limits.WAIT_S))


def ask(
    room_id: int,
    kind: str,
    *,
    user: int | None = None,
    body: dict[str, Any] | None = None,
    ref: str | None = None,
    brief: bool = False,
    quiet: bool = False,
) -> Answer:
    """Have the room carry out a command, and wait for it. `brief`: the answer's room comes without its players.
    `quiet`: a refusal is not told on the sender's sockets too.

    Raises `Degraded`, or the room's refusal.
    """
    command = _command(kind, user, body, ref)
    command.brief, command.quiet = brief, quiet
    with _translated():
        return _accept(live_rooms().submit(room_id, command, wait_s=limits.WAIT_S))


def tell(room_id: int, kind: str, *, user: int | None = None, body: dict[str, Any] | None = None) -> None:
    """Leave a command in the room's inbox without waiting; best effort, for taking back what was not answered."""
    try:
        live_rooms().submit(room_id, _command(kind, user, body), wait_s=None)
    except (LiveUnavailable, Refused, redis.RedisError):
        logger.warning("room %s could not be told to %s", room_id, kind, extra={"room": room_id, "user": user})


def look(room_id: int, user: int | None) -> dict[str, Any] | None:
    """The live room as `user` may see it; None when there is none. Raises `Degraded`."""
    with _translated():
        return live_rooms().read_view(room_id, user)


def which_live(room_ids: Sequence[int]) -> set[int]:
    """Those of the rooms that have a live room. Raises `Degraded`."""
    with _translated():
        return live_rooms().which_live(room_ids)


def seat_body(seat: Seat) -> dict[str, Any]:
    """The body of a `join`."""
    return {"seat": msgspec.to_builtins(seat)}


@contextmanager
def _translated() -> Iterator[None]:
    """Errors of the live rooms as ours."""
    try:
        yield
    except Refused as error:
        raise refusal(error.code, error.message) from error
    except (LiveUnavailable, redis.RedisError) as error:
        raise Degraded from error


def _command(kind: str, user: int | None, body: dict[str, Any] | None, ref: str | None = None) -> Command:
    return Command(kind=kind, user=user, body=body or {}, ref=ref, time=int(time.time() * 1000))


def _accept(reply: Reply | None) -> Answer:
    if reply is None:
        raise Degraded
    if not reply.ok:
        raise refusal(reply.code, reply.message, reply.retry_ms)
    return Answer(reply.room or {}, reply.closed)
