"""docs/LIMITS.md: every limit of the product, from the tables in the code, with the test that goes to it and over.

`python -m tests.hostile.limits_page --write` after a limit has changed; a test compares.
"""

import ast
import re
import sys
from pathlib import Path
from types import ModuleType

import msgspec

from accounts import limits as accounts_limits
from accounts import list_limits
from config import limits as shared_limits
from config.env import BASE_DIR, Env
from deploy.nginx import limits as nginx_limits
from deploy.nginx import rotation
from quiz import limits as quiz_limits
from rooms import limits as rooms_limits
from rooms.live import limits as live_limits
from wsgateway import limits as gateway_limits
from wsgateway.wire import json_depth

PAGE = BASE_DIR / "docs" / "LIMITS.md"

HOSTILE, GATEWAY, LIVE = "tests/hostile/test_", "tests/wsgateway/test_", "tests/rooms/live/test_"
NGINX = "tests/deploy/nginx/test_limits.py::"

IMAGES, ARCHIVE = "tests/config/test_images.py::test_", "tests/quiz/packs/test_archive.py::test_"

TRACEBACKS = "tests/config/test_tracebacks.py::test_"
CREDENTIALS, HASHERS = "tests/accounts/test_credentials.py::test_", "tests/accounts/test_hashers.py::test_"
PASSWORDS, RESET = "tests/accounts/test_passwords.py::test_", "tests/accounts/api/test_password_reset.py::test_"
REGISTRATION = "tests/accounts/api/test_registration.py::test_"

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
    "json_depth": ("`error` too_long", HOSTILE + "sizes.py::test_depth_at_its_limit_and_over"),
    "player_bytes": ("`error` too_long", HOSTILE + "sizes.py::test_field_at_its_limit_and_over"),
    "answer_chars": ("`error` too_long", HOSTILE + "sizes.py::test_field_at_its_limit_and_over"),
    "kind_chars": ("`error` too_long", GATEWAY + "requests.py::test_too_long_names_the_field"),
    "play_bytes": ("`error` too_long", GATEWAY + "requests.py::test_too_long_names_the_field"),
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
    "early_bytes": ("`error` not_connected", HOSTILE + "rates.py::test_early_bytes_at_their_limit_and_over"),
    "sync_bytes_per_s": (
        "`error` too_fast with `retry_ms`",
        GATEWAY + "sync_budget.py::test_after_the_time_told_it_is_answered_and_not_before",
    ),
    "sync_burst": ("`error` too_fast with `retry_ms`", GATEWAY + "sync_budget.py::test_over_all_sockets_of_a_user"),
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
    "closed_log": LIVE + "sync.py::test_sync_of_a_closed_room_reaches_as_far_as_its_shorter_log",
    "inbox": LIVE + "runner.py::test_full_inbox_is_refused_at_the_door",
    "answers_per_s": LIVE + "rates.py::test_a_fast_typist_never_meets_it_in_a_round_and_a_bot_does",
    "answers_burst": LIVE + "rates.py::test_a_burst_and_one_more",
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
    "spectators": LIVE + "watching.py::test_spectators_are_bounded",
    "paused_ms": LIVE + "powers.py::test_a_pause_has_an_end",
    "empty_ms": LIVE + "turn.py::test_room_that_nobody_enters_closes",
    "asked": LIVE + "client.py::test_which_live_asks_some_at_a_time",
    "ROOMS_PER_USER": "tests/rooms/test_services.py::test_create_room_beyond_the_limit_of_open_rooms_is_refused",
    "LOBBIES": "tests/rooms/test_by_name.py::test_lobbies_are_bounded",
    "MEMORY_SHARE": "tests/rooms/test_memory.py::test_making_a_room_is_503_before_anything_is_written",
    "ARCHIVE_BATCH": "tests/rooms/test_archive.py::test_work_is_done_in_bounded_batches_oldest_first",
    "ARCHIVE_BATCHES": "tests/rooms/test_archive.py::test_work_is_done_in_bounded_batches_oldest_first",
    "WAIT_S": "tests/rooms/test_services.py::test_join_room_that_nobody_answers_is_undone_and_taken_back",
    "ENTER_WAIT_S": "tests/rooms/test_services.py::test_enter_room_that_never_opens_is_degraded",
    "OUTCOME_TRIES": "tests/rooms/test_recording.py::test_record_results_parks_an_entry_after_its_last_try",
    "OPENING_S": "tests/rooms/test_leaving.py::test_sweep_rooms_closes_those_that_no_longer_live",
    "WAITING_S": "tests/rooms/test_leaving.py::test_sweep_rooms_closes_those_that_wait_in_vain",
    "PLAYER_BYTES": "tests/rooms/api/test_rooms.py::test_enter_takes_a_player_of_1_kib_and_no_more",
    "CODES_EACH_MINUTE": "tests/rooms/api/test_powers.py::test_codes_are_not_guessed",
    "PLAY_BYTES": "tests/rooms/api/test_powers.py::test_play_with_a_body_past_its_limit_is_refused",
    "MANAGING_BURST": "tests/rooms/api/test_powers.py::test_powers_used_too_often_are_429",
    "MANAGING_EVERY_S": "tests/rooms/api/test_powers.py::test_powers_used_too_often_are_429",
    "GUESSES": "tests/rooms/api/test_rooms.py::test_guessing_a_password_is_429_past_ten_tries_right_or_not",
    "GUESSES_S": "tests/rooms/api/test_rooms.py::test_guessing_a_password_is_429_past_ten_tries_right_or_not",
    "DEPTH": "tests/accounts/api/test_parsers.py::test_deep_json_is_400_and_no_line_of_the_log",
    "TRACEBACK_EVERY_S": TRACEBACKS + "repeated_traceback_is_its_name_and_place_until_the_minute_is_over",
    "TRACEBACK_CHARS": TRACEBACKS + "long_traceback_keeps_its_two_ends",
    "TRACEBACK_PLACES": TRACEBACKS + "places_that_are_remembered_are_bounded",
    "address_connections": NGINX + "test_connections_of_an_address_at_their_limit_and_over",
    "requests_per_s": NGINX + "test_requests_of_an_address_at_their_limit_and_over",
    "requests_burst": NGINX + "test_pub_behind_one_router_meets_no_limit",
    "django_per_s": NGINX + "test_requests_to_django_at_their_limit_and_over",
    "django_burst": NGINX + "test_pub_behind_one_router_meets_no_limit",
    "access_log_bytes": "tests/deploy/nginx/test_rotation.py::test_long_log_of_a_running_nginx_is_put_aside",
    "PICTURE_PIXELS": IMAGES + "decoded_at_each_bound_and_over",
    "PICTURE_SIDE": IMAGES + "decoded_at_each_bound_and_over",
    "PICTURE_SCANS": IMAGES + "decoded_at_each_bound_and_over",
    "PICTURE_TEXT_BYTES": IMAGES + "text_that_unpacks_to_more_than_its_bound_is_refused",
    "PICTURE_WAIT_S": IMAGES + "one_picture_at_a_time",
    "IMAGE_BYTES": "tests/quiz/test_media.py::test_bytes_at_their_limit_and_over",
    "AUDIO_BYTES": "tests/quiz/test_media.py::test_bytes_at_their_limit_and_over",
    "VIDEO_BYTES": "tests/quiz/test_media.py::test_bytes_at_their_limit_and_over",
    "MEDIA_KEPT_DAYS": "tests/quiz/test_media_storage.py::test_sweep_media_deletes_what_no_question_has_named_for_days",
    "ARCHIVE_BYTES": ARCHIVE + "size_at_its_limit_and_over",
    "ARCHIVE_FILES": ARCHIVE + "number_of_files_at_its_limit_and_over",
    "ARCHIVE_UNPACKED_BYTES": ARCHIVE + "size_unpacked_at_its_limit_and_over",
    "ARCHIVE_RATIO": ARCHIVE + "ratio_at_its_limit",
    "throttle_room_making": "tests/rooms/test_rates.py::test_making_past_the_rate_is_429_and_writes_nothing",
    "throttle_room_joining": "tests/rooms/test_rates.py::test_joining_and_leaving_past_the_rate_are_429",
    "throttle_room_leaving": "tests/rooms/test_rates.py::test_joining_and_leaving_past_the_rate_are_429",
    "redis_maxmemory": "tests/config/test_launcher.py::test_valkey_holds_so_much_and_throws_nothing_away",
    "room_retention_days": "tests/rooms/test_archive.py::test_room_retention_days_says_when_and_0_never",
    "throttle_registration": REGISTRATION + "flood_of_registrations_is_slowed_to_one_a_minute",
    "throttle_login": CREDENTIALS + "one_address_over_its_limit_locks_nobody_out",
    "throttle_password_reset": RESET + "one_address_over_its_limit_keeps_nobody_from_a_reset",
    "throttle_email": "tests/accounts/api/test_email.py::test_change_is_throttled_by_user",
    "throttle_mailbox": "tests/accounts/test_addresses.py::test_mails_to_one_mailbox_are_few_and_nobody_is_refused",
    "throttle_email_confirm": "tests/accounts/api/test_email.py::test_confirmation_is_throttled_by_address",
    "throttle_avatar": "tests/accounts/api/test_profile.py::test_avatar_is_throttled_by_user",
    "OWN_PLACE_RATE": CREDENTIALS + "own_browser_has_a_limit_of_its_own",
    "OLD_PASSWORD_RATE": "tests/accounts/api/test_profile.py::test_guesses_of_the_old_password_count_by_account",
    "RESET_MAIL_RATE": RESET + "mails_to_one_address_are_few_and_nobody_is_refused",
    "PLACES": CREDENTIALS + "browser_remembers_its_last_users_and_their_addresses_are_bounded",
    "PLACE_DAYS": CREDENTIALS + "browser_that_was_away_too_long_is_a_stranger",
    "DEVICE_USERS": CREDENTIALS + "browser_remembers_its_last_users_and_their_addresses_are_bounded",
    "ARGON2_KIB": HASHERS + "hasher_is_django_s_argon2_in_turns",
    "ARGON2_AT_ONCE": HASHERS + "turns_let_one_in_at_a_time_and_everybody_in_the_end",
    "ARGON2_WAITING": HASHERS + "turns_refuse_at_once_whoever_finds_the_queue_full",
    "ARGON2_WAIT_S": HASHERS + "turns_refuse_whoever_waited_too_long",
    "ARGON2_RETRY_S": HASHERS + "every_request_that_hashes_is_told_to_come_back",
    "PASSWORD_GUESSES": PASSWORDS + "guessable_password_is_refused_with_its_reason",
    "PASSWORD_LOOKED_AT": PASSWORDS + "longest_password_of_the_worst_kind_takes_little_time",
    "RECOVERY_CODES": "tests/accounts/test_second_factor.py::test_recovery_code_lets_in_once",
    "AVATAR_BYTES": "tests/accounts/api/test_profile.py::test_avatar_that_is_no_picture_we_take",
    "AVATAR_PIXELS": "tests/accounts/test_pictures.py::test_picture_at_the_bound_and_over",
    "AVATAR_SIDE": "tests/accounts/test_pictures.py::test_picture_at_the_bound_and_over",
    "AVATAR_SCANS": "tests/accounts/test_pictures.py::test_scans_of_a_jpeg_at_the_bound_and_over",
    "AVATAR_TEXT_BYTES": "tests/accounts/test_pictures.py::test_text_that_unpacks_to_megabytes_is_refused",
    "AVATAR_WAIT_S": "tests/accounts/test_avatars.py::test_upload_that_waits_too_long_is_told_to_come_again",
    "EMAIL_LINK_S": "tests/accounts/test_addresses.py::test_link_works_for_three_days",
    "EMAIL_TOLD_S": "tests/accounts/test_addresses.py::test_owner_is_told_once_a_day",
    "ROWS_MAX": "tests/accounts/test_admin_lists.py::test_list_ends_at_its_limit_and_says_so",
    "FOUND_MAX": "tests/accounts/test_admin_lists.py::test_search_finds_so_many_and_no_more",
    "USERS_FOUND_MAX": "tests/accounts/test_admin_lists.py::test_search_finds_so_many_and_no_more",
    "INLINE_ROWS": "tests/accounts/test_admin_lists.py::test_rows_below_a_room_come_in_pages_and_with_one_query",
    "client_header_timeout": HOSTILE + "http.py::test_slow_loris_stops_at_nginx",
    "client_body_timeout": "",
    "large_client_header_buffers": "",
    "client_max_body_size": "tests/stack/test_door.py::test_body_too_large_is_refused_in_the_api_s_envelope",
}

