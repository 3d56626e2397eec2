"""What the black-box tests share: players and their sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.stack.black_box.player import Player, Socket
from tests.stack.product import Product
from tests.wsgateway.client import Refused


@pytest.fixture
def bogdan(stack: Product) -> Player:
    """A player."""
    return Player(stack.url)


@pytest.fixture
def anna(stack: Product) -> Player:
    """Another one."""
    return Player(stack.url)


#: seconds in which the front door finds a gateway again that was killed
BACK_S = 10


class Sockets:
    """Opens sockets that are closed after the test."""

    def __init__(self, open_ones: AsyncExitStack) -> None:
        self._open_ones = open_ones

    async def __call__(self, player: Player, where: str = "", *, raw: bool = False) -> Socket:
        """One that has said who it is; `where` is one gateway's own address, nginx's when left out."""
        socket = await self.knock(player, where, raw=raw)
        connected = await socket.connect(player.id, player.token, player.name)
        assert (connected["id"], connected["name"]) == (player.id, player.name)
        return socket

    async def knock(self, player: Player, where: str = "", *, raw: bool = False) -> Socket:
        """One that has not. A 502 (a gateway was killed just now) is tried again for a while, as any client does."""
        where = where or player.url.removeprefix("http://")
        async with asyncio.timeout(BACK_S):
            while True:
                try:
                    socket = await Socket.open(where, raw=raw, host="127.0.0.1")
                except Refused as refused:
                    if refused.status != 502:
                        raise
                    await asyncio.sleep(0.1)
                else:
                    return await self._open_ones.enter_async_context(socket)


@pytest.fixture
async def sockets() -> AsyncIterator[Sockets]:
    """`await sockets(player)` opens one."""
    async with AsyncExitStack() as open_ones:
        yield Sockets(open_ones)
