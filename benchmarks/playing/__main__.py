"""Bots play real quizzes over the whole stack: `benchmarks/players --players 100 --rooms 10`, or `--sweep`.

Starts nginx, uWSGI, gateways, Redis, Celery and PostgreSQL as bin/run does, on 127.0.0.1, makes users with tokens in
bulk, connects every bot by raw WebSocket through nginx, enters the rooms by the socket and types a try every 3 s a
player, right often enough that a round takes some 6 s. Prints what it measured; `--sweep` plays a row of sizes on one
stack and writes PLAYERS.md, PLAYERS.json and charts into `--out` (benchmarks/).
"""

import argparse
import json
import signal
import sys
import time
from pathlib import Path

from benchmarks.gateway import machine
from benchmarks.playing import growth, report
from benchmarks.playing.case import play
from benchmarks.playing.stack import ask_database, meters, running

HERE = Path(__file__).resolve().parent.parent
#: how long the product is watched with nobody there
IDLE_S = 4


def numbers(text: str) -> list[int]:
    """`100,500` as numbers."""
    return [int(word) for word in text.split(",")]


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/players", description=__doc__)
    parser.add_argument("--players", default="100", help="one number, or several: 125,250 (as many of --rooms)")
    parser.add_argument("--rooms", default="10")
    parser.add_argument("--seconds", type=float, default=8, help="how long they play before it is played out")
    parser.add_argument("--gateways", type=int, default=2)
    parser.add_argument("--sweep", action="store_true", help="all sizes; at most 8 minutes on two free cores")
    parser.add_argument("--profile", default="", help='sample one kind of process, e.g. "gateway 1", "uWSGI"')
    parser.add_argument("--out", type=Path, default=HERE)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    cases = growth.CASES if args.sweep else list(zip(numbers(args.players), numbers(args.rooms), strict=True))
    begun, rows = time.time(), []
    with running(args.gateways) as (product, roots):
        people = ask_database(product, "make", str(max(players for players, _ in cases)))
        gauge = meters(product, roots, args.gateways)
        time.sleep(IDLE_S)
        idle_cores = growth.cpu({"idle": gauge.lap()}, "idle")
        for players, rooms in cases:
            row = play(product, gauge, people, players=players, rooms=rooms, seconds=args.seconds, profile=args.profile)
            rows.append(row)
            print(report.one_case(row), flush=True)
    if args.sweep:
        measured = {
            "date": time.strftime("%Y-%m-%d %H:%M"), "machine": machine.describe(), "took_s": round(time.time() - begun),
            "command": f"benchmarks/players --sweep --seconds {args.seconds:g}", "idle_cores": idle_cores, "gateways": args.gateways, "seconds": args.seconds, "cases": rows,
        }  # fmt: skip
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "PLAYERS.json").write_text(json.dumps(measured, indent=1))
        growth.write(args.out)


if __name__ == "__main__":
    main()
