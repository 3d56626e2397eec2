"""One case: so many players in so many rooms play; what it took, and whether everything arrived."""

import itertools
import time

from benchmarks.playing.bots import Crowd
from benchmarks.playing.profile import profiled
from benchmarks.playing.stack import ask_database
from benchmarks.playing.tally import Tally, share

#: seconds an outcome may take to the database: beat looks every second, a big game takes the worker some
RECORD_S = 60.0
#: rounds take some 6 s while everybody types; what is left over after the measuring is played out fast
QUESTIONS, MAX_TIME_S = 10, 120
_tags = itertools.count(1)


def play(product, meters, people: dict, *, players: int, rooms: int, seconds: float, profile: str = "") -> dict:
    """Connect, enter, play for `seconds`, play out, compare with the database. All numbers of the case."""
    size = players // rooms
    options = {"category": people["category"], "questions": QUESTIONS, "max_time": MAX_TIME_S, "language": "en",
               "capacity": max(2, size), "min_players": size}  # fmt: skip
    before = ask_database(product, "count")
    crowd = Crowd(product.port, people["users"][: size * rooms], rooms, f"case {next(_tags)}", options)
    crowd.answers = {int(key): text for key, text in people["answers"].items()}
    meters.lap()
    crowd.connect(60)
    connecting = meters.lap()
    with profiled(meters.roots, profile, "entering"):
        crowd.enter(300)
    entering = meters.lap()
    entered = crowd.fall_quiet(0.5)
    meters.lap()
    with profiled(meters.roots, profile, "playing"):
        crowd.play(seconds)
    playing = meters.lap()
    played = crowd.fall_quiet(1.0)
    tries = crowd.tries
    memory = meters.memory_mib()
    crowd.finish(90)
    crowd.leave()
    stored = _await_results(product, before, rooms)
    return {
        "players": size * rooms, "rooms": rooms, "size": size, "tries_per_s": tries / playing["seconds"],
        **_latencies(played), "received_per_s": played.deliveries / playing["seconds"],
        "received_while_entering": entered.deliveries, "partly": played.partly(),
        "connecting": connecting, "entering": entering, "playing": playing, "memory": memory,
        "lost": crowd.lost, "errors": dict(crowd.errors), "finished": sum(room.closed for room in crowd.rooms),
        **stored,
    }  # fmt: skip


def _latencies(played: Tally) -> dict:
    everyone, author = played.everyone_ms(), played.author_ms()
    return {
        "measured": len(everyone),
        "p50_ms": share(everyone, 0.5),
        "p99_ms": share(everyone, 0.99),
        "author_p99_ms": share(author, 0.99),
    }


def _await_results(product, before: dict, rooms: int) -> dict:
    deadline = time.monotonic() + RECORD_S
    while True:
        now = ask_database(product, "count")
        games, results = now["games"] - before["games"], now["results"] - before["results"]
        if games >= rooms or time.monotonic() > deadline:
            return {"games_stored": games, "results_stored": results}
        time.sleep(1)
