"""Guessing a private room's password: so many tries a minute for one user and room, over all processes.

A counter in the shared cache for each minute, counted up before the password is looked at, so that parallel requests
can't slip through together. Past the bound the right password is refused as well, or guessing would go on. When the
cache is away nobody is held up: what it protects is a game among friends.
"""

import logging
import time

from django.core.cache import cache
from redis.exceptions import RedisError

from rooms import limits
from rooms.errors import TooManyGuesses

logger = logging.getLogger(__name__)


def count_guess(*, room_id: int, user_id: int) -> None:
    """One more try. Raises `TooManyGuesses` past the bound."""
    key = _key(room_id, user_id)
    try:
        cache.add(key, 0, limits.GUESSES_S)
        tries = cache.incr(key)
    except (RedisError, ValueError):  # ValueError: the minute ended between the two
        logger.warning("a room's password was tried, but not counted")
        return
    if tries > limits.GUESSES:
        raise TooManyGuesses(retry_after_s=int(limits.GUESSES_S - time.time() % limits.GUESSES_S) + 1)


def forget_guesses(*, room_id: int, user_id: int) -> None:
    """The password was right: who knows it may come and go as he likes."""
    try:
        cache.delete(_key(room_id, user_id))
    except RedisError:
        logger.warning("guesses of a room's password were not forgotten")


def _key(room_id: int, user_id: int) -> str:
    return f"guesses:{room_id}:{user_id}:{int(time.time() // limits.GUESSES_S)}"
