"""The cases: what is done to a running peer and what is read off it. Every number is of one round."""

import http.client
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from . import machine
from .build import HERE
from .machine import CLIENT_CPU, TMP
from .peers import PYTHON
from .servers import Client, Redis, Server

Numbers = dict[str, float | int | None]
#: longest any one wait may take, ms
LIMIT_MS = 90_000
#: what our gateway says to one who is let in, as it stands in a SockJS array; `someone_connected` ends alike
OWN_CONNECTED = r"\"connected\""


class Marks:
    """What the machine had used at one moment, in seconds."""

    def __init__(self, server: Server, publisher: subprocess.Popen | None) -> None:
        self.server, self.redis = machine.cpu_seconds(server.pids), machine.cpu_seconds([server.redis.process.pid])
        self.publisher = machine.cpu_seconds([publisher.pid]) if publisher else 0.0
        self.busy, self.at = machine.busy_seconds(), time.monotonic()


def _measure(
    server: Server, client: Client, wire_args: list[str], own_loop: str, expected: int, *, warm: int = 0
) -> Numbers:
    """Publish and count: deliveries, rate, latency, server CPU per delivery. The C limit runs its own loop.

    The first `warm` deliveries are waited for and left out: a socket that was silent acknowledges every segment at
    once for a while, on whatever server.
    """
    client.ask("reset")
    publisher, before = None, Marks(server, None)
    client.tell(f"wait {warm or expected} {LIMIT_MS} 5000")
    if server.name == "c_limit":
        server.processes[0].stdin.write(own_loop + "\n")
    else:
        command = [PYTHON, str(HERE / "publisher.py"), server.peer.wire, *wire_args, "--redis", str(server.redis.port)]
        publisher = machine.spawn(CLIENT_CPU, command, stdout=subprocess.PIPE, text=True)
    if warm:
        client.read()
        before = Marks(server, publisher)
        client.ask("reset")
        client.tell(f"wait {expected} {LIMIT_MS} 5000")
    seen, after = client.read(), Marks(server, publisher)
    if publisher:
        publisher.communicate(timeout=60)
        machine.stop(publisher)
    else:
        json.loads(server.processes[0].stdout.readline())
    used, got = after.server - before.server, seen.get("msgs", 0)
    own = used + after.redis - before.redis + after.publisher - before.publisher
    own += seen.get("client_cpu_s", 0)
    return {"expected": expected, "deliveries": got, "per_second": seen.get("rate_e2e"), "p50_ms": seen.get("lat_ms_p50"),
            "p99_ms": seen.get("lat_ms_p99"), "cpu_us": used / got * 1e6 if got else None, "frames": seen.get("frames"),
            "foreign_cores": max(0.0, after.busy - before.busy - own) / (after.at - before.at)}  # fmt: skip


def fan_out(name: str, redis: Redis, n: int, events: int, paced_rate: float) -> dict[str, Numbers]:
    """Connect N, then the memory, a broadcast burst, spaced broadcasts, single users, a room of 1,000."""
    server, room = Server(name, redis, presence=False), min(1000, n)
    try:
        rss, cpu = machine.rss_kib(server.pids), machine.cpu_seconds(server.pids)
        client = Client(server.peer, server.port, n)
        ready = client.first.get("ready", 0)
        time.sleep(1.0)
        used = machine.cpu_seconds(server.pids) - cpu
        out = {"connect": {"expected": n, "deliveries": ready, "cpu_us": used / max(1, ready) * 1e6, "seconds": client.first["connect_s"]},
               "memory": {"kib": (machine.rss_kib(server.pids) - rss) / n}}  # fmt: skip
        size, users, paced, warm = ["--n", str(n)], 40_000, int(paced_rate * 10), int(paced_rate)
        out["burst"] = _measure(
            server, client, ["bcast", "--events", str(events), *size], f"burst {events}", events * n
        )
        out["paced"] = _measure(
            server,
            client,
            ["bcast", "--events", str(warm + paced), "--rate", str(paced_rate), *size],
            f"paced {warm + paced} {int(1e6 / paced_rate)}",
            paced * n,
            warm=warm * n,
        )
        out["user"] = _measure(server, client, ["user", "--events", str(users), *size], f"user {users}", users)
        if name != "c_limit":
            out["room"] = _measure(
                server, client, ["room", "--events", str(events), "--room", str(room), *size], "", events * room
            )
        client.close()
        return out
    finally:
        server.stop()


