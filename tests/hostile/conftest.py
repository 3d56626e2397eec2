"""Gateways to be attacked, and what they took of the machine."""

from pathlib import Path

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import gateway, lasting_gateway, lasting_valkey, start_gateway  # noqa: F401
from tests.wsgateway.gateway_process import GatewayProcess, give_token

USER = 23


class Victim:
    """A gateway that all tests here share: whatever one of them sends must not harm the next."""

    def __init__(self, process: GatewayProcess, valkey: Valkey) -> None:
        self.process, self.valkey, self.listen = process, valkey, process.listen

    async def identified(self, *, raw: bool = True) -> Client:
        """A client that has said who it is."""
        client = await Client.open(self.listen, raw=raw)
        await client.connect(USER, give_token(self.valkey.client(), USER))
        return client

    @property
    def rss(self) -> int:
        """Resident memory, bytes."""
        assert self.process.process is not None
        status = Path(f"/proc/{self.process.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) * 1024

    @property
    def files(self) -> int:
        """Open files, sockets among them."""
        return int(self.process.metric("process_open_fds"))

    @property
    def connections(self) -> int:
        """Connections of the hub."""
        return int(self.process.metric("gamehub_gateway_connections"))


@pytest.fixture
def victim(lasting_gateway: GatewayProcess, lasting_valkey: Valkey) -> Victim:  # noqa: F811
    """The shared gateway, its Valkey empty."""
    lasting_valkey.client().flushall()
    return Victim(lasting_gateway, lasting_valkey)
