"""How often a user may make, join and leave rooms, over REST and the socket alike: `THROTTLE_ROOM_MAKING`, ..."""

from math import ceil
from typing import Literal

from django.conf import settings

from accounts.buckets import Bucket
from accounts.models import User
from config.rates import Rate, parse_rate
from rooms import limits
from rooms.errors import TooOften

Act = Literal["making", "joining", "leaving", "managing"]

RATES: dict[Act, Rate] = {
    "making": parse_rate(settings.ENV.throttle_room_making),
    "joining": parse_rate(settings.ENV.throttle_room_joining),
    "leaving": parse_rate(settings.ENV.throttle_room_leaving),
    "managing": Rate(limits.MANAGING_BURST, limits.MANAGING_EVERY_S),
}


def count(act: Act, *, user: User) -> None:
    """One more. Raises `TooOften` past the rate, and then nothing was counted."""
    wait_s = Bucket(f"room_{act}", f"user {user.pk}", RATES[act]).take()
    if wait_s:
        raise TooOften(retry_after_s=ceil(wait_s))
