"""docs/LIMITS.md: every limit of the product, from the tables in the code, with the test that goes to it and over.

`python -m tests.hostile.limits_page --write` after a limit has changed; a test compares.
"""

import ast
import re
import sys
from pathlib import Path
from types import ModuleType

import msgspec

from accounts import list_limits
from config.env import BASE_DIR, Env
from rooms import limits as rooms_limits
from rooms.live import limits as live_limits
from wsgateway import limits as gateway_limits

PAGE = BASE_DIR / "docs" / "LIMITS.md"

HOSTILE, GATEWAY, LIVE = "tests/hostile/test_", "tests/wsgateway/test_", "tests/rooms/live/test_"

#: limit of the gateway -> (what happens one past it, the test)
AT_THE_GATEWAY = {
    "frame_bytes": ("closed with 1009", HOSTILE + "sizes.py::test_frame_at_its_limit_and_over"),
    "event_bytes": ("dropped, counted, logged", HOSTILE + "sizes.py::test_published_event_at_its_limit_and_over"),
    "queue_bytes": ("closed with 3008", GATEWAY + "messages.py::TestSlowConsumer::test_cut_3008_others_unharmed"),
    "chatter_bytes": (
        "chatter left out, then `resync`",
        GATEWAY + "messages.py::TestSlowConsumer::test_chatter_left_out_then_resync",
    ),
    "header_bytes": ("connection closed", HOSTILE + "sizes.py::test_headers_at_their_limit_and_over"),
    "body_bytes": ("400", HOSTILE + "sizes.py::test_body_at_its_limit_and_over"),
    "json_depth": ("`error` too_long", HOSTILE + "sizes.py::test_field_at_its_limit_and_over"),
    "player_bytes": ("`error` too_long", HOSTILE + "sizes.py::test_field_at_its_limit_and_over"),
    "answer_chars": ("`error` too_long", HOSTILE + "sizes.py::test_field_at_its_limit_and_over"),
    "name_chars": ("`error` too_long", HOSTILE + "sizes.py::test_field_at_its_limit_and_over"),
    "ref_chars": ("`error` too_long", HOSTILE + "sizes.py::test_field_at_its_limit_and_over"),
    "token_chars": ("`error` too_long", HOSTILE + "sizes.py::test_connect_field_at_its_limit_and_over"),
    "connect_s": ("closed with 4008", GATEWAY + "connect.py::test_closed_4008_no_connect_in_time"),
    "heartbeat_s": ("", GATEWAY + "websocket.py::test_heartbeats"),
    "silent_beats": ("dropped", GATEWAY + "websocket.py::test_half_open_socket_dropped"),
    "linger_s": ("dropped", GATEWAY + "websocket.py::test_socket_dropped_when_close_is_not_answered"),
    "idle_http_s": ("connection closed", HOSTILE + "http.py::test_slow_loris_is_cut_and_holds_nobody_up"),
    "body_s": ("connection closed", HOSTILE + "http.py::test_slow_loris_is_cut_and_holds_nobody_up"),
    "bad_per_minute": ("closed with 4029", GATEWAY + "messages.py::test_closed_4029_at_the_tenth_bad_message"),
    "messages_per_s": ("`error` too_fast", HOSTILE + "rates.py::test_messages_of_a_burst_then_at_the_rate"),
    "messages_burst": ("`error` too_fast", HOSTILE + "rates.py::test_messages_of_a_burst_then_at_the_rate"),
    "messages_per_minute": ("`error` too_fast", HOSTILE + "rates.py::test_messages_of_a_minute_then_evenly"),
    "frames_per_s": ("closed with 4029", HOSTILE + "rates.py::test_frames_without_a_message_at_their_rate_and_over"),
    "frames_burst": ("closed with 4029", HOSTILE + "rates.py::test_frames_without_a_message_at_their_rate_and_over"),
    "answers_per_s": ("`error` too_fast", HOSTILE + "rates.py::test_answers_of_a_burst_and_one_more"),
    "answers_burst": ("`error` too_fast", HOSTILE + "rates.py::test_answers_of_a_burst_and_one_more"),
    "early_messages": ("`error` not_connected", HOSTILE + "rates.py::test_early_messages_at_their_limit_and_over"),
    "sockets_per_user": ("closed with 4509", HOSTILE + "rates.py::test_sockets_of_a_user_at_their_limit_and_over"),
    "sockets_per_address": (
        "503",
        HOSTILE + "rates.py::test_sockets_of_an_address_at_their_limit_and_over_on_every_transport",
    ),
    "http_sessions": ("503", HOSTILE + "http.py::test_sessions_opened_and_left_are_bounded"),
    "poll_chatter_s": (
        "",
        GATEWAY.replace("test_", "sockjs/test_") + "gateway.py::test_chatter_costs_a_poller_few_requests",
    ),
    "django_calls": ("waits", HOSTILE + "rates.py::test_calls_to_django_at_their_limit_and_over"),
    "django_waiting": ("`error` degraded", HOSTILE + "rates.py::test_calls_to_django_at_their_limit_and_over"),
    "django_s": ("`error` degraded", HOSTILE + "rates.py::test_django_that_does_not_answer_is_given_up"),
    "redis_reply_s": ("`error` degraded to all", GATEWAY + "outage.py::test_redis_stands_still"),
    "redis_retry_s": ("", GATEWAY + "outage.py::test_redis_restarted"),
    "presence_batch_s": ("", GATEWAY + "presence.py::test_crowd_of_joins_is_few_frames"),
    "presence_grace_s": ("", GATEWAY + "presence.py::test_reload_within_grace_not_announced"),
    "presence_lease_s": ("", GATEWAY + "presence.py::test_killed_gateway_announced_once"),
    "presence_renew_s": ("", GATEWAY + "presence.py::test_killed_gateway_announced_once"),
    "online_listed": ("the rest is not listed", GATEWAY + "presence.py::test_connected_lists_at_most_a_hundred"),
}

