"""Where the gateway listens: `unix:/path/of.sock` or `host:port`."""

import socket
from pathlib import Path

from tornado.netutil import bind_sockets, bind_unix_socket

#: connections the kernel keeps waiting: a storm of reconnects arrives faster than we accept
BACKLOG = 4096


def bind(where: str) -> list[socket.socket]:
    """Bound and listening. A socket file left by a dead process is replaced. Raises `OSError`, `ValueError`."""
    if where.startswith("unix:"):
        path = Path(where.removeprefix("unix:"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return [bind_unix_socket(str(path), mode=0o660, backlog=BACKLOG)]
    host, _, port = where.rpartition(":")
    return bind_sockets(int(port), address=host.strip("[]") or "127.0.0.1", backlog=BACKLOG)


def metrics_address(listen: str, var: Path) -> str:
    """The private listener beside a public one: `gateway-1.sock` has `gateway-1-metrics.sock`."""
    if listen.startswith("unix:"):
        path = Path(listen.removeprefix("unix:"))
        return f"unix:{path.with_name(path.stem + '-metrics.sock')}"
    return f"unix:{var / ('gateway-' + listen.rpartition(':')[2] + '-metrics.sock')}"
