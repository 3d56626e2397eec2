"""The running product, once a session."""

import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, sync_playwright

from bin.launcher.browser import find_browser
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
def chromium() -> Iterator[Browser]:
    """A real browser; open a context of its own for each player."""
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
