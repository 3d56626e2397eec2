"""What the product's processes use, by kind: CPU from /proc/*/schedstat, memory as RSS and PSS, counters of /metrics."""

import http.client
import os
import re
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from benchmarks.gateway.machine import busy_seconds, cpu_seconds

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
COUNTERS = ("room_turns_total", "room_commands_total", "deliveries_total", "frames_total")


def family(root: int, parents: dict[int, int]) -> list[int]:
    """A process and all below it."""
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def read_parents() -> dict[int, int]:
    """Pid -> parent of every process."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return parents


def waited_s(pids: Iterable[int]) -> float:
    """CPU of children that have ended, which no /proc entry has any more."""
    total = 0.0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[13]) + int(fields[14])) * TICK_S
    return total


def memory_mib(pids: Iterable[int]) -> dict[str, float]:
    """{"rss", "pss"}; of the latter, a page that three processes share counts a third to each. Ended ones count 0."""
    totals = {"rss": 0.0, "pss": 0.0}
    for pid in pids:
        with suppress(OSError):
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            for name in totals:
                if found := re.search(rf"^{name}: +(\d+)", text, re.MULTILINE | re.IGNORECASE):
                    totals[name] += int(found[1]) / 1024
    return totals


def scrape(path: Path) -> dict[str, float]:
    """`COUNTERS` of one gateway's private listener."""
    connection = http.client.HTTPConnection("localhost", timeout=5)
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(path))
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return {
        name: float(found[1])
        for name in COUNTERS
        if (found := re.search(rf"^gamehub_gateway_{name} (\S+)", text, re.MULTILINE))
    }


class Meters:
    """`roots`: kind of process -> pid. A `lap` is what happened since the last one."""

    def __init__(self, roots: dict[str, int], metrics: list[Path]) -> None:
        self.roots, self.metrics = {**roots, "bots": os.getpid()}, metrics
        self._before = self._now()

    def lap(self) -> dict:
        """{"seconds", "cpu": {kind: share of a core}, "foreign": cores others used, and each counter a second}."""
        before, now = self._before, self._now()
        self._before = now
        seconds = now["time"] - before["time"]
        cpu = {kind: (now["cpu"][kind] - before["cpu"][kind]) / seconds for kind in self.roots}
        foreign = (now["busy"] - before["busy"]) / seconds - sum(cpu.values())
        counted = {name: (now[name] - before[name]) / seconds for name in COUNTERS}
        return {"seconds": seconds, "cpu": cpu, "foreign": max(0.0, foreign), **counted}

    def memory_mib(self) -> dict[str, dict[str, float]]:
        """Kind -> {"rss", "pss", "processes"}."""
        parents = read_parents()
        rows = {}
        for kind, root in self.roots.items():
            pids = family(root, parents) if kind != "bots" else [root]
            rows[kind] = {**memory_mib(pids), "processes": len(pids)}
        return rows

    def _now(self) -> dict:
        parents = read_parents()
        cpu = {}
        for kind, root in self.roots.items():
            pids = family(root, parents) if kind != "bots" else [root]
            cpu[kind] = cpu_seconds(pids) + (waited_s(pids) if kind != "bots" else 0)
        counters = [scrape(path) for path in self.metrics]
        sums = {name: sum(row.get(name, 0.0) for row in counters) for name in COUNTERS}
        return {"time": time.perf_counter(), "cpu": cpu, "busy": busy_seconds(), **sums}
