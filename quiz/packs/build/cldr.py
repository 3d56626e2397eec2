"""Names from Unicode's CLDR as Babel ships them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from babel import Locale

from quiz.packs.format import LANGUAGES


@cache
def locale(code: str) -> Locale:
    """Babel's locale; loading one costs some milliseconds."""
    return Locale.parse(code)


def names(pick: Callable[[Locale], Mapping[str, str]], key: str) -> dict[str, list[str]]:
    """What CLDR calls `key` in each of our languages; a language without a name is left out."""
    found = {code: pick(locale(code)).get(key) for code in LANGUAGES}
    return {code: [name] for code, name in found.items() if name}


def territory(code: str) -> dict[str, list[str]]:
    """A territory by ISO 3166 code, or a part of the world by UN M49 number."""
    return names(lambda one: one.territories, code)


def currency(code: str) -> dict[str, list[str]]:
    """A currency by ISO 4217 code."""
    return names(lambda one: one.currencies, code)


def language(code: str) -> dict[str, list[str]]:
    """A language by ISO 639 code. In Russian and Ukrainian an adjective ("немецкий") or a noun ("хинди")."""
    return names(lambda one: one.languages, code)