#: modules of Django's limits
DJANGO = (rooms_limits, accounts_limits, shared_limits, quiz_limits)

INTRO = """\
# Limits

Written from the tables in the code by `python -m tests.hostile.limits_page --write`. Do not edit.

Whatever a client can make long, many or fast has a bound with its reason, and a test that goes to the bound and over
it. Counts of sockets, their rates and the budget of `sync` are kept by each gateway process: with N processes a user
has at most N times `sockets_per_user`. Counting them in Redis would cost every connect a write and gain little, because
what a user's sockets cost is bounded where they are. What guards passwords (throttles, guesses) and what decides games
(answers in a room, over sockets, gateways and REST) is counted over all processes.

The address that counts is what our nginx says over the unix socket; a gateway on a TCP port believes no header. An
IPv6 /64 is one address, IPv4 mapped into IPv6 is IPv4 (`config/addresses.py`, for throttles, axes and the gateway).

A rate such as `60/hour after 300` is a bucket: 300 at once, then evenly 60 an hour. Who is over it is slowed down to
that pace (429 with `Retry-After`), not shut out. uWSGI's processes hash one password each at a time: with the default
two of them 200 MiB in all, with N `WEB_PROCESSES` N times 100 MiB."""


NETWORKS = """\
## One network at nginx (`deploy/nginx/limits.py`, changed by `NGINX_LIMITS`)

Counted over all of nginx by network: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address there
has all of them. Past a limit: 429, to the API in its envelope. Behind a proxy of ours `TRUSTED_PROXIES` must name it,
or everybody is one network. A whole pub is one as well: the values leave room for hundreds of players."""


