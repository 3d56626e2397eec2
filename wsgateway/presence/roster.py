"""This process's mirror of everybody online, and what its sockets hear of comings and goings."""

import itertools
from collections.abc import Sequence
from typing import Any, cast

import msgspec
from redis.exceptions import RedisError

from config.version import VERSION
from wsgateway.hub import Hub
from wsgateway.limits import Limits
from wsgateway.redis.link import RedisLink
from wsgateway.sockets.frames import Parcel, quote
from wsgateway.wire import client_out, presence_keys

Pair = tuple[int, str]


class Roster:
    """User id -> name of everybody online, as far as the announcements have come.

    Only who comes or goes is passed on, so that a repeated announcement (Redis emptied and filled again) is not heard
    twice, and one who came back under a new name did not come: the new name is what the next one to connect reads.
    """

    def __init__(self, redis: RedisLink, hub: Hub, limits: Limits, prefix: str) -> None:
        self._redis, self._hub, self._limits = redis, hub, limits
        self._key = presence_keys.online(prefix)
        self._online: dict[int, str] = {}
        self._listed: bytes | None = None
        self._meanwhile: list[tuple[Sequence[Pair], Sequence[Pair]]] | None = None

    def __len__(self) -> int:
        return len(self._online)

    def announce(self, come: Sequence[Pair], gone: Sequence[Pair]) -> None:
        """Take in an announcement and queue it for every socket, a user's own left out."""
        if self._meanwhile is not None:
            self._meanwhile.append((come, gone))
            return
        fresh = [pair for pair in come if pair[0] not in self._online]
        left = [pair for pair in gone if self._online.pop(pair[0], None) is not None]
        self._online.update(come)
        self._listed = None
        if fresh or left:
            self._tell(fresh, left)

    def _tell(self, come: Sequence[Pair], gone: Sequence[Pair]) -> None:
        messages = {user: _encode(client_out.SomeoneConnected(user, name)) for user, name in come}
        messages |= {user: _encode(client_out.SomeoneDisconnected(user, name)) for user, name in gone}
        here = [user for user in messages if self._hub.of(user)]
        self._hub.to_all_but(here, Parcel(tuple(messages.values()), chatter=True))
        if here and len(messages) > 1:
            self._tell_others(here, messages)

    def _tell_others(self, here: Sequence[int], messages: dict[int, bytes]) -> None:
        """To each of those announced, all but their own. In a storm that is everybody: each message is quoted once."""
        quoted = {user: quote(message) for user, message in messages.items()}
        for user in here:
            rest = tuple(message for other, message in messages.items() if other != user)
            joined = b",".join([text for other, text in quoted.items() if other != user])
            self._hub.to_user(b"%d" % user, Parcel(rest, chatter=True, quoted=joined))

    async def load(self) -> None:
        """Read everybody from Redis, tell the difference. Announcements that come meanwhile are applied on top."""
        self._meanwhile = []
        try:
            entries = await self._redis.command("HGETALL", self._key)
        except RedisError:
            return
        finally:
            meanwhile, self._meanwhile = self._meanwhile, None
        pairs = [
            (int(user), name.decode()) for user, name in zip(entries[::2], entries[1::2], strict=True) if user.isdigit()
        ]
        known = dict(pairs)
        self.announce(pairs, [pair for pair in self._online.items() if pair[0] not in known])
        for come, gone in meanwhile:
            self.announce(come, gone)
        self._hub.flush()

    def connected(self, user: int, name: str, rooms: list[int]) -> bytes:
        """The `connected` message: oneself and the first others, and how many there are."""
        missing = user not in self._online
        if not missing and self._online[user] != name:
            self._online[user], self._listed = name, None
        online = msgspec.Raw(self._first()) if not missing else msgspec.Raw(self._first_with(user, name))
        count = len(self._online) + missing
        return msgspec.json.encode(client_out.Connected(user, name, cast(Any, online), count, rooms, VERSION))

    def _first(self) -> bytes:
        """The encoded list, kept until somebody comes or goes: in a storm it is needed at every connect."""
        if self._listed is None:
            first = itertools.islice(self._online.items(), self._limits.online_listed)
            self._listed = msgspec.json.encode([client_out.UserRef(user, name) for user, name in first])
        return self._listed

    def _first_with(self, user: int, name: str) -> bytes:
        own = msgspec.json.encode(client_out.UserRef(user, name))
        if len(self._online) >= self._limits.online_listed:
            return self._first()
        return b"[" + own + (b"," if self._online else b"") + self._first()[1:]


def _encode(message: msgspec.Struct) -> bytes:
    return msgspec.json.encode(message)
