"""Argon2 in turns. It is meant to take memory and time, so whoever may ask for it at will could take all of both."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

from accounts import limits
from accounts.errors import Busy


class Turns:
    """At most `at_once` at the same time in this process; `waiting` more wait, each for `wait_s` seconds at most."""

    def __init__(self, at_once: int, waiting: int, wait_s: float) -> None:
        self._wait_s = wait_s
        self._places = BoundedSemaphore(at_once + waiting)
        self._turns = BoundedSemaphore(at_once)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One's turn. Raises `Busy` at once when too many wait already, or later when the wait was too long."""
        if not self._places.acquire(blocking=False):
            raise Busy(retry_after_s=limits.ARGON2_RETRY_S)
        try:
            if not self._turns.acquire(timeout=self._wait_s):
                raise Busy(retry_after_s=limits.ARGON2_RETRY_S)
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()


TURNS = Turns(limits.ARGON2_AT_ONCE, limits.ARGON2_WAITING, limits.ARGON2_WAIT_S)


class Argon2InTurns(Argon2PasswordHasher):
    """Django's, at most `ARGON2_AT_ONCE` in a process at a time, wherever it is called from."""

    memory_cost = limits.ARGON2_KIB

    def encode(self, password: str, salt: str) -> str:
        """Raises `Busy`."""
        with TURNS.turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Raises `Busy`."""
        with TURNS.turn():
            return super().verify(password, encoded)
