"""Which characters look like which: the table behind `names.name_key`.

Names are compared by a skeleton, after the idea of Unicode's UTS 39 (Security Mechanisms, section 4), but case-blind:
`В` (Cyrillic) looks like `B`, so `в` and `b` are one. Two sources, both used in one step and never transitively (a
closure over Unicode's pairs puts r, t, u, y and z in one class):

1. `FAMILIES`, ours, for the scripts our players write: Latin, Cyrillic, Greek and digits.
2. Unicode's confusables, as the package confusable-homoglyphs carries them, for every other character that is
   directly confusable with an ASCII letter or digit (Cherokee, Armenian, Lisu, small capitals, ...).
"""

import unicodedata
from functools import cache

from confusable_homoglyphs import confusables

# Prototype -> lower-case characters that look like it in either case.
FAMILIES: dict[str, str] = {
    "a": "аαɑ",
    "b": "вьβƅ",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еε",
    "g": "ԍɡ",
    "h": "нһηհ",
    "i": "іιıӏl1|ⅼɩ",
    "j": "јϳ",
    "k": "кκ",
    "m": "мμ",
    "n": "пνո",
    "o": "оο0օσ",
    "p": "рρ",
    "q": "ԛ",
    "r": "г",
    "s": "ѕ",
    "t": "тτ",
    "u": "υս",
    "v": "ѵ",
    "w": "ԝѡω",
    "x": "хχ",
    "y": "уүγ",
    "z": "ζ",
    "3": "зӡʒ",
    "6": "б",
    "є": "ϵ",
    "л": "λ",
    "ф": "φ",
    "-": "‐‑‒–—―−",
    "'": "’‘ʼʹ`´",
    "_": "ˍ",
}


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _unicode_pairs() -> dict[str, str]:
    """Character -> the ASCII letter or digit Unicode calls confusable with it; letters of our alphabets left out."""
    pairs: dict[str, str] = {}
    for char, others in sorted(confusables.confusables_data.items()):
        targets = [other["c"].casefold() for other in others if other["c"].isascii() and other["c"].isalnum()]
        if len(char) == 1 and not char.isascii() and len(targets) > 0 and len(targets[0]) == 1:
            pairs.setdefault(_fold(char), targets[0])
    ours = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ")
    return {
        char: target for char, target in pairs.items() if len(char) == 1 and not char.isascii() and char not in ours
    }


@cache
def table() -> dict[int, str]:
    """For `str.translate`: look-alike -> prototype, both lower-case."""
    ours = {char: prototype for prototype, family in FAMILIES.items() for char in family}
    theirs = {char: ours.get(target, target) for char, target in _unicode_pairs().items()}
    return {ord(char): prototype for char, prototype in {**theirs, **ours}.items()}