#: the same of the live rooms and of Django; a limit without a test of its own is a matter of speed, not of safety
ELSEWHERE = {
    "lease_ms": LIVE + "runner.py::test_holder_that_stalls_past_its_lease_writes_nothing",
    "log": LIVE + "runner.py::test_log_is_bounded_and_consecutive",
    "inbox": LIVE + "runner.py::test_full_inbox_is_refused_at_the_door",
    "closed_s": LIVE + "runner.py::test_late_command_to_a_closed_room_is_refused_and_leaves_its_expiry",
    "slice": LIVE + "runner.py::test_turn_takes_no_more_than_a_slice_of_the_inbox",
    "reply_s": LIVE + "runner.py::test_reply_that_nobody_takes_goes_by_itself",
    "due_batch": LIVE + "timers.py::test_pass_over_the_timers_takes_a_batch",
    "poll_ms": LIVE + "timers.py::test_next_pass_comes_in_time_for_the_next_room",
    "refs": LIVE + "turn.py::test_refs_of_a_user_are_bounded",
    "refs_room": LIVE + "turn.py::test_refs_of_a_crowd_are_bounded",
    "ref_chars": LIVE + "turn.py::test_ref_that_is_too_long_is_cut",
    "drains": LIVE + "runner.py::test_more_rooms_than_drains_wait_for_the_timer",
    "ticks": LIVE + "turn.py::test_timer_that_is_late_catches_up_within_its_bound",
    "retry_ms": LIVE + "turn.py::test_timer_that_raises_is_tried_again_later",
    "empty_ms": LIVE + "turn.py::test_room_that_nobody_enters_closes",
    "asked": LIVE + "client.py::test_which_live_asks_some_at_a_time",
    "ROOMS_PER_USER": "tests/rooms/test_services.py::test_create_room_beyond_the_limit_of_open_rooms_is_refused",
    "WAIT_S": "tests/rooms/test_services.py::test_join_room_that_nobody_answers_is_undone_and_taken_back",
    "ENTER_WAIT_S": "tests/rooms/test_services.py::test_enter_room_that_never_opens_is_degraded",
    "OUTCOME_TRIES": "tests/rooms/test_recording.py::test_record_results_parks_an_entry_after_its_last_try",
    "OPENING_S": "tests/rooms/test_leaving.py::test_sweep_rooms_closes_those_that_no_longer_live",
    "WAITING_S": "tests/rooms/test_leaving.py::test_sweep_rooms_closes_those_that_wait_in_vain",
    "PLAYER_BYTES": "tests/rooms/api/test_rooms.py::test_enter_takes_a_player_of_1_kib_and_no_more",
    "GUESSES": "tests/rooms/api/test_rooms.py::test_guessing_a_password_is_429_past_ten_tries_right_or_not",
    "GUESSES_S": "tests/rooms/api/test_rooms.py::test_guessing_a_password_is_429_past_ten_tries_right_or_not",
    "ROWS_MAX": "tests/accounts/test_admin_lists.py::test_list_ends_at_its_limit_and_says_so",
    "FOUND_MAX": "tests/accounts/test_admin_lists.py::test_search_finds_so_many_and_no_more",
    "USERS_FOUND_MAX": "tests/accounts/test_admin_lists.py::test_search_finds_so_many_and_no_more",
    "INLINE_ROWS": "tests/accounts/test_admin_lists.py::test_rows_below_a_room_come_in_pages_and_with_one_query",
    "throttle_registration": "tests/accounts/api/test_registration.py::test_registration_by_address_is_throttled",
    "throttle_login": "tests/accounts/api/test_login.py::test_login_by_address_is_throttled",
    "throttle_password_reset": "tests/accounts/api/test_password_reset.py::test_reset_by_account_is_throttled",
    "client_header_timeout": HOSTILE + "http.py::test_slow_loris_stops_at_nginx",
    "client_body_timeout": "",
    "large_client_header_buffers": "",
    "client_max_body_size": "tests/stack/test_door.py::test_body_too_large_is_refused_in_the_api_s_envelope",
}

