"""The words of the generated packs, by language: `languages/<code>/phrases.toml` and one table a family beside it.

A language that lacks a phrase or a row is asked no such question; nothing else depends on it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from quiz.packs.build.tables import names, read_rows
from quiz.packs.format import LANGUAGES

_FOLDER = Path(__file__).parent / "languages"


@cache
def grammar(code: str) -> Mapping[str, Any]:
    """What a language's phrases file says of its grammar; an unset entry is simply not there."""
    found: Mapping[str, Any] = _phrases_of(code).get("grammar", {})
    return found


def phrases(family: str) -> SimpleNamespace:
    """A family's phrases by their keys, each a map of language to text. Languages without it are left out."""
    keys: dict[str, dict[str, str]] = {}
    for code in LANGUAGES:
        for key, text in _phrases_of(code).get(family, {}).items():
            keys.setdefault(key, {})[code] = text
    return SimpleNamespace(**keys)


@cache
def named(table: str) -> Mapping[str, tuple[dict[str, list[str]], ...]]:
    """A table's rows by their key: for each column a map of language to names, the one to show first.

    The key is the first cell of `languages/<code>/<table>.txt`; every other cell is a column.
    """
    found: dict[str, tuple[dict[str, list[str]], ...]] = {}
    for code in LANGUAGES:
        for key, *cells in read_rows(_FOLDER / code / f"{table}.txt"):
            columns = found.setdefault(key, tuple({} for _ in cells))
            for column, cell in zip(columns, cells, strict=True):
                if cell:
                    column[code] = names(cell)
    return found


@cache
def articles(code: str) -> Mapping[str, str]:
    """Country code -> the article in front of its name inside a sentence: US, "the "."""
    listed = _phrases_of(code).get("in_sentence", {}).items()
    return {country: f"{article} " for article, countries in listed for country in countries.split()}


def in_sentence(name: str, code: str) -> str:
    """A common noun as it is written inside a sentence: small, where the language does so."""
    return name.lower() if grammar(code).get("small_nouns") else name


@cache
def _phrases_of(code: str) -> dict[str, Any]:
    path = _FOLDER / code / "phrases.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
