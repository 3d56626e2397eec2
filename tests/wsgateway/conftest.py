"""Gateways for tests: `gateway` with short times, `start_gateway` for more of them or other limits."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Valkey, valkey_in_a_folder
from tests.wsgateway.gateway_process import GatewayProcess

#: times short enough for tests, all else as in production
QUICK = {"presence_grace_s": 0.6, "presence_lease_s": 1.5, "presence_renew_s": 0.3, "linger_s": 1.0}

StartGateway = Callable[..., GatewayProcess]


@pytest.fixture(scope="session")
def lasting_valkey() -> Iterator[Valkey]:
    """The Valkey of `lasting_gateway` alone: a gateway that stays on the session's would take part in other tests."""
    with valkey_in_a_folder() as server:
        yield server


@pytest.fixture(scope="session")
def lasting_gateway(lasting_valkey: Valkey) -> Iterator[GatewayProcess]:
    """One gateway for many tests that do it no harm; it lives through the flushes between them."""
    with tempfile.TemporaryDirectory(prefix="gw-") as folder:
        process = GatewayProcess(Path(folder), lasting_valkey.url, QUICK)
        yield process.start()
        process.stop()
        assert "Traceback" not in process.log.read_text(), process.log.read_text()


@pytest.fixture
def start_gateway(valkey: Valkey) -> Iterator[StartGateway]:
    """`start_gateway(limits..., ENV="...")` starts one on the test's Valkey; all are stopped at the end."""
    started: list[GatewayProcess] = []
    with tempfile.TemporaryDirectory(prefix="gw-") as folder:

        def start(limits: dict[str, Any] | None = None, redis_url: str = "", **env: str) -> GatewayProcess:
            process = GatewayProcess(Path(folder), redis_url or valkey.url, {**QUICK, **(limits or {})}, **env)
            started.append(process)
            return process.start()

        yield start
        for process in started:
            process.stop()
        for process in started:
            assert "Traceback" not in process.log.read_text(), process.log.read_text()


@pytest.fixture
def gateway(start_gateway: StartGateway) -> GatewayProcess:
    """One gateway."""
    return start_gateway()


@pytest.fixture
def own_valkey() -> Iterator[Valkey]:
    """A Valkey that this test may stop."""
    with valkey_in_a_folder() as server:
        yield server