INTRO = """\
# Limits

Written from the tables in the code by `python -m tests.hostile.limits_page --write`. Do not edit.

Whatever a client can make long, many or fast has a bound with its reason, and a test that goes to the bound and over
it. Counts of sockets and rates are kept by each gateway process: with N processes a user has at most N times
`sockets_per_user`. Counting them in Redis would cost every connect a write and gain little, because what a user's
sockets cost is bounded where they are. What guards passwords (throttles, guesses) is counted over all processes.

The address that counts is what our nginx says over the unix socket; a gateway on a TCP port believes no header."""


def page() -> str:
    """The document."""
    blocks = [
        INTRO, "## Gateway (`wsgateway/limits.py`, changed by `GATEWAY_LIMITS`)", gateway_table(),
        "## Live rooms (`rooms/live/limits.py`)", table(live_rows()),
        "## Rooms in Django (`rooms/limits.py`)", table(django_rows()),
        "## Operators' lists (`accounts/list_limits.py`)", table(list_rows()),
        "## Attempts (environment; by address and by account)", table(throttle_rows()),
        "## nginx (`deploy/nginx/gamehub.conf`)", table(nginx_rows()),
    ]  # fmt: skip
    return "\n\n".join(blocks) + "\n"


def gateway_table() -> str:
    """Name, value, reason, what happens past it, test."""
    head = ["| limit | value | why | past it | test |", "| --- | --- | --- | --- | --- |"]
    rows = []
    for name, value, unit, reason in gateway_limits.rows():
        past, test = AT_THE_GATEWAY.get(name, ("", ""))
        rows.append(f"| `{name}` | {value:,} {unit} | {reason} | {past} | {shown(test)} |")
    return "\n".join(head + rows)


Row = tuple[str, object, str]


def table(rows: list[Row]) -> str:
    """Name, value, reason, test."""
    head = ["| limit | value | why | test |", "| --- | --- | --- | --- |"]
    return "\n".join(
        head + [f"| `{name}` | {value} | {reason} | {shown(ELSEWHERE.get(name, ''))} |" for name, value, reason in rows]
    )


def shown(test: str) -> str:
    """A test's id as code; nothing for none."""
    return f"`{test}`" if test else ""


def live_rows() -> list[Row]:
    """Of the struct's fields."""
    reasons = comments(live_limits)
    return [
        (name, f"{value:,}", reasons.get(name, ""))
        for name, value in msgspec.structs.asdict(live_limits.LIMITS).items()
    ]


def django_rows() -> list[Row]:
    """Of the module's constants."""
    return [(name, f"{getattr(rooms_limits, name):,}", reason) for name, reason in comments(rooms_limits).items()]


def list_rows() -> list[Row]:
    """Of the module's constants."""
    return [(name, f"{getattr(list_limits, name):,}", reason) for name, reason in comments(list_limits).items()]


def throttle_rows() -> list[Row]:
    """Of the environment's defaults."""
    names = ("throttle_registration", "throttle_login", "throttle_password_reset")
    return [(name, getattr(Env(), name), "guessing and filling up are hopeless, people don't notice") for name in names]


def nginx_rows() -> list[Row]:
    """The directives that bound a client."""
    conf = (BASE_DIR / "deploy" / "nginx" / "gamehub.conf").read_text()
    why = {
        "client_header_timeout": "a phone on a train needs less",
        "client_body_timeout": "between two reads; a body is read whole before a server of ours hears of it",
        "large_client_header_buffers": "request line and headers; 414 or 400 past it",
        "client_max_body_size": "JSON; avatars may have 3m, question packs 16m",
    }
    found = {name: re.search(rf"^    {name} ([^;]+);", conf, re.MULTILINE) for name in why}
    return [(name, match[1] if match else "?", why[name]) for name, match in found.items()]


def comments(module: ModuleType) -> dict[str, str]:
    """Name -> the `#:` comment above its assignment, which a group of names below shares."""
    assert module.__file__
    text = Path(module.__file__).read_text()
    lines, found, last = text.splitlines(), {}, ""
    for node in ast.walk(ast.parse(text)):
        target = node.target if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [None])[0]
        if not isinstance(target, ast.Name) or target.id == "LIMITS":
            continue
        above: list[str] = []
        at = target.lineno - 2
        while at >= 0 and lines[at].strip().startswith("#"):
            above.insert(0, lines[at].strip().lstrip("#: "))
            at -= 1
        last = " ".join(above) or last
        found[target.id] = last
    return found


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page())
    sys.exit(PAGE.read_text() != page())
