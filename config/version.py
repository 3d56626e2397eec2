"""The version of this Gamehub; pyproject.toml and web/package.json say the same (tests/config/test_version.py)."""

VERSION = "0.2.0"
