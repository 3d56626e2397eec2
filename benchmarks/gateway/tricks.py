"""`benchmarks/tricks`: the gateway beside itself with one trick taken back at a time; leaves TRICKS.md.

Variants take turns within each round, the order reversed every other round; medians over rounds.
"""

import argparse
import json
import signal
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from . import machine
from .build import HERE, build_all
from .cases import fan_out, memory, show, storm
from .peers import PEERS
from .report import number
from .servers import OURS_ENV, Redis
from .without import TRICKS

#: what is read off each variant: case, number, heading
NUMBERS = [
    ("paced", "cpu_us", "CPU us per delivery, 20 broadcasts/s"),
    ("burst", "per_second", "broadcast burst, deliveries/s"),
    ("user", "per_second", "single-user burst, deliveries/s"),
    ("connect", "cpu_us", "CPU us per connect"),
]
Rounds = dict[str, list[dict]]


def variants() -> list[str]:
    """Names of the peers, added to those known; the first is the gateway as it is."""
    for name in TRICKS:
        command = ["-m", "benchmarks.gateway.without", name]
        PEERS[f"ours without {name}"] = replace(PEERS["ours"], command=command)
    limits = json.loads(OURS_ENV["GATEWAY_LIMITS"]) | {"presence_batch_s": 0}
    PEERS["ours without presence_batches"] = replace(PEERS["ours"], env={"GATEWAY_LIMITS": json.dumps(limits)})
    return ["ours", *(f"ours without {name}" for name in TRICKS)]


def take_turns(names: list[str], rounds: int, n: int, redis: Redis) -> Rounds:
    """What `fan_out` says of each."""
    seen: Rounds = {name: [] for name in names}
    for k in range(rounds):
        for name in names if k % 2 == 0 else names[::-1]:
            seen[name].append(fan_out(name, redis, n, 50, 20))
            show(name, seen[name][-1])
    return seen


def table(seen: Rounds) -> list[str]:
    """Markdown, one line a variant."""
    lines = ["| | " + " | ".join(heading for *_, heading in NUMBERS) + " |", "| --- |" + " --- |" * len(NUMBERS)]
    for name, rounds in seen.items():
        cells = [number(statistics.median(one[case][what] for one in rounds)) for case, what, _ in NUMBERS]
        lines.append(f"| {name.replace('ours', 'the gateway')} | " + " | ".join(cells) + " |")
    return lines


def memory_line(redis: Redis, n: int) -> str:
    """The slim socket, against what Tornado's and sockjs-tornado's objects take."""
    slim, stock = (memory(name, redis, n)["memory_many"]["kib"] for name in ("ours", "sockjs_tornado"))
    return f"Slim socket: {slim:.1f} KiB a connection at {n:,}, where sockjs-tornado's objects on Tornado's take {stock:.1f}."


def presence_line(redis: Redis, n: int) -> str:
    """Joins in batches, against a frame for each."""
    batched, single = (storm(name, redis, n, 2)["storm_2"] for name in ("ours", "ours without presence_batches"))
    return (
        f"Presence in batches: {n:,} joins two at a time are {batched['frames']:,} frames and {batched['cpu_s']:.1f} s of "
        f"CPU; announced one read from Redis at a time, {single['frames']:,} and {single['cpu_s']:.1f} s."
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/tricks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one round, a few sockets")
    parser.add_argument("--out", type=Path, default=HERE.parent / "TRICKS.md")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    build_all()
    n, rounds = (200, 1) if args.quick else (2000, args.rounds)
    names = variants()
    try:
        redis = Redis()
        seen = take_turns(names, rounds, n, redis)
        rest = [memory_line(redis, n), presence_line(redis, n)]
    finally:
        machine.stop_all()
    lines = [
        "# What each trick of the fast path brings", "",
        f"Made by `benchmarks/tricks` on {time.strftime('%Y-%m-%d')}, {machine.describe()}: {n:,} sockets, 240-byte events, "
        f"medians of {rounds} rounds. What stands in a trick's place is in benchmarks/gateway/without.py.", "",
        *table(seen), "", *rest,
    ]  # fmt: skip
    args.out.write_text("\n".join(lines) + "\n")
    print(args.out.read_text())


if __name__ == "__main__":
    main()
