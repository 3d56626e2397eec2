"""Making two spellings of one text the same: case, width, marks, look-alikes, invisible characters.

`fold` is idempotent and never raises. What it does not touch: the words, their order, and й, which is a letter of its
own and no и with a mark.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛ʼʹ′´`ˈ՚＇", "'"))
#: 5'10 is two numbers, 1'000 is one and the apostrophe of п'ять is nothing
_FOOT_MARK = re.compile(r"(?<=\d)'(?!\d{3}(?!\d))")
#: letters that no Unicode decomposition leads to the one a player types for want of the key
_LETTERS = {"ґ": "г", "є": "е"}
#: a Latin letter inside a Cyrillic word was typed on the wrong layout: Киiв
_LOOK_ALIKES = str.maketrans("aceiopxykmthb", "асеіорхукмтнв")
_MIXED_WORD = re.compile(r"[a-z]*[а-яіѐ-џ]+[a-z][a-zа-яіѐ-џ]*|[a-z]+[а-яіѐ-џ][a-zа-яіѐ-џ]*")
#: folding once more can only compose what lost a mark in between; more rounds than this never occur
_ROUNDS = 4


def fold(text: str) -> str:
    """The text in small plain letters, single spaces in it and none round it."""
    if text.isascii():
        return " ".join(_without_apostrophes(text.lower().replace("`", "'")).split())
    if _PLAIN.fullmatch(text):
        return _in_one_alphabet(text.lower().translate(_PLAIN_FOLDED))
    for _ in range(_ROUNDS):
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


def _fold_once(text: str) -> str:
    text = "".join(map(_set_apart, text.translate(_APOSTROPHES)))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _in_one_alphabet(unicodedata.normalize("NFC", "".join(map(_fold_char, text))))


def _in_one_alphabet(text: str) -> str:
    return " ".join(_MIXED_WORD.sub(_in_cyrillic, _without_apostrophes(text)).split())


def _without_apostrophes(text: str) -> str:
    return _FOOT_MARK.sub(" ", text).replace("'", "") if "'" in text else text


@lru_cache(maxsize=4096)
def _set_apart(char: str) -> str:
    """², ½ and ① get spaces round them, so that 10² does not become 102."""
    return f" {char} " if unicodedata.category(char) == "No" else char


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    category = unicodedata.category(char)
    if char == "й":
        return char
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == "\N{MINUS SIGN}":
        return "-"
    base = "".join(part for part in unicodedata.normalize("NFD", char) if unicodedata.category(part) != "Mn")
    return "".join(_LETTERS.get(part) or _latin(part) for part in unicodedata.normalize("NFC", base))


def _latin(char: str) -> str:
    """ø, ł, ß, æ and their kind in ASCII; any other letter as it is."""
    if not char.isascii() and char.isalpha() and unicodedata.name(char, "").startswith("LATIN"):
        return anyascii(char).lower() or char
    return char


def _in_cyrillic(word: re.Match[str]) -> str:
    return word[0].translate(_LOOK_ALIKES)


#: what Russian and Ukrainian are typed in; folds letter by letter, five times faster than the long way
_PLAIN = re.compile(r"[\x00-\x7fЀ-џҐґ«»–—’]*")
_PLAIN_FOLDED = {ord(char): _fold_char(char) for char in (*map(chr, range(0x400, 0x460)), *"ґ–—")} | {
    ord("’"): "'",
    ord("`"): "'",
}
