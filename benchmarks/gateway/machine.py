"""Starting, pinning and measuring the processes of a benchmark; everything started here is stopped by pid."""

import os
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

#: the server under test has a core of its own; load client, Redis and publisher share the other
SERVER_CPU, CLIENT_CPU = "0", "1"
TMP = Path(os.environ.get("BENCH_TMP", "/tmp/gamehub-bench"))

started: list[subprocess.Popen] = []


def spawn(cpu: str, command: list[str], **options) -> subprocess.Popen:
    """Start a command pinned to one core."""
    process = subprocess.Popen(["taskset", "-c", cpu, *map(str, command)], **options)
    started.append(process)
    return process


def stop(process: subprocess.Popen) -> None:
    """End a process started here: TERM, then KILL after 8 s."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(8)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
    if process in started:
        started.remove(process)


def stop_all() -> None:
    """End whatever is still running."""
    for process in list(started):
        stop(process)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that is free now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for_port(port: int, process: subprocess.Popen, seconds: float = 30) -> None:
    """Return once the port answers; raises `RuntimeError` when the process exits or time runs out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"server exited with {process.returncode}")
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 0.5).close()
            return
        time.sleep(0.05)
    raise RuntimeError("server did not open its port")


def cpu_seconds(pids: list[int]) -> float:
    """Seconds on CPU of all threads of these processes, with the scheduler's ns precision."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def rss_kib(pids: list[int]) -> int:
    """Resident memory of these processes, KiB."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                total += int(line.split()[1])
    return total


def busy_seconds() -> float:
    """Busy CPU seconds of the whole machine since boot."""
    fields = list(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]))
    return (sum(fields[:3]) + fields[5] + fields[6]) / os.sysconf("SC_CLK_TCK")


def describe() -> str:
    """One line about this machine, for the results' head."""
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        "?",
    )
    return f"{os.cpu_count()} cores ({cpu}), kernel {os.uname().release}"
