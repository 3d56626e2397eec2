"""The commands every room handles itself: create, join, leave, watch, kick, close. The game hears of them but has no
say in who leaves. Each handler takes the turn's draft; it raises `Refused` before it changes anything."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from rooms.live.draft import Draft, Move
from rooms.live.errors import Refused
from rooms.live.game import Command, Event, Game, Outcome, Seat
from rooms.live.limits import LIMITS
from rooms.live.state import LiveRoom, RoomSetup
from rooms.live.views import player_view
from wsgateway.wire.client_out import OwnerChanged, PlayerJoined, PlayerLeft, PlayerView

Games = Mapping[str, Game[Any]]

EVERYBODY_LEFT = Outcome("Everybody has left.", [], reason="everybody_left")
NOBODY_CAME = Outcome("Nobody came to play.", [], reason="nobody_came")
#: why a room is closed by hand, when the command does not say
BY_HAND = "operator"


def read_room_body(command: Command, shape: Any) -> Any:
    """The command's body as that struct. Raises `Refused`."""
    try:
        return msgspec.convert(command.body, shape)
    except msgspec.ValidationError as error:
        raise Refused("bad_message", str(error)) from error


class JoinBody(msgspec.Struct):
    """Body of `join`."""

    seat: Seat


class KickBody(msgspec.Struct):
    """Body of `kick`."""

    user: int


# ------------------------------------------------------------------------------------------------------- create


def create(draft: Draft, command: Command, games: Games) -> None:
    """Make the room. One that is there already stays as it is (a repeated request)."""
    if draft.room is not None:
        draft.settle(command)
        return
    setup = read_room_body(command, RoomSetup)
    if setup.game not in games:
        raise Refused("unknown_game")
    room = LiveRoom(
        setup.room_id,
        setup.game,
        setup.name,
        setup.owner,
        setup.capacity,
        setup.private,
        setup.lasting,
        draft.now,
        code=setup.code,
        options=setup.options,
    )
    game = games[setup.game]
    step = game.start(setup.setup, draft.now)
    draft.room, draft.game = room, game
    draft.absorb(step)
    draft.settle(command)


# ------------------------------------------------------------------------------------------------------- join


def join(draft: Draft, command: Command, games: Games) -> None:
    """Take a seat; joining twice keeps it. The one who enters gets the whole room (`Draft.welcome`), the others
    `player_joined`."""
    room, seat = draft.open_room, read_room_body(command, JoinBody).seat
    if seat.id not in room.seats:
        if room.locked:
            raise Refused("locked")
        if len(room.seats) >= room.capacity:
            raise Refused("room_full")
        _sit_down(draft, command, seat)
    draft.newcomers[seat.id] = None
    draft.settle(command)


def _sit_down(draft: Draft, command: Command, seat: Seat) -> None:
    room = draft.open_room
    room.spectators = tuple(user for user in room.spectators if user != seat.id)
    room.seats[seat.id] = command.seat = seat
    draft.newcomers[seat.id] = None
    draft.emit(Event(PlayerJoined(user=_shown(draft, seat))))
    before = len(draft.moves)
    draft.absorb(draft.hear(command))
    draft.moves.insert(before, Move("in", seat.id, room.v))  # before the moves of a game that ends with this


# ------------------------------------------------------------------------------------------------------- leave, kick


def leave(draft: Draft, command: Command, games: Games) -> None:
    """Give the seat up; everybody hears of it, the one who leaves too (in all tabs). The last one closes the room."""
    draft.seat_of(command)
    _stand_up(draft, command, command.user or 0)


def kick(draft: Draft, command: Command, games: Games) -> None:
    """Take somebody's seat away."""
    _stand_up(draft, command, _kicked(draft, command))


def _kicked(draft: Draft, command: Command) -> int:
    user: int = read_room_body(command, KickBody).user
    if user not in draft.open_room.seats:
        raise Refused("not_member")
    return user


def _stand_up(draft: Draft, command: Command, user: int) -> None:
    seat = _empty_seat(draft, user, command.kind)
    # The game sees the one who goes as the sender, kicked or not.
    told = msgspec.structs.replace(command, user=user, seat=seat)
    draft.absorb(draft.hear(told))
    _close_if_everybody_left(draft)
    draft.settle(command)


