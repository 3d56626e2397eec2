"""Lua scripts by name, sent by their hash and, when Redis has forgotten them, in full."""

import hashlib
from pathlib import Path
from typing import Any

from redis.exceptions import NoScriptError

from wsgateway.redis.link import RedisLink
from wsgateway.redis.resp import Argument


class Script:
    """One script beside this file: `await script.run(redis, keys, arguments)`."""

    def __init__(self, name: str) -> None:
        self._text = (Path(__file__).parent / f"{name}.lua").read_text("utf-8")
        self._hash = hashlib.sha1(self._text.encode()).hexdigest()  # noqa: S324 - Redis names scripts by SHA-1

    async def run(self, redis: RedisLink, keys: list[str], arguments: list[Argument]) -> Any:
        """Raises `redis.exceptions.RedisError`."""
        try:
            return await redis.command("EVALSHA", self._hash, len(keys), *keys, *arguments)
        except NoScriptError:
            return await redis.command("EVAL", self._text, len(keys), *keys, *arguments)
