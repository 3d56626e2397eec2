"""One epoll for all slim sockets, standing in asyncio's own as a single reader.

`loop.add_reader` keeps a handle, a copied context and a selector key per socket (about 0.7 KiB) and runs a handle per
event; here a socket costs one dict entry and an event one call.
"""

import asyncio
import select
from typing import Protocol

#: events taken per turn of the loop; the rest waits for the next, so that Redis and timers get their turn
EVENTS_PER_TURN = 256

READ = select.EPOLLIN
WRITE = select.EPOLLOUT


class Polled(Protocol):
    """What a socket offers to the poller."""

    def on_events(self, events: int) -> None:
        """The socket is readable, writable or broken."""


class Poller:
    """File descriptor -> socket, served whenever the kernel says so."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._epoll = select.epoll()
        self._sockets: dict[int, Polled] = {}
        loop.add_reader(self._epoll.fileno(), self._serve)

    def watch(self, fd: int, polled: Polled) -> None:
        """Serve what can be read from now on."""
        self._sockets[fd] = polled
        self._epoll.register(fd, READ)

    def want(self, fd: int, events: int) -> None:
        """Change what the socket waits for: `READ`, or `READ | WRITE` while something is queued."""
        self._epoll.modify(fd, events)

    def forget(self, fd: int) -> None:
        """Serve it no more; call before the socket is closed."""
        if self._sockets.pop(fd, None) is not None:
            self._epoll.unregister(fd)

    def close(self) -> None:
        """Leave the loop."""
        self._loop.remove_reader(self._epoll.fileno())
        self._epoll.close()

    def _serve(self) -> None:
        sockets = self._sockets
        for fd, events in self._epoll.poll(0, EVENTS_PER_TURN):
            polled = sockets.get(fd)
            if polled is not None:
                polled.on_events(events)