def _empty_seat(draft: Draft, user: int, kind: str) -> Seat:
    room = draft.open_room
    left = PlayerLeft(user=_shown(draft, room.seats[user]))
    if kind == "kick":
        left.reason, left.kicked = "kicked", True
    draft.emit(Event(left))
    draft.moves.append(Move("out", user))
    seat = room.seats.pop(user)
    if room.owner == user and room.seats:
        change_owner(draft, next(iter(room.seats)))  # whoever has sat there longest
    return seat


def change_owner(draft: Draft, user: int) -> None:
    """The room is theirs now."""
    draft.open_room.owner = user
    draft.emit(Event(OwnerChanged(owner=user)))


# ------------------------------------------------------------------------------------------------------- watch


def watch(draft: Draft, command: Command, games: Games) -> None:
    """Hear what everybody may, without a seat; who has a seat or watches already only gets the room once more."""
    room, user = draft.open_room, command.user or 0
    if user not in room.seats and user not in room.spectators:
        if len(room.spectators) >= LIMITS.spectators:
            raise Refused("too_many_spectators")
        room.spectators = (*room.spectators, user)
        draft.moves.append(Move("watch", user, room.v))
    draft.newcomers[user] = None
    draft.settle(command)


def unwatch(draft: Draft, command: Command, games: Games) -> None:
    """Hear no more of it. Who does not watch has what they want."""
    room, user = draft.open_room, command.user or 0
    if user in room.spectators:
        room.spectators = tuple(other for other in room.spectators if other != user)
        draft.newcomers.pop(user, None)
        draft.moves.append(Move("out", user))
    draft.settle(command)


def _close_if_everybody_left(draft: Draft) -> None:
    room = draft.room
    if room and not room.closed and not room.seats and not room.lasting:
        draft.close(EVERYBODY_LEFT)


def force_leave(draft: Draft, command: Command) -> None:
    """`leave` and `kick` when the game raised over it: it is not asked."""
    user = _kicked(draft, command) if command.kind == "kick" else command.user or 0
    _empty_seat(draft, user, command.kind)
    _close_if_everybody_left(draft)
    draft.settle(command)


# ------------------------------------------------------------------------------------------------------- close


def close(draft: Draft, command: Command, games: Games) -> None:
    """An operator closes the room, or whoever looks after rooms. The game may say how it ended (its record); reason
    and message are those of the command."""
    step = draft.hear(command)
    outcome, step.outcome = step.outcome, None
    draft.absorb(step)
    _close_by_hand(draft, command, outcome)


def force_close(draft: Draft, command: Command) -> None:
    """`close` when the game raised over it."""
    _close_by_hand(draft, command, None)


def _close_by_hand(draft: Draft, command: Command, outcome: Outcome | None) -> None:
    said = {name: str(command.body.get(name) or "") for name in ("message", "reason")}
    outcome = outcome or Outcome("", standings(draft))
    draft.close(msgspec.structs.replace(outcome, message=said["message"], reason=said["reason"] or BY_HAND))
    draft.settle(command)


def close_if_nobody_came(draft: Draft) -> None:
    """A room that nobody entered in time (whoever made it died or thought better of it) does not stay for ever."""
    if draft.room and not draft.room.closed and draft.empty_until is not None and draft.empty_until <= draft.now:
        draft.close(NOBODY_CAME)


def standings(draft: Draft) -> list[dict[str, Any]]:
    """Results of a room whose game did not say: who is here, by score."""
    scores = draft.rules.scores(draft.state)
    rows = [
        {"id": seat.id, "name": seat.name, "score": scores.get(seat.id, 0), "rating": seat.rating, "prize": 0}
        for seat in draft.open_room.seats.values()
    ]
    return sorted(rows, key=lambda row: (-int(str(row["score"])), int(str(row["id"]))))


def _shown(draft: Draft, seat: Seat) -> PlayerView:
    return player_view(seat, draft.rules.scores(draft.state).get(seat.id, 0))


HANDLERS: dict[str, Callable[[Draft, Command, Games], None]] = {
    "create": create,
    "join": join,
    "leave": leave,
    "kick": kick,
    "close": close,
    "watch": watch,
    "unwatch": unwatch,
}

#: those that happen even when the game raises over them
FORCED: dict[str, Callable[[Draft, Command], None]] = {
    "leave": force_leave,
    "kick": force_leave,
    "close": force_close,
}
