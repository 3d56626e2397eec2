"""Measures and counts: units and prefixes of the SI, and things of which everybody agrees how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.packs.build.asking import ask, ask_number, fill
from quiz.packs.build.recipe import OURS, Recipe
from quiz.packs.build.tables import names, rows, words
from quiz.packs.build.wording import capitalized
from quiz.packs.format import LANGUAGES, Question

_PREFIX_OF = {
    "en": "Which SI prefix means 10{}?",
    "ru": "Какая приставка СИ означает 10{}?",
    "uk": "Який префікс SI означає 10{}?",
}
_POWER_OF = {
    "en": "The SI prefix “{}” multiplies by ten to which power?",
    "ru": "На десять в какой степени умножает приставка СИ «{}»?",
    "uk": "На десять у якому степені множить префікс SI «{}»?",
}
_UNIT_OF = {
    "en": "What is the SI unit of this quantity: {}?",
    "ru": "В каких единицах СИ измеряется эта величина: {}?",
    "uk": "В яких одиницях SI вимірюють цю величину: {}?",
}
_UNIT_BY_SYMBOL = {
    "en": "Which SI unit has the symbol {}?",
    "ru": "Международный символ {}: какая это единица СИ?",
    "uk": "Міжнародний символ {}: яка це одиниця SI?",
}
_SYMBOL_CLUE = {"en": "Its symbol is {}", "ru": "Символ — {}", "uk": "Символ — {}"}

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_EVERYDAY = frozenset(words("k M G T h d c m µ n kg s A K Hz N Pa J W V"))


def _how_many() -> Iterator[Question | None]:
    for number, difficulty, *texts in rows("how_many"):
        yield ask_number(dict(zip(LANGUAGES, texts, strict=True)), int(number), difficulty=int(difficulty))


def _prefixes() -> Iterator[Question | None]:
    for power, symbol, *cells in rows("si_prefixes"):
        called = {code: names(cell) for code, cell in zip(LANGUAGES, cells, strict=True)}
        answers = {code: [capitalized(name) for name in listed] for code, listed in called.items()}
        level = 2 if symbol in _EVERYDAY else 4
        yield ask(
            fill(_PREFIX_OF, power.translate(_RAISED)), answers, difficulty=level, clues=[fill(_SYMBOL_CLUE, symbol)]
        )
        if int(power) > 0:
            yield ask_number(fill(_POWER_OF, called), int(power), difficulty=level)


def _units() -> Iterator[Question | None]:
    for symbol, *cells in rows("si_units"):
        quantity = {code: [cell] for code, cell in zip(LANGUAGES, cells[:3], strict=True)}
        unit = {code: list(map(capitalized, names(cell))) for code, cell in zip(LANGUAGES, cells[3:], strict=True)}
        level = 2 if symbol in _EVERYDAY else 3
        yield ask(fill(_UNIT_OF, quantity), unit, difficulty=level, clues=[fill(_SYMBOL_CLUE, symbol)])
        if symbol == "S":  # siemens: but for its case the question of the second again, which no import tells apart
            continue
        yield ask(fill(_UNIT_BY_SYMBOL, symbol), unit, difficulty=level, clues=[_quantity_clue(quantity)])


def _quantity_clue(quantity: dict[str, list[str]]) -> dict[str, str]:
    return {code: capitalized(listed[0]) for code, listed in quantity.items()}


def _measures() -> Iterator[Question | None]:
    yield from _how_many()
    yield from _prefixes()
    yield from _units()


MEASURES = Recipe(
    slug="measures",
    category={"en": "Measures and numbers", "ru": "Меры и числа", "uk": "Міри та числа"},
    licenses=(OURS,),
    source="Tables of ours; units and prefixes as the SI brochure of the BIPM (9th edition) gives them.",
    questions=_measures,
)
