"""The owner's powers, as the room carries them out; that the sender may use them was looked at by whoever sent them.

Kick and close are in `membership`. A game says which of the others it knows (`Game.powers`). Each handler raises
`Refused` before it changes anything, or lets the game's own `GameError` through.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from rooms.live.draft import Draft
from rooms.live.errors import Refused
from rooms.live.game import Command, Event
from rooms.live.membership import Games, KickBody, change_owner, read_room_body
from rooms.live.state import LiveRoom
from wsgateway.wire.client_out import Locked, OptionsChanged, Paused, Resumed


class OptionsBody(msgspec.Struct):
    """Body of `options`: what the game begins anew with, and how the room shows it."""

    setup: dict[str, Any]
    options: dict[str, Any]
    capacity: int
    #: the game's fields of the room that come of it
    shown: dict[str, Any] = {}


def _supported(draft: Draft, command: Command) -> LiveRoom:
    room = draft.open_room
    if command.kind not in getattr(draft.rules, "powers", ()):
        raise Refused("not_supported")
    return room


def play_on(draft: Draft, command: Command, games: Games) -> None:
    """`start` and `skip`: the game's to do, when its clock goes."""
    if _supported(draft, command).paused is not None:
        raise Refused("paused")
    draft.absorb(draft.hear(command))
    draft.settle(command)


def pause(draft: Draft, command: Command, games: Games) -> None:
    """The clocks stand from the moment at which this was received."""
    room = _supported(draft, command)
    if room.paused is not None:
        raise Refused("paused")
    draft.absorb(draft.hear(command))
    if not room.closed:
        room.paused = command.time
        draft.emit(Event(Paused(paused=command.time)))
    draft.settle(command)


def resume(draft: Draft, command: Command, games: Games) -> None:
    """The clocks go on with what was left on them."""
    room = _supported(draft, command)
    if room.paused is None:
        raise Refused("not_paused")
    told = msgspec.structs.replace(command, body={"paused_ms": command.time - room.paused})
    step = draft.hear(told)
    room.paused = None
    view = draft.rules.view(step.state, room.seats, None, draft.now)
    draft.emit(Event(Resumed(phase_ends=view.get("phase_ends"))))
    draft.absorb(step)
    draft.settle(command)


def lock(draft: Draft, command: Command, games: Games) -> None:
    """`lock` and `unlock`: whether somebody new may take a seat. Said twice, it is told once."""
    room, locked = draft.open_room, command.kind == "lock"
    if room.locked != locked:
        room.locked = locked
        draft.emit(Event(Locked(locked=locked)))
    draft.settle(command)


def hand_over(draft: Draft, command: Command, games: Games) -> None:
    """Make another member the owner."""
    room, user = draft.open_room, read_room_body(command, KickBody).user
    if user not in room.seats:
        raise Refused("not_member")
    if room.owner != user:
        change_owner(draft, user)
    draft.settle(command)


def change_options(draft: Draft, command: Command, games: Games) -> None:
    """Begin anew with other options, while the game waits; everybody keeps their seat."""
    room, body = _supported(draft, command), read_room_body(command, OptionsBody)
    if draft.rules.view(draft.state, room.seats, None, draft.now)["state"] != "waiting":
        raise Refused("already_started")
    if body.capacity < len(room.seats):
        raise Refused("room_full")
    step = draft.rules.start(body.setup, draft.now)
    room.options, room.capacity = body.options, body.capacity
    draft.emit(Event(OptionsChanged(options=body.options, room={"capacity": body.capacity, **body.shown})))
    draft.absorb(step)
    for seat in list(room.seats.values()):
        if not room.closed:
            draft.absorb(draft.hear(Command("join", seat.id, time=command.time, seat=seat)))
    draft.settle(command)


HANDLERS: dict[str, Callable[[Draft, Command, Games], None]] = {
    "start": play_on,
    "skip": play_on,
    "pause": pause,
    "resume": resume,
    "lock": lock,
    "unlock": lock,
    "hand_over": hand_over,
    "options": change_options,
}
