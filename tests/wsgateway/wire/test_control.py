"""Orders on `control`: each comes back as it was said; what presence writes in Lua reads as the struct."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from config.redis_scripts import Script
from tests.conftest import Valkey
from wsgateway import presence
from wsgateway.wire.control import Announce, CloseSockets, Order, Probe, RunRoom, decode_order, encode_order

FOLDER = Path(presence.__file__).parent
ORDERS = [
    (RunRoom(7), {"do": "run", "room": 7}),
    (CloseSockets(23, 4501, "bye"), {"do": "close", "user": 23, "code": 4501, "reason": "bye"}),
    (
        CloseSockets(23, 4501, "bye", "d1"),
        {"do": "close", "user": 23, "code": 4501, "reason": "bye", "digest": "d1"},
    ),
    (Announce([(1, "ann")], []), {"do": "announce", "come": [[1, "ann"]], "gone": []}),
    (Probe("n1", 1.5), {"do": "probe", "node": "n1", "at": 1.5}),
]


@pytest.mark.parametrize(("order", "said"), ORDERS)
def test_order_is_said_as_json_and_read_back(order: Order, said: dict[str, Any]):
    assert msgspec.json.decode(encode_order(order)) == said
    assert decode_order(encode_order(order)) == order


@pytest.mark.parametrize("payload", [b"", b"{}", b'{"do":"dance"}', b'{"do":"run"}', b'{"do":"run","room":"7"}'])
def test_anything_else_is_no_order(payload: bytes):
    with pytest.raises(msgspec.DecodeError):
        decode_order(payload)


def test_presence_scripts_announce_by_the_struct(valkey: Valkey):
    redis = valkey.client()
    heard = redis.pubsub(ignore_subscribe_messages=True)
    heard.subscribe("control")
    heard.get_message(timeout=5)
    update, reap = (Script(FOLDER / f"presence_{name}.lua") for name in ("update", "reap"))

    def run(script: Script, keys: list[str], *args: str | int) -> Announce:
        script.run_now(redis.execute_command, keys, args)
        message = heard.get_message(timeout=5)
        order = decode_order(message["data"] if isinstance(message["data"], bytes) else message["data"].encode())
        assert isinstance(order, Announce)
        assert msgspec.json.decode(message["data"]) == msgspec.json.decode(msgspec.json.encode(order))
        return order

    keys, name = ["presence:online", "presence:nodes", "presence:node:n1"], 'zo\u00eb "q"'
    common: list[str | int] = ["n1", 60_000, "presence:node:", "control"]
    assert run(update, keys, *common, 2, 23, name, 42, "bob") == Announce([(23, name), (42, "bob")], [])
    assert run(update, keys, *common, 0, 23) == Announce([], [(23, name)])
    redis.zadd("presence:nodes", {"n1": 1})  # its lease is long over
    assert run(reap, keys[:2], "presence:node:", "control", 2**52) == Announce([], [(42, "bob")])
