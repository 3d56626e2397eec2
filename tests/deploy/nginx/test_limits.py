"""What one network may ask of nginx: up to each limit and over it, and a pub that meets none."""

import socket
from collections.abc import Callable

import msgspec
import pytest

from config.env import Env
from deploy.nginx.limits import read_limits
from tests.deploy.nginx.conftest import Door

OpenDoor = Callable[..., Door]
#: there is nothing behind the door: a file that isn't there, and Django that is away
FILE, DJANGO = "/sw.js", "/api/v1/login"


def test_requests_of_an_address_at_their_limit_and_over(open_door: OpenDoor):
    door = open_door(NGINX_LIMITS='{"requests_per_s": 1, "requests_burst": 2}')

    assert [door.get(FILE).status_code for _ in range(4)] == [404, 404, 404, 429]
    assert door.get(FILE, "198.51.100.2").status_code == 404


@pytest.mark.parametrize(
    ("first", "same", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:3::1"),
        ("2001:db8::1", "2001:db8:0:0:5::", "2001:db8:0:1::1"),
        ("::1", "::2:0:0:1", "0:0:0:1::1"),
        ("198.51.100.7", "::ffff:198.51.100.7", "::ffff:198.51.100.8"),
    ],
)
def test_network_is_the_64_of_ipv6_and_the_address_of_ipv4(open_door: OpenDoor, first: str, same: str, other: str):
    door = open_door(NGINX_LIMITS='{"requests_per_s": 1, "requests_burst": 1}')

    assert [door.get(FILE, address).status_code for address in (first, same, first, other)] == [404, 404, 429, 404]


def test_requests_to_django_at_their_limit_and_over(open_door: OpenDoor):
    door = open_door(NGINX_LIMITS='{"django_per_s": 1, "django_burst": 1}')
    statuses = [door.get(DJANGO).status_code for _ in range(2)]

    refused = door.get(DJANGO)

    assert (statuses, refused.status_code) == ([503, 503], 429)
    assert refused.json() == {
        "status": 1,
        "message": "Too many requests from your network; try again.",
        "code": "throttled",
        "errors": {},
    }
    assert (refused.headers["Retry-After"], refused.headers["Cache-Control"]) == ("2", "no-store")
    assert door.get(FILE).status_code == 404


def test_connections_of_an_address_at_their_limit_and_over(open_door: OpenDoor):
    """Before a gateway that answers nobody."""
    door = open_door(NGINX_LIMITS='{"address_connections": 3}', GATEWAY_PROCESSES="1")
    with socket.socket(socket.AF_UNIX) as gateway:
        gateway.bind(str(door.var / "gateway-1.sock"))
        gateway.listen()
        held, taken = [], []
        for _ in range(3):
            held.append(ask(door, "198.51.100.1"))
            taken.append(gateway.accept()[0])

        with ask(door, "198.51.100.1") as refused, ask(door, "198.51.100.2"):
            assert refused.recv(12) == b"HTTP/1.1 429"
            taken.append(gateway.accept()[0])
        for connection in held + taken:
            connection.close()


def ask(door: Door, address: str) -> socket.socket:
    """A request for a socket that is under way."""
    host, _, port = door.where.partition(":")
    connection = socket.create_connection((host, int(port)), timeout=10)
    connection.sendall(f"GET /ws/info HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {address}\r\n\r\n".encode())
    return connection


def test_pub_behind_one_router_meets_no_limit(open_door: OpenDoor):
    """120 people open the page in the same seconds: 15 files and 8 calls each."""
    door = open_door()

    statuses = {
        path: {door.get(path).status_code for _ in range(120 * many)} for path, many in ((FILE, 15), (DJANGO, 8))
    }

    assert statuses == {FILE: {404}, DJANGO: {503}}


def test_value_that_means_nothing_is_refused():
    assert read_limits(Env(nginx_limits='{"django_per_s": 7}')).django_per_s == 7
    for wrong, said in (('{"nonsense": 7}', "unknown field `nonsense`"), ('{"django_burst": 0}', "`int` >= 1")):
        with pytest.raises(msgspec.ValidationError, match=said):
            read_limits(Env(nginx_limits=wrong))
