"""The rates of the environment (`THROTTLE_REGISTRATION`, ...), as the settings hold them."""

from typing import cast

from rest_framework.settings import api_settings

from config.rates import Rate, parse_rate


def rate_of(scope: str) -> Rate:
    """`registration`, `login` or `password_reset`."""
    return parse_rate(cast(str, api_settings.DEFAULT_THROTTLE_RATES[scope]))
