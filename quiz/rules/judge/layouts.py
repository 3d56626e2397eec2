"""A text typed with the wrong keyboard layout on: `Vjcrdf` is Москва, `Зфкшы` is Paris, `Rb]d` is Київ."""

from functools import cache, lru_cache

from quiz.rules.judge.languages import KEYS, languages

_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'


@cache
def _tables() -> tuple[dict[int, str], ...]:
    tables: list[dict[int, str]] = []
    for each in languages():
        if each.layout:
            forth = dict(zip(KEYS + _SHIFTED, each.layout + each.layout.upper(), strict=True))
            back = {letter: key for key, letter in forth.items() if letter.isalpha()}
            tables += [str.maketrans(forth), str.maketrans(back)]
    return tuple(tables)


@lru_cache(maxsize=1024)
def typed_elsewhere(text: str) -> tuple[str, ...]:
    """What the same keys write on the other layouts of the house; the text itself is not among it."""
    return tuple({typed for table in _tables() if (typed := text.translate(table)) != text})
