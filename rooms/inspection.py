"""A live room taken apart, for whoever looks for a fault: what Redis holds of it, said in lines for a terminal."""

import time
from collections.abc import Iterator
from typing import Any

import msgspec

from rooms import gate
from rooms.models import Room

#: the newest of the log and of the inbox; a room's log holds some hundred events
SHOWN = 20


def describe_room(*, room_id: int, secrets: bool = False) -> list[str]:
    """Everything about a room, one line a fact. With `secrets` the whole state too, answers and all.

    Raises `Room.DoesNotExist`; redis-py's `RedisError` when Redis is away.
    """
    room = Room.objects.select_related("owner").get(pk=room_id)
    return [*_stored(room), *_live(room_id, secrets)]


def _stored(room: Room) -> Iterator[str]:
    yield f"room {room.pk}: {room.game} {room.name!r}, {room.state}, capacity {room.capacity}, owner {room.owner}"
    yield f"made {room.created_at:%F %T}, opened {room.opened_at or '-'}, closed {room.closed_at or '-'}"
    for stay in room.memberships.select_related("user").order_by("pk")[:SHOWN]:
        left = f"left {stay.left_at:%T} ({stay.ending})" if stay.left_at else "seated"
        yield f"  member {stay.user_id} {stay.user.name}: joined {stay.joined_at:%T}, {left}"


def _live(room_id: int, secrets: bool) -> Iterator[str]:
    rooms = gate.live_rooms()
    redis: Any = rooms.redis
    key = rooms.channels.room
    state = redis.hgetall(key(room_id, "state"))
    blob = state.get(b"blob")
    if not blob:
        yield "live: nothing in Redis"
        return
    live = msgspec.json.decode(blob)
    yield f"live: {live['state']}, version {live['v']}, turn {_text(state.get(b'turn'))}, {len(blob)} bytes of state"
    for seat in live["seats"].values():
        yield f"  seat {seat['id']} {seat['name']}"
    yield f"lease: {_lease(redis, key(room_id, 'lease'))}"
    yield f"timer: {_timer(redis.zscore(rooms.channels.timers, str(room_id)))}"
    yield from _inbox(redis.lrange(key(room_id, "inbox"), 0, -1), secrets)
    yield from _log(redis.lrange(key(room_id, "log"), -SHOWN, -1), redis.llen(key(room_id, "log")), secrets)
    if secrets:
        yield f"state: {_text(blob)}"


def _lease(redis: Any, key: str) -> str:
    holder = redis.get(key)
    return f"{_text(holder)}, for {redis.pttl(key)} ms more" if holder else "nobody's"


def _timer(due: float | None) -> str:
    return "none" if due is None else f"due in {int(due) - int(time.time() * 1000)} ms"


def _inbox(lines: list[bytes], secrets: bool) -> Iterator[str]:
    yield f"inbox: {len(lines)} waiting"
    for line in lines[-SHOWN:]:
        command = msgspec.json.decode(line.partition(b" ")[2] or line)
        body = f" {command.get('body')}" if secrets else ""
        yield f"  {command['kind']} of user {command.get('user')}{body}"


def _log(lines: list[bytes], length: int, secrets: bool) -> Iterator[str]:
    yield f"log: {length} events, the newest:"
    for line in lines:
        entry = msgspec.json.decode(line)
        body = f" {entry['body']}" if secrets else ""
        yield f"  v {entry['v']} {entry['body'].get('action')}{body}"


def _text(value: bytes | None) -> str:
    return value.decode("utf-8", "replace") if value else "-"