def page() -> str:
    """The document."""
    blocks = [
        INTRO, "## Gateway (`wsgateway/limits.py`, changed by `GATEWAY_LIMITS`)", gateway_table(),
        "## Live rooms (`rooms/live/limits.py`, changed by `LIVE_LIMITS`)", table(live_rows()),
        "## Rooms in Django (`rooms/limits.py`)", table(django_rows(rooms_limits)),
        "## Accounts (`accounts/limits.py`)", table(django_rows(accounts_limits)),
        "## Operators' lists (`accounts/list_limits.py`)", table(list_rows()),
        "## The whole Django side (`config/limits.py`)", table(django_rows(shared_limits)),
        "## Media of questions (`quiz/limits.py`)", table(django_rows(quiz_limits)),
        "## Bodies (`wsgateway/wire/json_depth.py`)", table(platform_rows()),
        "## Attempts (environment; by address or by user, failed logins by account too)", table(throttle_rows()),
        "## Rooms (environment; rates by user, over REST and the socket alike)", table(room_rows()),
        "## nginx (`deploy/nginx/gamehub.conf`)", table(nginx_rows()),
        NETWORKS, table(network_rows()),
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


def django_rows(module: ModuleType) -> list[Row]:
    """Of a module's constants that have a reason."""
    return [(name, written(getattr(module, name)), reason) for name, reason in comments(module).items() if reason]


def written(value: object) -> str:
    """Numbers in groups of three, texts as they are."""
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def platform_rows() -> list[Row]:
    """How deep a body may nest."""
    return [("DEPTH", str(json_depth.DEPTH), comments(json_depth)["DEPTH"])]


def list_rows() -> list[Row]:
    """Of the module's constants."""
    return [(name, f"{getattr(list_limits, name):,}", reason) for name, reason in comments(list_limits).items()]


def throttle_rows() -> list[Row]:
    """Of the environment's defaults."""
    why = {
        "throttle_registration": "a pub of a hundred signs up within minutes, most of them twice; a flood is slowed to "
        "one a minute",
        "throttle_login": "failures alone: everybody in that pub mistypes once. A list of passwords gets through 120 "
        "an hour, and one address never fills an account's count, because axes locks the pair at ten",
        "throttle_password_reset": "half of that pub has forgotten it; for the account that is meant nobody is refused",
        "throttle_email": "links to confirm an address that one user asks for: enough for every slip of the finger",
        "throttle_mailbox": "the same mailed to one mailbox, whoever asks: no flood for a stranger; nobody's "
        "request is refused, the mail is left out",
        "throttle_email_confirm": "a whole pub opens its links from one address; each costs a look at the database",
        "throttle_avatar": "pictures one tries on in an evening; each costs up to a second of one core",
    }
    return [(name, getattr(Env(), name), reason) for name, reason in why.items()]


def room_rows() -> list[Row]:
    """Of the environment's defaults."""
    many = "people change rooms a few times an evening; a script would fill Redis and the database"
    why = {
        "throttle_room_making": f"{many}; at once as many as one may sit in",
        "throttle_room_joining": f"{many}; a join costs the room a turn and its members a message",
        "throttle_room_leaving": f"{many}; as joining",
        "room_retention_days": "so long a closed room stays whole: a season; nobody asks later who sat in it",
        "redis_maxmemory": "of bin/run's Valkey: 15,000 open rooms of fifty questions; a small machine has as much",
    }
    return [(name, getattr(Env(), name), reason) for name, reason in why.items()]


def nginx_rows() -> list[Row]:
    """The directives that bound a client."""
    conf = (BASE_DIR / "deploy" / "nginx" / "gamehub.conf").read_text()
    why = {
        "client_header_timeout": "a phone on a train needs less",
        "client_body_timeout": "between two reads; a body is read whole before a server of ours hears of it",
        "large_client_header_buffers": "request line and headers; 414 or 400 past it",
        "client_max_body_size": "JSON; avatars may have 3m, media of questions 16m",
    }
    found = {name: re.search(rf"^    {name} ([^;]+);", conf, re.MULTILINE) for name in why}
    return [(name, match[1] if match else "?", why[name]) for name, match in found.items()]


def network_rows() -> list[Row]:
    """Of the struct's fields; and how long the log that tells of them may be."""
    reasons = comments(nginx_limits)
    rows: list[Row] = [
        (name, f"{value:,}", reasons.get(name, ""))
        for name, value in msgspec.structs.asdict(nginx_limits.NginxLimits()).items()
    ]
    return [
        *rows,
        ("access_log_bytes", f"{rotation.BYTES:,}", comments(rotation)["BYTES"] + "; two former ones are kept"),
    ]


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
