"""Fixtures of the rooms' tests."""

from tests.live_runner import live_runner, no_runner

__all__ = ["live_runner", "no_runner"]
