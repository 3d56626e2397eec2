"""The packs we build ourselves, from data sets and from tables of ours. Needs no Django and no network.

python -m quiz.packs.build --out DIR
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from quiz.packs.build.families.alphabets import ALPHABETS
from quiz.packs.build.families.arithmetic import ARITHMETIC
from quiz.packs.build.families.calendar import CALENDAR
from quiz.packs.build.families.capitals import CAPITALS, COUNTRIES
from quiz.packs.build.families.cities import CITIES
from quiz.packs.build.families.country_codes import DIALLING_CODES, DOMAINS
from quiz.packs.build.families.currencies import CURRENCIES
from quiz.packs.build.families.elements import ELEMENTS
from quiz.packs.build.families.flags import FLAGS
from quiz.packs.build.families.languages import LANGUAGES_OF_THE_WORLD
from quiz.packs.build.families.measures import MEASURES
from quiz.packs.build.families.neighbours import NEIGHBOURS
from quiz.packs.build.families.roman import ROMAN
from quiz.packs.build.families.us_states import US_STATES
from quiz.packs.build.recipe import Recipe
from quiz.packs.format import Pack, parse_pack

READY = Path(__file__).resolve().parent.parent / "ready"  # where the files go when nobody says otherwise

RECIPES: tuple[Recipe, ...] = (
    ALPHABETS,
    ARITHMETIC,
    CALENDAR,
    CAPITALS,
    CITIES,
    COUNTRIES,
    CURRENCIES,
    DIALLING_CODES,
    DOMAINS,
    ELEMENTS,
    FLAGS,
    LANGUAGES_OF_THE_WORLD,
    MEASURES,
    NEIGHBOURS,
    ROMAN,
    US_STATES,
)


def build_packs() -> dict[str, Pack]:
    """Every pack by its slug, in the order of the slugs."""
    return {recipe.slug: recipe.pack() for recipe in sorted(RECIPES, key=lambda one: one.slug)}


def pack_bytes(pack: Pack) -> bytes:
    """The file of a pack: the same bytes for the same pack, one field a line, so that a change shows in a diff."""
    return (json.dumps(msgspec.to_builtins(pack), ensure_ascii=False, indent=1) + "\n").encode()


def write_packs(out: Path) -> dict[str, int]:
    """Write `<slug>.json` for every pack into `out`, made if missing. Returns the number of questions by slug.

    Each file is checked as a stranger's would be; raises `PackErrors` before anything of a bad pack is written. A file
    is replaced whole, and only when it changed, so that its time tells when its questions did.
    """
    out.mkdir(parents=True, exist_ok=True)
    counts = {}
    for slug, pack in build_packs().items():
        content = pack_bytes(pack)
        counts[slug] = len(parse_pack(content).questions)
        _replace(out / f"{slug}.json", content)
    return counts


def report_lines(counts: dict[str, int]) -> list[str]:
    """The number of questions of each pack, and of all of them, as lines for a person."""
    lines = [f"{count:6} {slug}" for slug, count in counts.items()]
    return [*lines, f"{sum(counts.values()):6} questions in {len(counts)} categories"]


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    unfinished = path.with_suffix(".json.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
