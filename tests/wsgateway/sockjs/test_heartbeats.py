"""An open request gets `h` every so often, on every transport: silence makes proxies cut."""

import pytest

from tests.wsgateway.sockjs.conftest import Endpoint
from tests.wsgateway.sockjs.test_streaming import EACH, TRANSPORTS, wrapped
from tests.wsgateway.sockjs.test_websockets import Client
from tests.wsgateway.sockjs.wire import Streaming, Wire, new_session


@EACH
async def test_heartbeats_streaming(endpoint: Endpoint, transport: str):
    async with Streaming(endpoint("impatient"), f"{new_session()}/{transport}", TRANSPORTS[transport][0]) as stream:
        assert [await stream.frame() for _ in range(3)] == [wrapped(transport, frame) for frame in "ohh"]


@pytest.mark.parametrize(
    ("method", "path", "frames"),
    [("POST", "xhr", ["o\n", "h\n", "h\n"]), ("GET", "jsonp?c=x", [f'/**/x("{f}");\r\n' for f in "ohh"])],
)
async def test_heartbeats_polling(endpoint: Endpoint, method: str, path: str, frames: list[str]):
    session = new_session()
    async with Wire(endpoint("impatient")) as wire:
        assert [(await wire.ask(method, f"{session}/{path}")).text for _ in range(3)] == frames


async def test_heartbeats_websocket(endpoint: Endpoint):
    async with await Client.open(endpoint("impatient"), path=new_session() + "/websocket") as client:
        assert await client.frame(2) == "h"
        assert client.frames[:3] == ["o", "h", "h"]
        assert client.pings >= 1


async def test_heartbeats_raw_websocket_are_pings(endpoint: Endpoint):
    async with await Client.open(endpoint("impatient"), raw=True) as client:
        await client.wait_for(lambda: client.pings >= 2)
        assert client.frames == []


async def test_heartbeats_keep_a_session_past_its_delay(endpoint: Endpoint):
    """0.3 s without a receiver end a session here; with one open it lives on."""
    session = new_session()
    async with Streaming(endpoint("impatient"), session + "/xhr_streaming") as stream, Wire(stream.wire.where) as wire:
        for _ in range(8):
            await stream.frame()
        assert (await wire.ask("POST", session + "/xhr_send", body='["a"]')).status == 204
        assert await stream.frame() in ("h\n", 'a["a"]\n')
