"""What doesn't come up is named, with the end of its log."""

from pathlib import Path
from typing import Any

import pytest

from bin.launcher.starting import Falls, last_lines


class Runner:
    """Says of the processes what the test lets it say."""

    def __init__(self, log: Path) -> None:
        self.log, self.rows = log, {}  # type: ignore[var-annotated]

    def say(self, **processes: tuple[str, int]) -> None:
        self.rows = {
            name: {"statename": state, "pid": pid, "stdout_logfile": str(self.log)}
            for name, (state, pid) in processes.items()
        }

    def states(self) -> dict[str, dict[str, Any]]:
        return self.rows


def test_process_that_falls_again_and_again_is_told_once_with_its_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    log = tmp_path / "web.log"
    log.write_text("".join(f"line {number}\n" for number in range(20)))
    runner = Runner(log)
    falls = Falls(runner)  # type: ignore[arg-type]
    for web, worker in (("RUNNING", "STARTING"), ("STARTING", "BACKOFF"), ("RUNNING", "BACKOFF")):
        pid = 7 if web == "STARTING" else 8
        runner.say(nginx=("RUNNING", 5), web=(web, pid), worker=(worker, 0))
        falls.look()
    falls.tell()
    falls.tell()

    end = "".join(f"    line {number}\n" for number in range(8, 20))
    assert capsys.readouterr().out == "".join(
        f"{name} falls again and again. The last lines of its log, {log}:\n{end}" for name in ("web", "worker")
    )


def test_log_that_is_not_there_or_empty_is_said(tmp_path: Path):
    (tmp_path / "empty.log").touch()

    assert {last_lines(tmp_path / name) for name in ("none.log", "empty.log")} == {"    (it has written nothing)"}


def test_end_of_a_long_log_is_cut_from_it(tmp_path: Path):
    (tmp_path / "long.log").write_bytes(b"x\n" * 1_000_000 + b"\xff last\n")

    assert last_lines(tmp_path / "long.log").splitlines()[-2:] == ["    x", "    � last"]
