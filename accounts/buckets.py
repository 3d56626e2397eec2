"""How often something may happen, counted in Redis over all processes.

A leaky bucket each (GCRA): it holds `burst`, and one runs out every `every_s` seconds. Who finds it full is told when
the next place is free: slowed down to that pace instead of shut out till an hour ends. Taking a place is one step in
Redis, so parallel requests can't slip through together. When Redis is away nobody is held up: axes still guards
passwords, from the database.
"""

import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import NamedTuple

from redis.exceptions import RedisError

from accounts import redis
from accounts.errors import TooManyAttempts
from config.rates import Rate

logger = logging.getLogger(__name__)

# The value is the time at which the bucket is empty. Answers the time to wait, 0 when a place was taken; in us.
_TAKE = """
local now, step, room = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local empty = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + step
if empty - now > room then return empty - now - room end
redis.call('SET', KEYS[1], string.format('%.0f', empty), 'PX', math.ceil((empty - now) / 1000))
return 0
"""
_GIVE_BACK = """
local empty = redis.call('GET', KEYS[1])
if empty then redis.call('SET', KEYS[1], string.format('%.0f', tonumber(empty) - tonumber(ARGV[1])), 'KEEPTTL') end
"""


class Bucket(NamedTuple):
    """`scope` is what is counted (`login`), `whose` what by (`address 10.0.0.1`)."""

    scope: str
    whose: str
    rate: Rate

    @property
    def key(self) -> str:
        """Its key; addresses and names are hashed, for length and because Redis need not know them."""
        return f"{redis.channels().prefix}bucket:{self.scope}:{sha256(self.whose.encode()).hexdigest()[:32]}"

    def take(self) -> float:
        """Take a place. 0, or the seconds until there is one (then nothing was taken)."""
        step = round(self.rate.every_s * 1_000_000)
        now = round(time.time() * 1_000_000)
        try:
            waited = redis.connect().eval(_TAKE, 1, self.key, now, step, step * self.rate.burst)
        except RedisError:
            logger.warning("not counted: %s", self.scope)
            return 0
        return int(str(waited)) / 1_000_000

    def give_back(self) -> None:
        """It did not count after all."""
        try:
            redis.connect().eval(_GIVE_BACK, 1, self.key, round(self.rate.every_s * 1_000_000))
        except RedisError:
            logger.warning("not given back: %s", self.scope)


def take_all(buckets: list[Bucket]) -> None:
    """A place in each. At the first that is full what was taken is given back, and `TooManyAttempts` raised."""
    for number, bucket in enumerate(buckets):
        if wait := bucket.take():
            for taken in buckets[:number]:
                taken.give_back()
            raise TooManyAttempts(retry_after_s=math.ceil(wait))


@contextmanager
def counting(buckets: list[Bucket], failures: tuple[type[Exception], ...]) -> Iterator[None]:
    """A try, counted if it ends with one of `failures`. Raises `TooManyAttempts` when there was no place for it.

    The places are taken before, so that a thousand tries at once are no more than a thousand one after the other.
    """
    take_all(buckets)
    try:
        yield
    except failures:
        raise
    except BaseException:
        _give_all_back(buckets)
        raise
    _give_all_back(buckets)


def _give_all_back(buckets: list[Bucket]) -> None:
    for bucket in buckets:
        bucket.give_back()
