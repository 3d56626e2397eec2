"""Every bound of the live rooms, in one place, each with its reason.

`LIVE_LIMITS` in the environment may change any of them, as JSON: `{"answers_burst": 30}`.
"""

import msgspec

from config.env import load_env


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds of the live rooms. Tests shorten some; every process on one Redis must use the same ones."""

    #: how long a holder may be silent before another process takes its room. A turn takes milliseconds; 2 s forgive
    #: a garbage collection or a busy machine, and are what the players of a killed gateway wait
    lease_ms: int = 2_000
    #: commands of one turn: bounds its time (well under the lease) and the memory of one answer from Redis
    slice: int = 500
    #: recorded events kept for `sync`; older gaps get the whole room instead
    log: int = 500
    #: of these kept when the room closes: who missed more than the last round or two is shown the whole closed room
    closed_log: int = 100
    #: commands waiting in one room before further ones are refused with `degraded`
    inbox: int = 10_000
    #: commands of the game by one user in one room, over all sockets, gateways and REST. A very fast typist (120 words
    #: a minute) sends a capital and Enter 1.25 times a second and never meets it within the 40 s of a question and its
    #: hint; short answers come 2 a second for 15 s. A bot with a list of 183 capitals gets 15 at once and 55 in a round
    answers_per_s: float = 1.0
    answers_burst: int = 15
    #: who may watch one room without a seat: each event goes to all of them, so they are bounded like a large room's
    #: members
    spectators: int = 500
    #: a room goes on by itself after so long a pause: its owner may be gone for good, and nobody can play or end it
    paused_ms: int = 3_600_000
    #: how long a closed room still answers a late `sync`
    closed_s: int = 3_600
    #: how long a reply waits for whoever asked
    reply_s: int = 30
    #: refs remembered for each user, and for all users of a room together (a room of 1,000 remembers 8 each:
    #: the state is written every turn)
    refs: int = 32
    refs_room: int = 8_192
    #: longest ref that is remembered; a longer one is cut
    ref_chars: int = 64
    #: rooms that one process drains at the same time; above it commands wait for the timer
    drains: int = 64
    #: due rooms taken by one pass over the timers
    due_batch: int = 32
    #: longest time between two passes over the timers, ms; a pass comes earlier when a room is due earlier
    poll_ms: int = 100
    #: calls of `on_timer` in one turn: a game that asks for the past again and again must not hold the process
    ticks: int = 16
    #: a game whose `on_timer` raises is tried again after this long
    retry_ms: int = 5_000
    #: a room that nobody entered in this time closes, unless it is `lasting`
    empty_ms: int = 60_000
    #: rooms that Django asks about in one round trip: keeps Redis from anything else for about a millisecond
    asked: int = 1_000

    @property
    def answer_ms(self) -> int:
        """How much time one command of the game takes up; 0: they are not counted."""
        return int(1000 / self.answers_per_s)


LIMITS = Limits()


def read_limits() -> Limits:
    """The table with the changes of `LIVE_LIMITS`. Raises `msgspec.ValidationError` for a name or type it lacks."""
    return msgspec.json.decode(load_env().live_limits or b"{}", type=Limits)
