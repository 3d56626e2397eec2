"""VAR_DIR is closed to others, also what an older version left open in it."""

import os
from pathlib import Path

from bin.launcher.privacy import make_private


def rights(folder: Path) -> dict[str, str]:
    """Rights of all in it."""
    return {path.name: oct(path.lstat().st_mode & 0o777) for path in folder.rglob("*") if not path.is_symlink()}


def test_rights_of_others_are_taken_off_folders_and_files(tmp_path: Path):
    var, elsewhere = tmp_path / "var", tmp_path / "elsewhere"
    (var / "media" / "deep").mkdir(parents=True)
    for path, mode in ((var / "media" / "a.webp", 0o644), (var / "db.sqlite3", 0o666), (var / "run.sh", 0o755)):
        path.touch()
        path.chmod(mode)
    elsewhere.touch(0o644)
    elsewhere.chmod(0o644)
    (var / "link").symlink_to(elsewhere)
    os.link(elsewhere, var / "twin")
    var.chmod(0o755)

    make_private(var)

    assert oct(var.stat().st_mode & 0o777) == "0o700"
    closed = {"media": "0o700", "deep": "0o700", "a.webp": "0o600", "db.sqlite3": "0o600", "run.sh": "0o700"}
    assert rights(var) == closed | {"twin": "0o644"}
    assert oct(elsewhere.stat().st_mode & 0o777) == "0o644"


def test_folder_reached_by_a_link_is_closed_as_well(tmp_path: Path):
    (tmp_path / "real" / "log").mkdir(parents=True)
    (tmp_path / "real" / "log").chmod(0o755)
    (tmp_path / "var").symlink_to(tmp_path / "real")

    make_private(tmp_path / "var")

    assert rights(tmp_path / "real") == {"log": "0o700"}
