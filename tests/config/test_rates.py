"""Rates as people write them."""

import pytest

from config.rates import Rate, parse_rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("10/hour", Rate(10, 360)),
        ("60/hour after 300", Rate(300, 60)),
        ("1/s", Rate(1, 1)),
        ("30/min after 1", Rate(1, 2)),
        ("2/day", Rate(2, 43_200)),
    ],
)
def test_parse_rate_of(text: str, rate: Rate):
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    "text", ["", "many", "0/hour", "5/year", "5/hour after 0", "5/hour after", "-1/s", "1/s after 2 3"]
)
def test_parse_rate_of_none(text: str):
    with pytest.raises(ValueError, match="not a rate"):
        parse_rate(text)
