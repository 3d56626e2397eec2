"""Somebody who is banned loses their seats: in the database with the ban, in the live rooms after its commit."""

from functools import partial
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from accounts.publisher import after_commit
from accounts.signals import user_banned
from rooms import gate
from rooms.models import Ending, Membership


@receiver(user_banned, dispatch_uid="rooms.banning")
def take_seats(sender: Any, user: User, **signal: Any) -> None:
    """Ends the user's stays. Nobody waits for the live rooms: an operator may ban twenty at once, and their commands
    lie in the inboxes, where nothing gets lost."""
    stays = Membership.objects.filter(user=user, left_at=None)
    rooms = list(stays.values_list("room", flat=True))
    stays.update(left_at=timezone.now(), ending=Ending.BANNED)
    for room_id in rooms:
        after_commit(partial(gate.tell, room_id, "kick", user=user.pk, body={"user": user.pk}))
