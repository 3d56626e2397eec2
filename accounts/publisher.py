"""What Django says to our own processes (`control`). Rooms speak to the live rooms by `rooms/gate.py`.

Everything leaves after the transaction has committed, and not at all when it is rolled back. A Redis that is away at
that moment is logged and does not undo what was committed.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

from accounts import redis
from wsgateway.wire.control import CloseSockets, encode_order

logger = logging.getLogger(__name__)


def after_commit(action: Callable[[], Any]) -> None:
    """Run `action` when the transaction commits (at once outside one); what it raises is logged."""

    def act() -> None:
        try:
            action()
        except Exception:
            logger.exception("committed, but not published")

    transaction.on_commit(act)


def close_sockets(user_id: int, code: int, reason: str, digest: str | None = None) -> None:
    """Have every gateway close the user's sockets: those of one token's digest, or all of them.

    `code` is one of `wsgateway.wire.close_codes`.
    """
    order = encode_order(CloseSockets(user_id, code, reason, digest))
    after_commit(partial(_publish_now, redis.channels().control, order))


def _publish_now(channel: str, message: bytes) -> None:
    redis.connect().publish(channel, message)
