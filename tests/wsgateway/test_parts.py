"""Small parts by themselves: wheel, Redis URLs, origins, listeners' addresses, frames' heads, limits."""

import asyncio
import time
from pathlib import Path

import msgspec
import pytest

from wsgateway.limits import Limits, rows
from wsgateway.listening import metrics_address
from wsgateway.redis.url import RedisAddress, parse_redis_url
from wsgateway.sockets.frames import close_frame, quote, sockjs_close, text_frame
from wsgateway.sockets.origins import Origins, normal_origin
from wsgateway.sockets.wheel import Wheel


class TestWheel:
    async def test_due_once_not_too_early(self):
        due: list[tuple[str, float]] = []
        loop = asyncio.get_running_loop()
        finished = asyncio.Event()

        def ring(item: str) -> None:
            due.append((item, loop.time()))
            finished.set()

        wheel: Wheel[str] = Wheel(0.2, ring)
        wheel.start()
        began = loop.time()
        wheel.put("a")
        wheel.take("b", wheel.put("b"))
        await finished.wait()
        wheel.stop()
        assert [item for item, _ in due] == ["a"]
        assert due[0][1] - began >= 0.2

    async def test_due_not_too_early_on_a_busy_machine(self):
        loop = asyncio.get_running_loop()
        rung: asyncio.Future[float] = loop.create_future()
        wheel: Wheel[str] = Wheel(0.2, lambda item: rung.set_result(loop.time()))
        wheel.start()
        time.sleep(0.15)  # noqa: ASYNC251 - the loop is held up, and thirty turns are overdue
        began = loop.time()
        wheel.put("a")
        assert await rung - began >= 0.2
        wheel.stop()

    async def test_again_until_taken(self):
        beats: list[str] = []
        enough = asyncio.Event()

        def beat(item: str) -> None:
            beats.append(item)
            if len(beats) == 3:
                wheel.take("a", slot)
                enough.set()

        wheel: Wheel[str] = Wheel(0.05, beat, again=True)
        slot = wheel.put("a")
        wheel.start()
        await enough.wait()
        assert not wheel.any(lambda item: True)
        wheel.stop()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("unix:///run/redis.sock", RedisAddress(path="/run/redis.sock")),
        ("unix:///run/redis.sock?db=3", RedisAddress(path="/run/redis.sock", db=3)),
        ("redis://localhost", RedisAddress(host="localhost")),
        ("redis://:s%2Fcret@db:6380/2", RedisAddress(host="db", port=6380, password="s/cret", db=2)),
        ("rediss://me:pw@db", RedisAddress(host="db", tls=True, username="me", password="pw")),
    ],
)
def test_redis_url(url: str, address: RedisAddress):
    assert parse_redis_url(url) == address


def test_redis_url_other_scheme_refused():
    with pytest.raises(ValueError, match="not a Redis URL"):
        parse_redis_url("http://localhost")


@pytest.mark.parametrize(
    ("origin", "normal"),
    [
        ("https://Play.Example", "https://play.example"),
        ("https://play.example:443", "https://play.example"),
        ("http://play.example:443", "http://play.example:443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("null", ""),
        ("", ""),
        ("play.example", ""),
        ("http://x:y", ""),
    ],
)
def test_normal_origin(origin: str, normal: str):
    assert normal_origin(origin) == normal


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        (None, "a.test", True),
        ("http://a.test:8000", "a.test:8000", True),
        ("http://a.test", "a.test:8000", False),
        ("https://list.test", "a.test", True),
        ("https://base.test", None, True),
        ("http://b.test", None, False),
        ("", "a.test", False),
    ],
)
def test_origins(origin: str | None, host: str | None, allowed: bool):
    assert Origins("https://list.test, http://other.test", "https://base.test/path").allow(origin, host) is allowed


@pytest.mark.parametrize(
    ("listen", "metrics"),
    [
        ("unix:/v/gateway-1.sock", "unix:/v/gateway-1-metrics.sock"),
        ("127.0.0.1:9001", "unix:/var/x/gateway-9001-metrics.sock"),
    ],
)
def test_metrics_address(listen: str, metrics: str):
    assert metrics_address(listen, Path("/var/x")) == metrics


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65535, b"\x81\x7e\xff\xff"),
        (65536, b"\x81\x7f" + (65536).to_bytes(8, "big")),
    ],
)
def test_text_frame_head(size: int, head: bytes):
    assert text_frame(b"x" * size) == head + b"x" * size


def test_close_frame_reason_cut_between_characters():
    assert close_frame(3001, "ё" * 100) == b"\x88\x7c\x0b\xb9" + ("ё" * 61).encode()


def test_sockjs_close_is_json():
    assert sockjs_close(4500, 'say "no"') == b'c[4500,"say \\"no\\""]'


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("a", '"a"'),
        ('"', '"\\""'),
        ("ё", '"ё"'),
        ("\u2028\u200b", '"\\u2028\\u200b"'),
        ("\ufff0", '"\\ufff0"'),
        ("😀", '"😀"'),
    ],
)
def test_quote(text: str, quoted: str):
    assert quote(text.encode()).decode() == quoted


def test_limits_each_with_unit_and_reason():
    table = {name: (value, unit, reason) for name, value, unit, reason in rows()}
    assert set(table) == set(Limits.__struct_fields__)
    assert all(unit and reason for _, unit, reason in table.values())


def test_limits_unknown_name_refused():
    with pytest.raises(msgspec.ValidationError, match="unknown field `frame_byte`"):
        msgspec.json.decode(b'{"frame_byte":1}', type=Limits)
