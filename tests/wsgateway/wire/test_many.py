"""The payload of the `many` channel: what one side writes the other reads, and anybody's own message goes through."""

import pytest

from wsgateway.wire.many import as_chatter, decode_many, encode_many


def read(payload: bytes) -> tuple[bytes, list[tuple[bytes, bool]]]:
    users, messages = decode_many(payload)
    return users, list(messages)


def test_several_messages_and_which_are_chatter_come_back():
    payload = encode_many([23, 42], [b'{"a":1}', as_chatter(b'{"b":2}'), b'{"c":3}'])
    assert payload == b'23,42\n{"a":1}\n~{"b":2}\n{"c":3}'
    assert read(payload) == (b"23,42", [(b'{"a":1}', False), (b'{"b":2}', True), (b'{"c":3}', False)])


@pytest.mark.parametrize(
    ("message", "messages"),
    [
        (b'{"a":1}', [(b'{"a":1}', False)]),
        (b'~{"a":1}', [(b'{"a":1}', True)]),
        (b'{"a":1}\n{"b":2}', [(b'{"a":1}', False), (b'{"b":2}', False)]),
        (b'{"a":\n1}', [(b'{"a":\n1}', False)]),
        (b'{"a":1}\n', [(b'{"a":1}\n', False)]),
        (b'["a"]', [(b'["a"]', False)]),
        (b"", [(b"", False)]),
    ],
)
def test_one_message_of_somebody_elses_is_not_cut(message: bytes, messages: list[tuple[bytes, bool]]):
    assert read(b"1,2\n" + message) == (b"1,2", messages)


def test_ids_without_a_message_carry_an_empty_one():
    assert read(b"1,2") == (b"1,2", [(b"", False)])
