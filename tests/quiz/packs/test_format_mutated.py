"""Whatever is done to a pack, parsing it gives a pack or errors, and nothing else."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.packs.format import Pack, PackErrors, parse_pack

from .test_format import GOOD, raw

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["en", "ru", "http://[", "https://example.org", "\x00", "\ud800", 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything in a pack, itself excluded."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [found for key in keys for found in ((*path, key), *places(value[key], (*path, key)))]


def put(pack: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """A copy of the pack with something else at a path; with the key itself replaced when the junk is a text."""
    broken = copy.deepcopy(pack)
    inner = broken
    for key in path[:-1]:
        inner = inner[key]
    if isinstance(junk, str) and isinstance(inner, dict):
        inner[junk] = inner.pop(path[-1])
    else:
        inner[path[-1]] = junk
    return broken


def parses_or_refuses(content: bytes) -> None:
    """Anything else that is raised fails the test by itself."""
    errors: list[str] = []
    try:
        outcome: object = parse_pack(content)
    except PackErrors as refused:
        outcome, errors = refused, refused.errors
    assert (isinstance(outcome, Pack), errors == []) in {(True, True), (False, False)}


@given(path=st.sampled_from(places(GOOD)), junk=JUNK)
@settings(deadline=None)
def test_parse_pack_with_junk_in_one_place(path: tuple[Any, ...], junk: Any) -> None:
    parses_or_refuses(json.dumps(put(GOOD, path, junk)).encode())


@given(seed=st.integers(), cuts=st.integers(1, 8))
@settings(deadline=None)
def test_parse_pack_with_bytes_changed(seed: int, cuts: int) -> None:
    chance = random.Random(seed)
    content = bytearray(raw(GOOD))
    for _ in range(cuts):
        content[chance.randrange(len(content))] = chance.randrange(256)
    parses_or_refuses(bytes(content[: chance.randrange(1, 2 * len(content))]))


@given(content=st.binary())
def test_parse_pack_of_any_bytes(content: bytes) -> None:
    parses_or_refuses(content)
