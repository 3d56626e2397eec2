"""Two gateways that last for many tests, gateways to be broken, and the stage on the test's Valkey."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Valkey, valkey_in_a_folder
from tests.faults.stage import Stage
from tests.wsgateway.gateway_process import GatewayProcess

#: times short enough for tests, and no limit on how fast one user plays
LIMITS: dict[str, Any] = {
    "presence_grace_s": 0.6,
    "presence_lease_s": 1.5,
    "presence_renew_s": 0.3,
    "linger_s": 1.0,
    "redis_reply_s": 1.0,
    "redis_retry_s": 0.2,
    "answers_per_s": 1e6,
    "answers_burst": 1_000_000,
    "messages_per_s": 1e6,
    "messages_burst": 1_000_000,
}

LIVE_LIMITS = '{"answers_per_s": 1e6}'

StartGateway = Callable[..., GatewayProcess]
Pair = tuple[GatewayProcess, GatewayProcess]


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    """A Valkey of these tests alone: the lasting pair would take part in everybody's."""
    with valkey_in_a_folder() as server:
        yield server


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """For sockets and logs; its path is short, as socket paths must be."""
    with tempfile.TemporaryDirectory(prefix="ft-") as path:
        yield Path(path)


@pytest.fixture(scope="session")
def lasting_pair(valkey_server: Valkey, folder: Path) -> Iterator[Pair]:
    """Two gateways for the tests that harm none."""
    pair = (
        GatewayProcess(folder, valkey_server.url, LIMITS, LIVE_LIMITS=LIVE_LIMITS),
        GatewayProcess(folder, valkey_server.url, LIMITS, LIVE_LIMITS=LIVE_LIMITS),
    )
    for gateway in pair:
        gateway.start()
    yield pair
    for gateway in pair:
        gateway.stop()
    for gateway in pair:
        assert "Traceback" not in gateway.log.read_text(), gateway.log.read_text()


@pytest.fixture
def pair(lasting_pair: Pair, valkey: Valkey) -> Pair:
    """The lasting pair, on an empty Valkey."""
    return lasting_pair


@pytest.fixture
def stage(valkey: Valkey) -> Iterator[Stage]:
    """Rooms and tokens on the test's Valkey."""
    stage = Stage(valkey)
    yield stage
    stage.redis.close()


@pytest.fixture
def start_gateway(valkey: Valkey, folder: Path) -> Iterator[StartGateway]:
    """`start_gateway(redis_url="", limits..., ENV="...")`: gateways that the test may break; all end with it."""
    started: list[GatewayProcess] = []

    def start(redis_url: str = "", limits: dict[str, Any] | None = None, **env: str) -> GatewayProcess:
        env = {"LIVE_LIMITS": LIVE_LIMITS, **env}
        gateway = GatewayProcess(folder, redis_url or valkey.url, {**LIMITS, **(limits or {})}, **env)
        started.append(gateway)
        return gateway.start()

    yield start
    for gateway in started:
        gateway.stop()
    for gateway in started:
        assert "Traceback" not in gateway.log.read_text(), gateway.log.read_text()


@pytest.fixture
def own_valkey() -> Iterator[Valkey]:
    """A Valkey that the test may stop, freeze or empty."""
    with tempfile.TemporaryDirectory(prefix="fv-") as path:
        server = Valkey(Path(path))
        server.start()
        yield server
        server.stop(kill=True)
