"""What counts as one address. Django-free, so that throttles, the lock on guessing and the gateway share it."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

#: what one household or one rented server gets of IPv6, and may change within as it likes
IPV6_PREFIX = 64


@lru_cache(maxsize=4096)  # a gateway asks three times for each socket; 4,096 take under a megabyte
def address_key(address: str) -> str:
    """The address that limits count by: IPv4 as it is (also when mapped into IPv6), IPv6 as the first of its /64.

    Still an address, for tables that take nothing else. What is none comes back as it is.
    """
    try:
        ip = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(IPv6Network((ip, IPV6_PREFIX), strict=False).network_address)
