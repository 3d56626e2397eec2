"""Our gateway beside its peers, in one run: `benchmarks/gateway/run [--quick] [--rounds 3] [--cases fan_out,memory,...]`.

Peers take turns within each round, the order reversed every other round; medians are over rounds, ratios within the
run: what a figure compares is in one case, or in cases that are measured together. Leaves RESULTS.json and RESULTS.md with charts in --out (default: benchmarks/).
"""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from . import machine, report
from .build import HERE, build_all
from .cases import fan_out, http_transport, memory, show, storm
from .peers import PEERS
from .servers import Redis

#: the peers the figures are about
MAIN = ["c_limit", "ours", "ours_x2", "ws", "centrifuge"]
#: the rest of the field, in one round: they keep up with 20 broadcasts a second to 2,000, or would only show a queue grow
KEEP_UP, FALL_BEHIND = ["websockets", "socket_io", "sockjs_node"], ["channels_uvicorn", "python_socketio"]


class Case(NamedTuple):
    """Who takes part in what, and in how many rounds at the most."""

    peers: list[str]
    run: Callable[[str, Redis], dict]
    rounds: int = 99


def plan(args: argparse.Namespace) -> dict[str, Case]:
    """Sizes are those the figures are asked for, or about a tenth with --quick."""
    n, many, few = (300, 1000, 200) if args.quick else (2000, 5000, 1000)
    fast, slow = (lambda p, r: fan_out(p, r, n, 50, 20)), (lambda p, r: fan_out(p, r, n, 15, 2))
    return {
        "fan_out": Case(MAIN, fast),
        "fan_out_stock": Case(["sockjs_tornado"], slow),
        "fan_out_field": Case(KEEP_UP, fast, 1),
        "fan_out_slow_field": Case(FALL_BEHIND, slow, 1),
        "memory": Case(["ours", "ws", "sockjs_tornado"], lambda p, r: memory(p, r, many)),
        "storm": Case(["ours", "ws", "sockjs_tornado"], lambda p, r: storm(p, r, few, 100)),
        "trickle": Case(["ours"], lambda p, r: storm(p, r, n, 2)),
        "streaming": Case(["ours", "sockjs_tornado"], lambda p, r: http_transport(p, r, few, "streaming", 20)),
        "polling": Case(["ours", "sockjs_tornado"], lambda p, r: http_transport(p, r, few, "polling", 20)),
    }


def run_case(
    peers: list[str], run: Callable[[str, Redis], dict], redis: Redis, rounds: int, into: dict[str, list[dict]]
) -> None:
    """Rounds of one case; a peer that fails is reported as `error` and the rest goes on."""
    for k in range(rounds):
        for name in peers if k % 2 == 0 else peers[::-1]:
            try:
                numbers = run(name, redis)
                show(name, numbers)
            except Exception as e:  # a peer's fault is a result, too
                numbers = {"error": repr(e)}
                print(f"{name:18} {e!r}", file=sys.stderr, flush=True)
            into.setdefault(name, []).append(numbers)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/gateway/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, small sizes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cases", default="")
    parser.add_argument("--peers", default="", help="only these, comma separated")
    parser.add_argument("--keep", action="store_true", help="cases left out this time stay as they were measured")
    parser.add_argument("--out", type=Path, default=HERE.parent)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    missing = build_all()
    absent = {name: missing[peer.needs] for name, peer in PEERS.items() if peer.needs in missing}
    results: dict[str, dict[str, list[dict]]] = {}
    begin = time.time()
    try:
        redis = Redis()
        for name, case in plan(args).items():
            if args.cases and name not in args.cases.split(","):
                continue
            chosen = [p for p in case.peers if p not in absent and (not args.peers or p in args.peers.split(","))]
            rounds = min(case.rounds, 1 if args.quick else args.rounds)
            run_case(chosen, case.run, redis, rounds, results.setdefault(name, {}))
    finally:
        machine.stop_all()
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / "RESULTS.json"
    earlier = json.loads(path.read_text()) if args.keep else {"results": {}, "measured": {}}
    run = {"date": time.strftime("%Y-%m-%d"), "machine": machine.describe(), "took_s": round(time.time() - begin)}
    measured = {**earlier["measured"], **dict.fromkeys(results, time.strftime("%Y-%m-%d %H:%M", time.gmtime(begin)))}
    together = {**run, "absent": absent, "measured": measured, "results": {**earlier["results"], **results}}
    path.write_text(json.dumps(together, indent=1))
    report.write(args.out)
    print((args.out / "RESULTS.md").read_text())


if __name__ == "__main__":
    main()
