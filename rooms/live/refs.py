"""The same request sent again counts once: the last refs of each user and what came of them."""

from rooms.live.game import Command
from rooms.live.limits import LIMITS
from rooms.live.state import LiveRoom


def ref_of(command: Command) -> str | None:
    """What tells the command from the sender's others; None when nothing does, or nobody sent it.

    Without a ref the reply's id serves: Redis clients send a command again by themselves when the connection broke.
    """
    ref = command.ref or command.reply
    if ref is None or command.user is None:
        return None
    return ref[: LIMITS.ref_chars]


def seen(room: LiveRoom, command: Command) -> str | None:
    """What came of this (user, ref) before: DONE or an error code; None: it is new."""
    ref = ref_of(command)
    if ref is None or command.user is None:
        return None
    return room.refs.get(command.user, {}).get(ref)


def remember(room: LiveRoom, command: Command, outcome: str) -> None:
    """Keep what came of the command. The inner dicts are shared between copies of a room: replaced, never changed."""
    ref = ref_of(command)
    if ref is None or command.user is None:
        return
    kept = {**room.refs.get(command.user, {}), ref: outcome}
    room.refs[command.user] = kept
    for old in list(kept)[: -_each(room)]:
        del kept[old]
    if len(room.refs) > 2 * room.capacity + LIMITS.refs:
        _forget_absent(room)


def _each(room: LiveRoom) -> int:
    return max(4, min(LIMITS.refs, LIMITS.refs_room // max(1, len(room.refs))))


def _forget_absent(room: LiveRoom) -> None:
    """Those who came and went long ago: of a room's comings and goings without end nothing may grow."""
    absent = [user for user in room.refs if user not in room.seats]
    for user in absent[: len(absent) // 2]:
        del room.refs[user]
