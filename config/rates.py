"""How often something may be done: `60/hour after 200` is 200 at once, then evenly 60 an hour. Django-free."""

import re
from typing import NamedTuple

UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SPELLED = re.compile(r"([1-9][0-9]*)/(s|sec|second|m|min|minute|h|hour|d|day)(?: after ([1-9][0-9]*))?", re.ASCII)


class Rate(NamedTuple):
    """`burst` at once, and one more every `every_s` seconds."""

    burst: int
    every_s: float


def parse_rate(text: str) -> Rate:
    """`10/hour` is `10/hour after 10`. Raises `ValueError` for what is no rate."""
    match = _SPELLED.fullmatch(text)
    if match is None:
        raise ValueError(f"not a rate: {text!r}")
    count = int(match[1])
    return Rate(int(match[3] or count), UNITS_S[match[2][0]] / count)
