"""What the black-box tests share: a pack of known answers in the running product, and players."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.stack.black_box.player import Pack, Player, Socket
from tests.stack.product import Product


@pytest.fixture(scope="session")
def pack(stack: Product, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The known pack, imported by the operators' command."""
    pack = Pack()
    stack.manage("import_questions", str(pack.write(tmp_path_factory.mktemp("pack"))))
    return pack


@pytest.fixture(scope="session")
def category(stack: Product, pack: Pack) -> int:
    """Id of the pack's category, as GET quiz/categories tells it."""
    asking = Player(stack.url)
    rows = asking.rest("GET", "quiz/categories?page_size=100")["results"]
    found = {row["name"]: row for row in rows}[pack.NAME]
    assert found == {"id": found["id"], "name": pack.NAME, "language": "en", "cnt_questions": len(pack.WORDS)}
    number: int = found["id"]
    return number


@pytest.fixture
def bogdan(stack: Product) -> Player:
    """A player."""
    return Player(stack.url)


@pytest.fixture
def anna(stack: Product) -> Player:
    """Another one."""
    return Player(stack.url)


Opener = Callable[..., Awaitable[Socket]]


@pytest.fixture
async def sockets() -> AsyncIterator[Opener]:
    """`await sockets(player, where, raw=...)`: an identified socket that is closed after the test."""
    async with AsyncExitStack() as open_ones:

        async def open_socket(player: Player, where: str = "", **options: Any) -> Socket:
            return await open_ones.enter_async_context(await player.open(where, **options))

        yield open_socket
