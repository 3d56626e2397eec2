"""The running product, once a session."""

import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, sync_playwright

from bin.launcher.browser import find_browser
from tests.stack.black_box.player import Player
from tests.stack.pack import Pack
from tests.stack.product import Product, wait_for


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the whole product; the first test waits for its start."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.timeout(400))
            if item.path.name == "test_door.py" or item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.whole_path)


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for the sockets' names (pytest's own are too long)."""
    with TemporaryDirectory(prefix="gh-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def stack(short_folder: Path) -> Iterator[Product]:
    """The whole product, started once; nothing of it may be left afterwards."""
    product = Product(short_folder / "s", free_port()).start()
    yield product
    assert product.stop() == 0, product.told()
    wait_for(lambda: not product.processes(), 5, product.processes)


@pytest.fixture(scope="session")
def pack(stack: Product, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The known pack, imported by the operators' command."""
    pack = Pack()
    stack.manage("import_questions", str(pack.write(tmp_path_factory.mktemp("pack"))))
    return pack


@pytest.fixture(scope="session")
def category(stack: Product, pack: Pack) -> int:
    """Id of the pack's category."""
    return category_of(stack.url, pack)


def category_of(url: str, pack: Pack) -> int:
    """The same, as GET quiz/categories tells it."""
    asking = Player(url)
    rows = asking.rest("GET", "quiz/categories?page_size=100")["results"]
    found = {row["name"]: row for row in rows}[pack.NAME]
    assert found == {"id": found["id"], "name": pack.NAME, "language": "en", "cnt_questions": len(pack.WORDS)}
    number: int = found["id"]
    return number


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser; open a context of its own for each player.

    Not for the whole session: while it is there, no test of another module could run an event loop.
    """
    # as root in a container it can't build its sandbox; the rest keeps it from calling home
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=quiet)
        yield browser
        browser.close()


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
