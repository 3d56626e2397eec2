"""Hypothesis against a real gateway, with a fixed budget: it answers or closes with a code, lives, leaks nothing."""

import asyncio
import json
import struct
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.conftest import USER, Victim
from tests.stack.product import wait_for
from tests.wsgateway.client import Client, Closed
from tests.wsgateway.gateway_process import give_token
from wsgateway.wire.errors import ERRORS

EXAMPLES = 200
fuzz = settings(
    max_examples=EXAMPLES, deadline=None, database=None, print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip

#: codes a client may be parted with: RFC 6455's, SockJS's and ours; 1006 is no close frame at all
CLOSES = {1000, 1002, 1003, 1005, 1007, 1009, 4008, 4029, 4500}

# ---------------------------------------------------------------------------------------------------- messages

leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
value = st.recursive(
    leaf,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=10,
)
identifier: st.SearchStrategy[Any] = st.sampled_from(
    [0, 1, -1, 2**31, 2**53, 2**53 + 1, 2**64, 10**30, 7.5, "7", None, True, []]
)
action = st.sampled_from(["connect", "check_me", "leave", "sync", "ping", "dance", "", None, 7])
fields: dict[str, st.SearchStrategy[Any]] = {
    "action": action | value, "game": st.sampled_from(["quiz", "chess", 7]) | value, "name": value, "id": identifier,
    "room_id": identifier, "lobby": identifier, "v": identifier, "answer": st.text(max_size=250) | value,
    "token": value, "player": value, "options": value, "ref": st.text(max_size=80) | value,
}  # fmt: skip
message = st.fixed_dictionaries({}, optional=fields).map(json.dumps)
text = message | value.map(json.dumps) | st.text(max_size=80) | message.map(lambda sent: sent[: len(sent) // 2])


@fuzz
@given(sent=st.lists(text, min_size=1, max_size=6), raw=st.booleans(), known=st.booleans())
def fuzz_messages(victim: Victim, sent: list[str], raw: bool, known: bool) -> None:
    """One client's life: says who it is or doesn't, sends, and is answered or parted with."""
    asyncio.run(live(victim, sent, raw=raw, known=known))


async def live(victim: Victim, sent: list[str], *, raw: bool, known: bool) -> None:
    async with await Client.open(victim.listen, raw=raw) as client:
        try:
            if known:
                await client.connect(USER, give_token(victim.valkey.client(), USER))
            for one in sent:
                client.send(one)
            if known:
                await client.quiet()
            else:
                client.send({"action": "ping", "ref": "last"})
                await client.wait_for(lambda: [m for m in client.inbox if m.get("ref") == "last"])
        except Closed:
            pass  # looked at below
        assert client.parted is None or client.parted.code in CLOSES, client.parted
        told = {message["code"] for message in client.inbox if message.get("action") == "error"}
        assert told <= set(ERRORS) - {"internal"}


# ---------------------------------------------------------------------------------------------------- raw frames

payload = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([b"", b"{", b'{"action":"ping"}', b'["{\\"action\\":\\"ping\\"}"]', b"\xff\xfe", b"\xed\xa0\x80"]),
    st.integers(0, 65535).map(lambda code: struct.pack("!H", code) + b"bye"),
)


@st.composite
def frames(draw: st.DrawFn) -> bytes:
    """A frame, most often nearly right: any head, a length field that may lie, masked or not, perhaps cut off."""
    body = draw(payload)
    opcode = draw(st.sampled_from([1, 1, 1, 2, 0, 8, 9, 10]) | st.integers(0, 15))
    first = opcode | (draw(st.booleans()) << 7) | (draw(st.sampled_from([0] * 5 + [1, 2, 4])) << 4)
    size = draw(st.just(len(body)) | st.integers(0, 70_000))
    masked = draw(st.sampled_from([0x80] * 9 + [0]))
    if size < 126:
        length = bytes((size | masked,))
    elif size < 65536 and draw(st.booleans()):
        length = bytes((126 | masked,)) + struct.pack("!H", size)
    else:
        length = bytes((127 | masked,)) + struct.pack("!Q", size | draw(st.sampled_from([0, 1 << 63])))
    mask = draw(st.binary(min_size=4, max_size=4)) if masked else b""
    hidden = bytes(byte ^ mask[place % 4] for place, byte in enumerate(body)) if masked else body
    whole = bytes((first,)) + length + mask + hidden
    return whole[: draw(st.just(len(whole)) | st.integers(0, len(whole)))]


@fuzz
@given(
    sent=st.lists(frames() | st.binary(max_size=100), min_size=1, max_size=6), raw=st.booleans(),
    cuts=st.lists(st.integers(0, 400), max_size=3),
)  # fmt: skip
def fuzz_frames(victim: Victim, sent: list[bytes], raw: bool, cuts: list[int]) -> None:
    """Bytes in arbitrary pieces, then the end of the stream."""
    asyncio.run(throw(victim, b"".join(sent), raw=raw, cuts=sorted(cuts)))


async def throw(victim: Victim, data: bytes, *, raw: bool, cuts: list[int]) -> None:
    client = await Client.open(victim.listen, raw=raw)
    try:
        for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
            client.write(data[start:end])
            await client.writer.drain()
            await asyncio.sleep(0)
        client.writer.write_eof()
        async with asyncio.timeout(10):
            while await client.reader.read(65536):
                pass
    except (ConnectionError, OSError):
        pass
    finally:
        await client.close()


# ---------------------------------------------------------------------------------------------------- what is left


def run_and_look(victim: Victim, attack: Any) -> None:
    """The attack, and afterwards the same process with as many sockets, files and (nearly) as much memory as before."""
    asyncio.run(live(victim, ['{"action":"ping"}'], raw=True, known=True))
    wait_for(lambda: victim.connections == 0, 15, lambda: victim.connections)
    assert victim.process.process is not None
    pid, files, rss, log = victim.process.process.pid, victim.files, victim.rss, victim.process.log.stat().st_size

    attack(victim=victim)

    wait_for(lambda: victim.connections == 0, 15, lambda: victim.connections)
    wait_for(lambda: victim.files <= files, 15, lambda: (victim.files, files))
    assert victim.process.process.poll() is None
    assert victim.process.process.pid == pid
    assert victim.rss - rss < 6 << 20
    written = victim.process.log.read_bytes()[log:].decode()
    assert [line for line in written.splitlines() if '"level": "error"' in line or '"level": "critical"' in line] == []


def test_messages(victim: Victim):
    run_and_look(victim, fuzz_messages)


def test_frames(victim: Victim):
    run_and_look(victim, fuzz_frames)
