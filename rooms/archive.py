"""Closed rooms don't stay for ever: who sat in one is forgotten after ROOM_RETENTION_DAYS, and the room itself too
unless its game has results. Results, rounds and ratings stay, and can be looked at under the room as before."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from config.games import GAMES
from rooms import limits
from rooms.backend import backend_of
from rooms.models import Membership, ParkedOutcome, Room


def archive_rooms() -> int:
    """One run: a few short transactions, the oldest rooms first. How many rooms were archived or deleted."""
    done = 0
    for _ in range(limits.ARCHIVE_BATCHES if settings.ENV.room_retention_days else 0):
        batch = _archive_batch()
        done += batch
        if batch < limits.ARCHIVE_BATCH:
            break
    return done


@transaction.atomic
def _archive_batch() -> int:
    long_ago = timezone.now() - timedelta(days=settings.ENV.room_retention_days)
    # an outcome that an operator has yet to store needs its room
    parked = ParkedOutcome.objects.filter(room_id=OuterRef("pk"))
    old = Room.objects.filter(closed_at__lt=long_ago, archived_at=None).exclude(Exists(parked)).order_by("closed_at")
    games = dict(old.values_list("pk", "game")[: limits.ARCHIVE_BATCH])
    kept = _with_results(games)
    Membership.objects.filter(room__in=games).delete()
    archived = Room.objects.filter(pk__in=kept)
    archived.exclude(password="").update(password=UNUSABLE_PASSWORD_PREFIX)  # still private, the hash is forgotten
    archived.update(archived_at=timezone.now())
    Room.objects.filter(pk__in=games.keys() - kept).delete()
    return len(games)


def _with_results(games: dict[int, str]) -> set[int]:
    """Those of the rooms whose game has results; all those of a game that is no longer here."""
    kept = {pk for pk, game in games.items() if game not in GAMES}
    for game in set(games.values()) & set(GAMES):
        kept |= backend_of(game).which_have_results([pk for pk, each in games.items() if each == game])
    return kept
