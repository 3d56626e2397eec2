"""Clients that stop reading, in a thread of their own so that nothing they do disturbs who measures."""

import asyncio
import threading
from collections.abc import Callable

from tests.faults.raw_socket import RawSocket


class Sluggards:
    """`count` users from `first` on, at one gateway; they read until told to stop."""

    def __init__(self, port: int, first: int, count: int) -> None:
        self.users = range(first, first + count)
        self._port, self._sockets = port, list[RawSocket]()
        self._ready = 0
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._connect(), self._loop).result(60)

    async def _connect(self) -> None:
        for user in self.users:
            socket = await RawSocket.open(f"127.0.0.1:{self._port}", self._received)
            socket.send({"action": "connect", "id": user, "token": f"bench-token-{user}"})
            self._sockets.append(socket)
        while self._ready < len(self.users):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    def _received(self, text: bytes) -> None:
        self._ready += text.startswith(b'{"action":"connected"')

    def stop_reading(self) -> None:
        """From now on everything piles up at the gateway."""
        self._each(RawSocket.stop_reading)

    def leave(self) -> None:
        """The end."""
        self._each(RawSocket.abandon)

    def _each(self, do: Callable[[RawSocket], None]) -> None:
        async def all_of_them() -> None:
            for socket in self._sockets:
                do(socket)

        asyncio.run_coroutine_threadsafe(all_of_them(), self._loop).result(30)
