"""From the live rooms' outbox to the database: each outcome once, and none of them in another's way.

The outbox is a hash in Redis that an ended room writes to in the same script that closes it. An entry stays there
until it is stored, so nothing is lost while Celery or the database is down; storing it twice does nothing.
"""

import logging
from datetime import UTC, datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from rooms import limits
from rooms.backend import backend_of
from rooms.gate import live_rooms
from rooms.models import Ending, Membership, ParkedOutcome, Room, RoomState

logger = logging.getLogger(__name__)


def record_results() -> int:
    """Store every outcome in the outbox; answers how many were new. One that can't be stored stays, see `_put_back`.

    Raises `OperationalError` when the database itself is away: then every entry stays as it is, without a count.
    """
    stored = 0
    for room_id, entry in live_rooms().take_results().items():
        try:
            stored += record_outcome(entry=entry)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # whatever is wrong with one outcome, the others are to be stored
            logger.exception("the outcome of room %s could not be stored", room_id, extra={"room": room_id})
            _put_back(room_id, entry, error)
        else:
            live_rooms().drop_result(room_id)
    return stored


@transaction.atomic
def record_outcome(*, entry: dict[str, Any]) -> bool:
    """Store how one room ended: the room, its memberships, and what the game keeps. Whether it was new.

    `entry` is `{"room_id", "message", "reason", "results", "record", "closed": ms}`.
    """
    room = Room.objects.select_for_update().filter(pk=entry["room_id"]).first()
    if room is None:
        # its maker got no answer and undid it
        logger.warning("room %s ended, but was never kept", entry["room_id"], extra={"room": entry["room_id"]})
        return False
    ParkedOutcome.objects.filter(room_id=room.pk).delete()
    if room.recorded_at is not None:
        return False
    ended = datetime.fromtimestamp(entry["closed"] / 1000, UTC)
    backend_of(room.game).record(room, entry)
    Membership.objects.filter(room=room, left_at=None).update(left_at=ended, ending=Ending.FINISHED)
    room.state, room.closed_at = RoomState.CLOSED, room.closed_at or ended
    room.close_message = room.close_message or entry["message"][:300]
    room.opened_at = room.opened_at or room.created_at
    room.recorded_at = timezone.now()
    room.save(update_fields=["state", "closed_at", "close_message", "opened_at", "recorded_at"])
    return True


def record_parked(*, parked: ParkedOutcome) -> bool:
    """Try again to store an outcome that was put aside; whether it was new. Raises what storing it raises."""
    entry, pk = parked.entry, parked.pk
    new = record_outcome(entry=entry)
    ParkedOutcome.objects.filter(pk=pk).delete()
    return new


def _put_back(room_id: int, entry: dict[str, Any], error: Exception) -> None:
    """Count the failure; after the last try the entry leaves the outbox for the table an operator looks at."""
    failed, fresh = ParkedOutcome.objects.get_or_create(
        room_id=room_id, defaults={"entry": entry, "error": _told(error)}
    )
    if not fresh:
        failed.tries += 1
        failed.error = _told(error)
    if failed.tries >= limits.OUTCOME_TRIES:
        failed.parked_at = timezone.now()
    failed.save()
    if failed.parked_at:
        live_rooms().drop_result(room_id)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:1000]
