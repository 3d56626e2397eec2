"""Buckets that hold so many and run out evenly."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import time_machine

from accounts import redis
from accounts.buckets import Bucket, counting, take_all
from accounts.errors import TooManyAttempts
from config.rates import Rate

NOW = datetime(2030, 1, 1, 10, tzinfo=UTC)


class WrongError(Exception):
    """What counts as a failure here."""


def bucket(whose: str = "a", burst: int = 3, every_s: float = 60) -> Bucket:
    return Bucket("test", whose, Rate(burst, every_s))


def test_take_to_the_burst_then_at_the_pace():
    with time_machine.travel(NOW, tick=False) as clock:
        assert [bucket().take() for _ in range(5)] == [0, 0, 0, 60, 60]
        clock.shift(59)
        assert bucket().take() == 1
        clock.shift(1)
        assert [bucket().take(), bucket().take()] == [0, 60]
        clock.shift(3600)
        assert [bucket().take() for _ in range(4)] == [0, 0, 0, 60]


def test_take_of_another_is_another():
    with time_machine.travel(NOW, tick=False):
        assert [bucket("a", 1).take(), bucket("b", 1).take(), bucket("a", 1).take()] == [0, 0, 60]


def test_take_by_many_at_once_gives_no_more_than_there_is():
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _: bucket(burst=10, every_s=3600).take(), range(64)))
    assert waits.count(0) == 10


def test_take_all_stops_at_the_first_that_is_full_and_takes_nothing():
    with time_machine.travel(NOW, tick=False):
        first, full, last = bucket("first", 2), bucket("full", 1), bucket("last", 1)
        assert full.take() == 0
        for _ in range(5):
            with pytest.raises(TooManyAttempts) as refused:
                take_all([first, full, last])
            assert refused.value.retry_after_s == 60
        assert [first.take(), first.take(), first.take(), last.take()] == [0, 0, 60, 0]


def test_counting_counts_failures_alone():
    def attempt(error: Exception | None) -> None:
        with counting([bucket(burst=2)], (WrongError,)):
            if error:
                raise error

    with time_machine.travel(NOW, tick=False):
        for _ in range(10):
            attempt(None)
            with pytest.raises(ZeroDivisionError):
                attempt(ZeroDivisionError())
        for _ in range(2):
            with pytest.raises(WrongError):
                attempt(WrongError())
        with pytest.raises(TooManyAttempts):
            attempt(None)


def test_bucket_goes_from_redis_when_it_has_run_out(valkey):
    bucket(burst=3, every_s=10).take()
    assert 9_000 < valkey.client().pttl(bucket().key) <= 10_001


def test_redis_away_holds_nobody_up(settings, tmp_path):
    redis.connect.cache_clear()
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    try:
        assert [bucket(burst=1).take() for _ in range(3)] == [0, 0, 0]
        bucket().give_back()
    finally:
        redis.connect.cache_clear()
