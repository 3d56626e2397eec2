"""What browsers mangle is escaped on the way out, and what they escape is understood on the way in."""

import json
import re

from tests.wsgateway.sockjs.wire import Wire, new_session

#: what the protocol wants a server to escape, surrogates aside: Python's text has none, and neither has UTF-8
BY_SERVER = re.compile("[\x00-\x1f\u200c-\u200f\u2028-\u202f\u2060-\u206f\ufff0-\uffff]")


def characters(first: int) -> str:
    """Every character of the basic plane from there on that is one."""
    return "".join(chr(code) for code in range(first, 0x10000) if not 0xD800 <= code < 0xE000)


async def through(where: str, payload: str) -> str:
    """What comes back for a body of xhr_send, without its framing."""
    session = new_session()
    async with Wire(where) as wire:
        await wire.ask("POST", session + "/xhr")
        assert (await wire.ask("POST", session + "/xhr_send", body=payload)).status == 204
        answer = (await wire.ask("POST", session + "/xhr")).body.decode()
    assert answer[:2] + answer[-2:] == "a[]\n"
    return answer[2:-2]


async def test_server_escapes_what_is_mangled(echo: str):
    text = "".join(filter(BY_SERVER.match, characters(0xFF)))
    assert await through(echo, f'["{text}"]') == '"' + "".join(f"\\u{ord(one):04x}" for one in text) + '"'


async def test_server_understands_escapes(echo: str):
    escaped = "".join(f"\\u{ord(one):04x}" for one in characters(0))
    for start in range(0, len(escaped), 6 * 5000):  # in messages of honest length
        part = '"' + escaped[start : start + 6 * 5000] + '"'
        assert json.loads(await through(echo, f"[{part}]")) == json.loads(part)


async def test_characters_beyond_the_basic_plane(echo: str):
    assert json.loads(await through(echo, '["\U0001f600 \\ud83d\\ude00"]')) == "\U0001f600 \U0001f600"
