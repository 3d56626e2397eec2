"""What Django's cache stores in Redis: JSON, never pickle. Whoever can write to Redis can so put in wrong values, but
runs no code of theirs in ours."""

import logging
from typing import Any

import msgspec
from django.utils.functional import Promise

logger = logging.getLogger(__name__)


class JSONSerializer:
    """`OPTIONS["serializer"]` of the Redis cache. Tuples come back as lists, dataclasses as dicts (which is all that
    unfold's search needs of its results)."""

    def dumps(self, value: Any) -> int | bytes:
        """An integer as it is, so that Redis can count it up. Raises `TypeError` for what JSON can't say."""
        return value if type(value) is int else msgspec.json.encode(value, enc_hook=_plain)

    def loads(self, stored: bytes) -> Any:
        """The value; None, as if nothing were there, for what is no JSON."""
        try:
            return msgspec.json.decode(stored)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            logger.warning("a cached value is no JSON and was not used")
            return None


def _plain(value: Any) -> str:
    if isinstance(value, Promise):  # a translated text or an address, not worked out yet
        return str(value)
    raise TypeError(f"{type(value).__name__} can't be cached")
