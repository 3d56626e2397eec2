"""The words of a commit: what one turn comes to, as arguments of commit.lua (see there for their order)."""

import msgspec

from config.redis_scripts import Word
from rooms.live.draft import Draft
from rooms.live.limits import Limits
from rooms.live.publishing import publishes
from wsgateway.wire.channels import Channels


class Tenure(msgspec.Struct, frozen=True):
    """Whose commit it is: the room, the holder's token and the turn he read."""

    room_id: int
    token: str
    turn: str
    handled: int


def commit_keys(room_id: int, channels: Channels) -> list[Word]:
    """KEYS of commit.lua."""
    parts = ("state", "inbox", "lease", "log", "members")
    return [*(channels.room(room_id, part) for part in parts), channels.timers, channels.results]


def commit_args(
    draft: Draft, tenure: Tenure, channels: Channels, limits: Limits, *, now: int, go_on: bool
) -> list[Word]:
    """ARGV of commit.lua. `now` 0: Redis' clock. `go_on`: the holder takes what has come in meanwhile."""
    room = draft.room
    return [
        now,
        tenure.token,
        tenure.turn,
        limits.lease_ms,
        tenure.handled,
        msgspec.json.encode(room) if room else b"",
        room.v if room else 0,
        "" if draft.due is None else draft.due,
        draft.pace_ms,
        tenure.room_id,
        int(closes(draft)),
        outcome_entry(draft),
        limits.slice if go_on else 0,
        limits.closed_log if closes(draft) else limits.log,
        limits.closed_s,
        limits.reply_s,
        room.mark if room else 0,
        *_counted_lists(draft, channels),
    ]


def closes(draft: Draft) -> bool:
    """Whether the room closed in this turn."""
    return bool(draft.room and draft.room.closed and not draft.was_closed)


def _counted_lists(draft: Draft, channels: Channels) -> list[Word]:
    entries = [event.entry for event in draft.sent if event.entry]
    published = list(publishes(draft.sent, channels))
    replies = draft.replies()
    words: list[Word] = [len(entries), *entries, len(published)]
    for channel, message in published:
        words += (channel, message)
    words.append(len(draft.moves))
    for move in draft.moves:
        words += (move.how, move.user, move.v, channels.user_rooms(move.user))
    words.append(len(replies))
    for reply_id, reply in replies:
        words += (channels.reply(reply_id), reply)
    return words


def outcome_entry(draft: Draft) -> bytes:
    """The outbox entry of a room that closed in this turn (JSON), or empty."""
    room = draft.room
    if room is None or not closes(draft) or draft.outcome is None:
        return b""
    outcome = draft.outcome
    return msgspec.json.encode(
        {
            "room_id": room.room_id,
            "message": outcome.message,
            "reason": outcome.reason,
            "results": outcome.results,
            "record": outcome.record,
            "closed": draft.now,
        }
    )
