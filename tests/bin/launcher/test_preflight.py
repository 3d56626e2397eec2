"""What can't go well is said before anything starts, with what to do."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bin.launcher import installation, preflight
from bin.launcher.console import explain


def said(capsys: pytest.CaptureFixture[str], var: Path) -> str:
    """What check_folder says of it; it must refuse."""
    with pytest.raises(SystemExit):
        preflight.check_folder(var)
    return capsys.readouterr().err


def test_folder_that_can_t_be_made_is_explained(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    (tmp_path / "file").touch()

    assert said(capsys, tmp_path / "file" / "var") == (
        f"error: can't make the folder {tmp_path}/file/var: Not a directory.\n"
        "  VAR_DIR=/another/folder bin/run moves it.\n"
    )


def test_folder_that_can_t_be_written_to_is_explained():
    """Tried by an ordinary user, for whom rights count; root may write anywhere."""
    with TemporaryDirectory(prefix="gh-") as name:
        var = Path(name)
        var.chmod(0o555)
        assert refusal_to_a_user(var) == (
            f"error: can't write to {var}: Permission denied.\n  VAR_DIR=/another/folder bin/run moves it.\n"
        )


def refusal_to_a_user(var: Path) -> str:
    """What check_folder says of it in a process of `nobody`, or of ours when that is no root's."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            sys.stderr = os.fdopen(writing, "w")
            if os.geteuid() == 0:
                os.setuid(65534)
            preflight.check_folder(var)
        finally:
            sys.stderr.flush()
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as told:
        return told.read()


def test_folder_with_other_things_in_it_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """It would be closed to everybody else: not so somebody's home or /tmp."""
    (tmp_path / "letters").touch()
    tmp_path.chmod(0o755)

    assert said(capsys, tmp_path) == (
        f"error: {tmp_path} holds other things already; VAR_DIR must be a folder of its own.\n"
        f"  VAR_DIR={tmp_path}/gamehub bin/run\n"
    )
    (tmp_path / "letters").unlink()
    tmp_path.chmod(0o1777)
    assert "must be a folder of its own" in said(capsys, tmp_path)


@pytest.mark.parametrize("names", [[], ["lost+found"], ["run.lock", "log", "anything"], ["db.sqlite3"]])
def test_folder_of_ours_or_empty_is_taken(tmp_path: Path, names: list[str]):
    for name in names:
        (tmp_path / name).touch()

    preflight.check_folder(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_folder_is_made_for_us_alone(tmp_path: Path):
    preflight.check_folder(tmp_path / "var")

    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_full_disk_met_later_is_explained(capsys: pytest.CaptureFixture[str]):
    """/dev/full is a disk without a byte left."""
    with pytest.raises(OSError) as met, Path("/dev/full").open("w") as full:
        full.write("x")
    with pytest.raises(SystemExit):
        explain(met.value)

    assert capsys.readouterr().err == (
        "error: No space left on device\n  The disk is full; nothing is lost, start again when there is room.\n"
    )


def test_who_waits_for_another_one_that_installs_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lock, (ready, is_ready), (gone, go) = tmp_path / ".venv.lock", os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with installation.locked(lock):
            os.write(is_ready, b"x")
            os.read(gone, 1)
        os._exit(0)
    os.read(ready, 1)
    told: list[str] = []

    def hear(text: str) -> None:
        """Only now the other one lets go."""
        told.append(text)
        os.write(go, b"x")

    monkeypatch.setattr("bin.launcher.installation.say", hear)
    with installation.locked(lock):
        pass

    assert told == ["Waiting for another bin/run or bin/test of this checkout, which is installing or building"]
    assert os.waitpid(child, 0)[1] == 0
