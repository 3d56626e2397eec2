"""One version, wherever it is written."""

import json
import tomllib
from pathlib import Path

from config.version import VERSION

ROOT = Path(__file__).resolve().parents[2]


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    client = json.loads((ROOT / "web/package.json").read_text())
    lock = json.loads((ROOT / "web/package-lock.json").read_text())
    assert [project["version"], client["version"], lock["version"], lock["packages"][""]["version"]] == [VERSION] * 4


def test_liveness_tells_the_version(client) -> None:
    assert client.get("/livez").json() == {"status": 0, "message": "ok", "version": VERSION}
