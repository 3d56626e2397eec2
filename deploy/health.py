"""Is a server of ours ready? Exit 0 when /readyz there says 200, for the health checks of containers.

python -m deploy.health [unix:/path/of.sock|http://host:port|https://host:port]

Without an address it asks the public port, in whatever way the environment says that nginx serves it.
"""

import http.client
import socket
import ssl
import sys
from urllib.parse import urlsplit

from config.env import Env, load_env

TIMEOUT_S = 4.0


class UnixConnection(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=TIMEOUT_S)
        self.path = path

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(TIMEOUT_S)
        self.sock.connect(self.path)


def is_ready(address: str) -> bool:
    """Whether the server there answers /readyz with 200."""
    connection = open_connection(address)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def open_connection(address: str) -> http.client.HTTPConnection:
    """The kind of connection the address asks for; nothing is sent yet."""
    if address.startswith("unix:"):
        return UnixConnection(address.removeprefix("unix:"))
    where = urlsplit(address)
    if where.scheme == "http":
        return http.client.HTTPConnection(where.netloc, timeout=TIMEOUT_S)
    # it is this machine we ask, by an address the certificate does not name
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(where.netloc, timeout=TIMEOUT_S, context=anybody)


def front_door(env: Env) -> str:
    """Where we reach the public port from this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(env.host, env.host)  # noqa: S104 - asked, not bound
    return f"{'https' if env.tls_certificate else 'http'}://{host}:{env.port}"


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else front_door(load_env())
    sys.exit(0 if is_ready(asked) else 1)
