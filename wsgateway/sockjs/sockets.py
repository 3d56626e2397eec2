"""Taking a socket off Tornado, once its request is read."""

import socket

from tornado.iostream import IOStream


def take_socket(stream: IOStream) -> tuple[socket.socket, bytes] | None:
    """The bare socket out of Tornado's stream, and what was read behind the handshake already. None: the client has
    gone, which Tornado may find out while it reads the very request.

    Tornado has no call for it; these four attributes are the reason why its version is pinned.
    """
    if stream.closed():
        return None
    received = bytes(stream._read_buffer)
    stream.io_loop.remove_handler(stream.fileno())
    sock, stream.socket = stream.socket, None  # type: ignore[assignment]
    stream._closed = True
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock, received
