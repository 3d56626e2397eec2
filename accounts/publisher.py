"""The one place from which Django publishes: to users' channels and to our own processes (`control`).

Everything leaves after the transaction has committed, and not at all when it is rolled back. A Redis that is away at
that moment is logged and does not undo what was committed.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from django.db import transaction

from accounts import redis

logger = logging.getLogger(__name__)


def after_commit(action: Callable[[], Any]) -> None:
    """Run `action` when the transaction commits (at once outside one); what it raises is logged."""

    def act() -> None:
        try:
            action()
        except Exception:
            logger.exception("committed, but not published")

    transaction.on_commit(act)


def publish_to_user(user_id: int, message: dict[str, Any]) -> None:
    """Send a message to all sockets of a user, as it is."""
    _publish(redis.channels().user(user_id), message)


def close_sockets(user_id: int, code: int, reason: str, digest: str | None = None) -> None:
    """Have every gateway close the user's sockets: those of one token's digest, or all of them.

    `code` is a close code of `wsgateway.protocol`.
    """
    message = {"do": "close", "user": user_id, "code": code, "reason": reason}
    _publish(redis.channels().control, message if digest is None else {**message, "digest": digest})


def run_room(room_id: int) -> None:
    """Have some gateway look at a room's inbox now."""
    _publish(redis.channels().control, {"do": "run", "room": room_id})


def _publish(channel: str, message: dict[str, Any]) -> None:
    after_commit(partial(_publish_now, channel, msgspec.json.encode(message).decode()))


def _publish_now(channel: str, text: str) -> None:
    redis.connect().publish(channel, text)
