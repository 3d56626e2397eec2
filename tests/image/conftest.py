"""Deployments of the built image. `bin/test image` builds it and gives these tests a network of their own."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.image.deployment import Deployment
from tests.stack.black_box.conftest import anna, bogdan, sockets
from tests.stack.conftest import category_of
from tests.stack.pack import Pack

__all__ = ["anna", "bogdan", "sockets"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test waits for the start of everything."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture(scope="session", autouse=True)
def own_network() -> None:
    """A network in which every port is free and nothing outside can be reached."""
    if "GAMEHUB_IMAGE" not in os.environ:
        pytest.fail("these need the built image: run them by `bin/test image`")


@pytest.fixture(scope="module")
def stack(request: pytest.FixtureRequest) -> Iterator[Deployment]:
    """The module's DEPLOYMENT, up, its certificate believed. Afterwards nothing is left or had to be killed."""
    with TemporaryDirectory(prefix="gh-") as folder, pytest.MonkeyPatch.context() as patch:
        deployment: Deployment = request.module.DEPLOYMENT(Path(folder))
        patch.setenv("REQUESTS_CA_BUNDLE", str(deployment.certificate))
        patch.setenv("SSL_CERT_FILE", str(deployment.certificate))
        try:
            deployment.up()
            yield deployment
        finally:
            deployment.stop()
        assert deployment.killed == [], deployment.told()


@pytest.fixture(scope="module")
def pack(stack: Deployment) -> Pack:
    """The known pack, imported by the operators' command."""
    pack = Pack()
    pack.write(stack.state)
    stack.manage("import_questions", "/var/lib/gamehub/black-box.json")
    return pack


@pytest.fixture(scope="module")
def category(stack: Deployment, pack: Pack) -> int:
    """Id of the pack's category."""
    return category_of(stack.url, pack)
