"""Whom root becomes, and why it may not: looked at without becoming anybody."""

import os
import pwd
from pathlib import Path

import pytest

from bin.launcher import service_user
from bin.launcher.service_user import choose, look, obstacle
from config.env import Env

ROOT, US = pwd.getpwuid(0), pwd.getpwuid(os.geteuid())


def test_user_named_by_run_as_is_taken(tmp_path: Path):
    assert choose(Env(var_dir=str(tmp_path), run_as="root")) == ROOT


def test_user_that_does_not_exist_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        choose(Env(var_dir=str(tmp_path), run_as="nobody-by-this-name"))

    assert capsys.readouterr().err == (
        "error: there is no user nobody-by-this-name, whom RUN_AS names.\n  useradd --system NAME makes one.\n"
    )


def test_owner_of_the_folder_comes_before_the_usual_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Root's folder is nobody's yet; anybody else's is theirs already."""
    monkeypatch.setattr(service_user, "PREFERRED", ("not-here", "daemon"))

    assert choose(Env(var_dir=str(tmp_path))) == (US if US.pw_uid else pwd.getpwnam("daemon"))


def test_nobody_there_is_a_reason(monkeypatch: pytest.MonkeyPatch):
    assert obstacle(Env(), None) == "this machine has no user gamehub or nobody."
    assert obstacle(Env(), ROOT) == "RUN_AS says so."


def test_file_that_is_missing_and_folder_that_is_closed_are_named(tmp_path: Path):
    assert look(8000, [tmp_path]) == ""
    assert look(8000, [tmp_path, tmp_path / "dist" / "index.html"]) == f"{tmp_path}/dist/index.html is closed to it."


def test_user_who_may_not_run_python_or_read_the_code_is_an_obstacle(tmp_path: Path):
    """As root: nobody can't pass through a folder of ours; as anybody else: nobody can't be tried at all."""
    tmp_path.chmod(0o700)

    said = obstacle(Env(var_dir=str(tmp_path / "var")), pwd.getpwnam("nobody"))

    assert said.startswith(("the user nobody may not run ", "the user nobody could not work in "))
