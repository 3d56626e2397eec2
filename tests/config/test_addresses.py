"""One household is one address, however it is written."""

from ipaddress import ip_address

import pytest

from config.addresses import address_key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("10.0.0.9", "10.0.0.9"),
        ("::ffff:10.0.0.9", "10.0.0.9"),
        ("::FFFF:0a00:0009", "10.0.0.9"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:0db8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("2001:db8::1", "2001:db8::"),
        ("2001:db8:0:0:1::", "2001:db8::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("fe80::1%eth0", "fe80::"),
        ("::1", "::"),
        (" 10.0.0.9 ", "10.0.0.9"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_address_key_of(address: str, key: str):
    assert address_key(address) == key
    assert address_key(key) == key


def test_address_key_is_an_address():
    assert ip_address(address_key("2001:db8:1:2:3:4:5:6"))