def memory(name: str, redis: Redis, n: int) -> dict[str, Numbers]:
    """KiB of resident memory that each of N idle, identified connections adds."""
    server = Server(name, redis, presence=False)
    try:
        rss = machine.rss_kib(server.pids)
        client = Client(server.peer, server.port, n)
        time.sleep(2.0)
        out = {
            "memory_many": {
                "expected": n,
                "deliveries": client.first["ready"],
                "kib": (machine.rss_kib(server.pids) - rss) / n,
            }
        }
        client.close()
        return out
    finally:
        server.stop()


def storm(name: str, redis: Redis, n: int, window: int) -> dict[str, Numbers]:
    """N clients connect, `window` at a time, and every join is announced to all: when the last one is told."""
    server = Server(name, redis, presence=True)
    try:
        cpu = machine.cpu_seconds(server.pids)
        client = Client(server.peer, server.port, n, window=window, marker=server.peer.joined)
        first, last = client.first, client.ask(f"wait 0 {LIMIT_MS * 3} 1500")
        settled = (last["t_last"] - first["t_begin"]) / 1e9 if last["t_last"] else None
        after_ready = (last["t_last"] - first["t_ready"]) / 1e6 if last["t_last"] else None
        out = {"expected": n, "deliveries": first["ready"], "settled_s": settled, "after_ready_ms": after_ready, "frames": last["frames"],
               "frames_share": last["frames"] / (n * n / 2), "cpu_s": machine.cpu_seconds(server.pids) - cpu}  # fmt: skip
        client.close()
        return {f"storm_{window}": out}
    finally:
        server.stop()


def _send_connect(server: Server, n: int) -> None:
    """xhr_send of every session's first message, as the client would."""
    ours = server.peer.wire == "ours"

    def send(part: range) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        for i in part:
            message = (
                {"action": "connect", "id": i, "name": "U", "token": f"bench-token-{i}"}
                if ours
                else {"type": "auth", "user": i}
            )
            body = json.dumps([json.dumps(message)]).encode()
            connection.request("POST", f"/ws/000/s{i}/xhr_send", body, {"Content-Type": "text/plain"})
            answer = connection.getresponse()
            if answer.status != 204:
                raise RuntimeError(f"xhr_send: {answer.status}")
            answer.read()
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, [range(first, n + 1, 4) for first in range(1, 5)]))


def http_transport(name: str, redis: Redis, n: int, mode: str, events: int) -> dict[str, Numbers]:
    """N sessions on xhr-streaming or xhr-polling; a broadcast burst, then spaced broadcasts."""
    server = Server(name, redis, presence=False)
    client = Client.__new__(Client)
    try:
        command = [str(TMP / "bin/httpload"), str(server.port), str(n), mode]
        client.process = machine.spawn(
            CLIENT_CPU, command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        client.read()
        client.ask(f"ready HTTP/1.1 {n} 60000")
        client.tell(f"ready {OWN_CONNECTED if server.peer.wire == 'ours' else 'ready'} {n} 60000")
        _send_connect(server, n)
        ready = client.read()["ready"]
        time.sleep(1.0)  # what the connects set going (announcements to pollers) shall not count, as in `fan_out`
        burst = _measure(server, client, ["bcast", "--events", str(events), "--n", str(n)], "", events * n)
        paced = _measure(server, client, ["bcast", "--events", "12", "--rate", "4", "--n", str(n)], "", 12 * n)
        return {f"{mode}_burst": {**burst, "ready": ready}, f"{mode}_paced": paced}
    finally:
        client.close()
        server.stop()


def show(name: str, numbers: dict[str, Numbers]) -> None:
    """One line a round, so that a watcher sees how it goes."""
    brief = {
        case: {k: round(v, 3) if isinstance(v, float) else v for k, v in row.items() if v is not None}
        for case, row in numbers.items()
    }
    lost = [case for case, row in numbers.items() if row.get("expected") and row["deliveries"] != row["expected"]]
    print(f"{name:18} {json.dumps(brief)}" + (f"  LOST in {lost}" if lost else ""), file=sys.stderr, flush=True)
