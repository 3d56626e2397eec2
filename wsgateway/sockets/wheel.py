"""Time shared by many: one ticking wheel instead of a timer per socket."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Wheel(Generic[T]):
    """Calls `due(item)` once, `period_s` after the item was put on and at most one tick later, unless taken off before.

    With `again` it is called every `period_s` (the first time up to a tick earlier): a heartbeat.
    """

    def __init__(self, period_s: float, due: Callable[[T], None], *, again: bool = False, ticks: int = 10) -> None:
        """`ticks`: into how many parts the period is cut. More of them wake an idle process more often, fewer bring
        more items at once."""
        self._tick_s = period_s / ticks
        self._due, self._again = due, again
        self._slots: list[dict[T, None]] = [{} for _ in range(ticks + (not again))]
        self._now = 0
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to turn, in the running loop."""
        loop = asyncio.get_running_loop()
        self._handle = loop.call_later(self._tick_s, self._turn, loop)

    def stop(self) -> None:
        """Turn no more; what is on it stays."""
        if self._handle is not None:
            self._handle.cancel()

    def put(self, item: T) -> int:
        """Put on; the slot returned is what `take` needs."""
        self._slots[self._now][item] = None
        return self._now

    def take(self, item: T, slot: int) -> None:
        """Take off, if it is still there."""
        self._slots[slot].pop(item, None)

    def any(self, test: Callable[[T], bool]) -> bool:
        """Whether the test holds for something on the wheel."""
        return any(test(item) for items in self._slots for item in items)

    def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        """Late on a busy machine, it does not catch up: what was put on meanwhile would be due too early."""
        self._handle = loop.call_later(self._tick_s, self._turn, loop)
        self._now = (self._now + 1) % len(self._slots)
        items = self._slots[self._now]
        if not items:
            return
        if not self._again:
            self._slots[self._now] = {}
        for item in list(items):
            self._due(item)
