"""Tracebacks in the log: short, and of the same exception at the same place one a minute. Imports no Django."""

import sys
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from types import TracebackType

import structlog
from structlog.typing import EventDict

from config import limits

#: the type of an exception, where it was raised, and who logs it
Place = tuple[str, str, str]


class Seen:
    """When the traceback of a place was written last, and how many were left out since."""

    def __init__(self, at: float) -> None:
        self.at, self.left_out = at, 0


class Tracebacks:
    """A structlog processor: `exc_info` becomes `exception`, the traceback without the values of variables.

    A repeated one becomes the exception's name and place, and `tracebacks_left_out` says how many there were since the
    last whole one. Every line stays. Counted by each process.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._seen: OrderedDict[Place, Seen] = OrderedDict()

    def __call__(self, logger: structlog.typing.WrappedLogger, method: str, event: EventDict) -> EventDict:
        """structlog's call."""
        if isinstance(task := event.get("data"), dict) and "traceback" in task:  # Celery's second copy of it
            event["data"] = {name: value for name, value in task.items() if name != "traceback"}
        error = _error(event.pop("exc_info", None))
        if error is not None:
            where = f"{type(error).__name__} at {_raised_at(error.__traceback__)}"
            whole, left_out = self._count((type(error).__qualname__, where, str(event.get("logger", ""))))
            event["exception"] = _text(error) if whole else where
            if left_out:
                event["tracebacks_left_out"] = left_out
        return event

    def _count(self, place: Place) -> tuple[bool, int]:
        """Whether the whole traceback is written, and how many were left out since the last one that was."""
        now = self._clock()
        with self._lock:
            seen = self._seen.get(place)
            if seen is not None and now - seen.at < limits.TRACEBACK_EVERY_S:
                seen.left_out += 1
                return False, seen.left_out
            self._seen[place] = Seen(now)
            self._seen.move_to_end(place)
            if len(self._seen) > limits.TRACEBACK_PLACES:
                self._seen.popitem(last=False)
            return True, seen.left_out if seen else 0


def _error(exc_info: object) -> BaseException | None:
    """The exception that a record is about, in any of the forms `exc_info` may have."""
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1]
    elif exc_info and not isinstance(exc_info, BaseException):
        exc_info = sys.exc_info()[1]
    return exc_info if isinstance(exc_info, BaseException) else None


def _raised_at(tb: TracebackType | None) -> str:
    """File and line of the innermost frame."""
    while tb is not None and tb.tb_next is not None:
        tb = tb.tb_next
    return f"{tb.tb_frame.f_code.co_filename}:{tb.tb_lineno}" if tb else "an unknown place"


def _text(error: BaseException) -> str:
    """The traceback; of a long one its two ends."""
    text = "".join(traceback.format_exception(error)).rstrip("\n")
    half = limits.TRACEBACK_CHARS // 2
    if len(text) <= limits.TRACEBACK_CHARS:
        return text
    return f"{text[:half]}\n  ... {len(text) - 2 * half} characters left out ...\n{text[-half:]}"
