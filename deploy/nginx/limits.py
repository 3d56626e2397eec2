"""What one network (an IPv4 address, an IPv6 /64) may ask of nginx. `NGINX_LIMITS` changes values, as JSON.

A pub, a school, an office is one address: what is bounded here is what a single one could take from all others, with
room for a thousand people behind it.
"""

from typing import Annotated

import msgspec

from config.env import Env

#: nginx knows no 0 here
Count = Annotated[int, msgspec.Meta(ge=1)]


class NginxLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values; the reason is the comment above each."""

    #: requests and sockets at the same time: a player holds one, and each of two gateways takes 2,000 of an address
    address_connections: Count = 4000
    #: requests a second of any kind: a thousand players who poll, because a proxy of theirs lets no WebSocket through
    requests_per_s: Count = 500
    #: so many more at once: the page's files, for a few hundred people who open it together
    requests_burst: Count = 5000
    #: requests a second to Django: what two of its processes serve, so that others still get their turn
    django_per_s: Count = 100
    #: so many more at once: everybody's log-in, lobby and room when a quiz night begins
    django_burst: Count = 1000


def read_limits(env: Env) -> NginxLimits:
    """The table with this environment's changes. Raises `msgspec.ValidationError` for a name or value that is none."""
    return msgspec.json.decode(env.nginx_limits or b"{}", type=NginxLimits)
