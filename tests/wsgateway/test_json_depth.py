"""The depth of a JSON text, by its bytes alone."""

import contextlib
import time

import pytest

from wsgateway.wire.json_depth import DEPTH, TooDeep, check_depth


def nested(levels: int) -> bytes:
    """Arrays and objects in turn."""
    opened = "".join('{"a":' if level % 2 else "[" for level in range(levels))
    closed = "".join("}" if level % 2 else "]" for level in reversed(range(levels)))
    return (opened + "1" + closed).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"1",
        nested(DEPTH),
        b"[" + b",".join([nested(DEPTH - 1)] * 3) + b"]",
        b'{"a":"' + b"[{" * 1_000 + b'"}',
        b'{"a":"\\"' + b"[" * 1_000 + b'"}',
        b'{"' + b"{" * 1_000 + b'":1}',
        b'["' + b"[" * 1_000,  # a string that never ends is no JSON, and not deep
        b"]" * 1_000 + b"[" * 20,  # nor is this
        '{"имя":"[[[[[[[[[[[[[[[[[[[["}'.encode(),
    ],
)
def test_what_nests_no_deeper_than_the_limit_passes(raw: bytes) -> None:
    check_depth(raw)


@pytest.mark.parametrize(
    "raw",
    [
        nested(DEPTH + 1),
        nested(100_000),
        b"[" * (DEPTH + 1),
        b'{"a":"\\\\",' + b'"b":' + nested(DEPTH) + b"}",  # the escaped backslash does not escape the quote
        b'["\\""' + b"," + nested(DEPTH) + b"]",
        b"[1,[2],{}," + nested(DEPTH) + b",[3]]",
    ],
)
def test_one_level_more_is_refused(raw: bytes) -> None:
    with pytest.raises(TooDeep, match="nested deeper than 16 levels"):
        check_depth(raw)


def test_the_limit_may_be_another() -> None:
    check_depth(nested(20), 20)
    with pytest.raises(TooDeep):
        check_depth(nested(3), 2)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 1_000_000,
        b"[]," * 300_000,
        b'["' + b'\\"' * 500_000 + b"[" * 20,
        b'"' * 1_000_000 + b"[" * 20,
        b"[" * 20 + b'"' + b"\\" * 1_000_001,
    ],
)
def test_a_megabyte_of_malice_costs_milliseconds(raw: bytes) -> None:
    began = time.process_time()
    with contextlib.suppress(TooDeep):
        check_depth(raw)
    assert time.process_time() - began < 0.5
