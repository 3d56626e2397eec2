"""Every bound of the gateway in one table: value, unit, and why it is what it is.

`GATEWAY_LIMITS` in the environment may change any of them, as JSON: `{"connect_s": 2, "queue_bytes": 65536}`.
"""

from typing import Annotated, get_type_hints

import msgspec

from config.env import load_env
from wsgateway.wire.json_depth import DEPTH


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values; the second part of each type is the unit, the third the reason."""

    frame_bytes: Annotated[
        int, "bytes", "the longest honest message (an answer, a `player` of 1 KiB) is a tenth of it"
    ] = 16_384
    event_bytes: Annotated[
        int, "bytes", "the view of a room of 1,000 is about 300 KB; longer publishes are dropped"
    ] = 900_000
    queue_bytes: Annotated[int, "bytes", "what waits for one slow socket; 100 stuck clients are 100 MB at worst"] = (
        1 << 20
    )
    chatter_bytes: Annotated[int, "bytes", "from here on a slow socket gets no chatter, so that results still fit"] = (
        1 << 18
    )
    header_bytes: Annotated[int, "bytes", "request line and headers; browsers with cookies stay under 4 KB"] = 8_192
    body_bytes: Annotated[int, "bytes", "an xhr_send of several messages, each at most frame_bytes"] = 131_072
    json_depth: Annotated[
        int, "levels", "of a whole message, counted before anything walks it; an honest `player` makes it 5"
    ] = DEPTH
    player_bytes: Annotated[int, "bytes", "the protocol says 1 KiB; it is shown to every member"] = 1_024
    answer_chars: Annotated[int, "characters", "the longest accepted answer of any pack is under 100"] = 200
    kind_chars: Annotated[int, "characters", "the name of a game's command"] = 32
    play_bytes: Annotated[int, "bytes", "the body of a game's command; a whole fleet of ships is 300"] = 4_096
    name_chars: Annotated[int, "characters", "lobby names are shown in lists; the database column is as long"] = 100
    token_chars: Annotated[int, "characters", "knox tokens have 64"] = 256
    ref_chars: Annotated[int, "characters", "a UUID has 36"] = 64
    connect_s: Annotated[float, "s", "the protocol's time for `connect`"] = 10.0
    heartbeat_s: Annotated[float, "s", "SockJS's own; below the 30 s at which common proxies cut"] = 25.0
    silent_beats: Annotated[int, "heartbeats", "two pings unanswered: a half-open socket is gone after 50 to 75 s"] = 2
    linger_s: Annotated[float, "s", "time for a peer to answer our close frame before the socket is dropped"] = 5.0
    idle_http_s: Annotated[
        float, "s", "for request headers, and between requests on a kept connection (slow loris)"
    ] = 30.0
    body_s: Annotated[float, "s", "for a request body (slow loris)"] = 15.0
    bad_per_minute: Annotated[int, "messages", "the protocol: the tenth bad message in a minute closes with 4029"] = 10
    messages_per_s: Annotated[float, "messages/s", "a fast typist sends 2; resumed clients send a handful at once"] = (
        10.0
    )
    messages_burst: Annotated[int, "messages", "a client in 20 rooms syncs them all at once after a cut"] = 40
    messages_per_minute: Annotated[
        int, "messages", "five a second for minutes on end: no person; comes back evenly, one in 0.2 s"
    ] = 300
    frames_per_s: Annotated[
        float, "frames/s", "pings, pongs and fragments, which carry no message; a browser sends a pong in 25 s"
    ] = 20.0
    frames_burst: Annotated[int, "frames", "a long message in pieces of 100 bytes, from a proxy that cuts so"] = 200
    answers_per_s: Annotated[
        float, "answers/s", "what one socket may cost; over all ways into a room `LIVE_LIMITS` counts"
    ] = 5.0
    answers_burst: Annotated[int, "answers", "answers typed while the connection was away"] = 10
    early_bytes: Annotated[int, "bytes", "of all early messages of one socket: `sync` of 20 rooms is a tenth of it"] = (
        16_384
    )
    early_messages: Annotated[int, "messages", "sent right behind `connect`, kept until the token is checked"] = 16
    sync_bytes_per_s: Annotated[
        int, "bytes/s", "of answers to a user's `sync` (45 bytes in, 173 KB out): a room of 1,000 seen anew in 3 s"
    ] = 100_000
    sync_burst: Annotated[
        int, "bytes", "20 rooms after a cut, ten of them with 1,000 members; the rest is paid back at the rate"
    ] = 4_000_000
    sockets_per_user: Annotated[int, "sockets", "tabs and devices of one user at one gateway process"] = 20
    sockets_per_address: Annotated[int, "sockets", "a school or an office behind one address, at one process"] = 2_000
    http_sessions: Annotated[int, "sessions", "SockJS sessions over HTTP; each may hold a queue"] = 5_000
    poll_chatter_s: Annotated[
        float, "s", "so long chatter waits for company on a poll, which costs a request each time it is answered"
    ] = 0.5
    django_calls: Annotated[int, "requests", "at once from one gateway; uWSGI has a few workers"] = 16
    django_waiting: Annotated[
        int, "requests", "beyond it a client is told `degraded` at once instead of waiting in vain"
    ] = 1_000
    django_s: Annotated[float, "s", "a call to Django, waiting included"] = 8.0
    redis_reply_s: Annotated[float, "s", "a Redis that answers nothing for so long is taken for gone"] = 5.0
    redis_retry_s: Annotated[float, "s", "the longest pause between two attempts to reach Redis"] = 2.0
    presence_batch_s: Annotated[
        float, "s", "joins and leaves within it leave as one frame: 1,005,000 frames -> 26,000"
    ] = 0.075
    presence_grace_s: Annotated[float, "s", "a reload of the page is no departure"] = 5.0
    presence_lease_s: Annotated[
        float, "s", "a killed gateway's users are announced gone within 10 s: lease + 1 s + batch"
    ] = 5.0
    presence_renew_s: Annotated[float, "s", "a fifth of the lease, so that a slow second loses nobody"] = 1.0
    online_listed: Annotated[int, "users", "the protocol's length of `online` in `connected`"] = 100


def read_limits() -> Limits:
    """The table with the changes of `GATEWAY_LIMITS`. Raises `msgspec.ValidationError` for a name or type it lacks."""
    return msgspec.json.decode(load_env().gateway_limits or b"{}", type=Limits)


def rows() -> list[tuple[str, float, str, str]]:
    """(name, value, unit, reason) of every limit, for the documentation."""
    hints = get_type_hints(Limits, include_extras=True)
    default = Limits()
    return [(name, getattr(default, name), *hints[name].__metadata__) for name in Limits.__struct_fields__]
