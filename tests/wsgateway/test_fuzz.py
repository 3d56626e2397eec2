"""Random frames against a real gateway: it closes with a code or answers, and lives. The budget is fixed."""

import asyncio
import random
import struct

import pytest

from tests.conftest import Valkey
from tests.wsgateway.client import Client
from tests.wsgateway.gateway_process import GatewayProcess, give_token
from tests.wsgateway.test_websocket import frame

ROUNDS = 150


def random_bytes(rng: random.Random) -> bytes:
    """A few frames, most of them nearly right."""
    sent = b""
    for _ in range(rng.randint(1, 6)):
        payload = rng.choice(
            [
                b"",
                b"{",
                b'{"action":"ping"}',
                b'["{\\"action\\":\\"ping\\"}"]',
                rng.randbytes(rng.randint(0, 300)),
                struct.pack("!H", rng.randint(0, 6000)) + rng.randbytes(3),
                b'{"action":"connect","id":1,"token":"x"}',
            ]
        )
        opcode = rng.choice([0, 1, 1, 1, 2, 3, 8, 9, 10, 15])
        one = frame(opcode, payload, fin=rng.random() < 0.7, rsv=rng.choice([0] * 9 + [1]), masked=rng.random() < 0.95)
        sent += one[: rng.randint(0, len(one))] if rng.random() < 0.1 else one
    return sent if rng.random() < 0.9 else rng.randbytes(rng.randint(0, 400))


@pytest.mark.parametrize("raw", [False, True], ids=["sockjs", "raw"])
async def test_random_frames_never_kill(lasting_gateway: GatewayProcess, lasting_valkey: Valkey, raw: bool):
    rng = random.Random(20240611 + raw)
    async with await Client.open(lasting_gateway.listen) as witness:
        await witness.connect(23, give_token(lasting_valkey.client(), 23))
        for _ in range(ROUNDS):
            client = await Client.open(lasting_gateway.listen, raw=raw)
            client.write(random_bytes(rng))
            client.writer.write_eof()
            await asyncio.wait_for(_until_end(client), 15)
            await client.close()
        await witness.quiet()
    connections = lasting_gateway.metric("gamehub_gateway_connections")
    for _ in range(200):
        if (connections := lasting_gateway.metric("gamehub_gateway_connections")) == 0:
            break
        await asyncio.sleep(0.02)
    assert connections == 0


async def _until_end(client: Client) -> None:
    try:
        while await client.reader.read(65536):
            pass
    except ConnectionError:
        pass
