"""Languages: what they call themselves, and which one is official where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from quiz.packs.build import cldr
from quiz.packs.build.asking import ask, everywhere, fill
from quiz.packs.build.countries import by_code
from quiz.packs.build.recipe import CLDR, COUNTRYINFO, OURS, Recipe
from quiz.packs.build.tables import words
from quiz.packs.build.wording import capitalized
from quiz.packs.build.words import grammar, named, phrases
from quiz.packs.format import Question

_WORDS = phrases("languages")


# Where one language alone is official in the whole country, by law: language -> countries.
# Left out: where it is so only by custom (Japan, Chile), where regions have another too (Spain), it changed (Mali).
_SOLE_OFFICIAL = {
    "ar": "AE BH EG JO KW LY MR OM QA SA SY TN YE", "az": "AZ", "bg": "BG", "bn": "BD", "de": "AT DE LI", "dv": "MV",
    "dz": "BT", "el": "GR", "en": "AG BB BS BZ DM GD GH GM GY KN LC LR NG SL VC ZM", "es": "CO CR CU DO GT HN PA SV",
    "et": "EE", "fa": "IR", "fr": "BJ CG CI FR GA MC SN TG", "hr": "HR", "hu": "HU", "hy": "AM", "id": "ID", "is": "IS",
    "it": "IT SM", "km": "KH", "ko": "KP KR", "lo": "LA", "lt": "LT", "lv": "LV", "mn": "MN", "ms": "MY", "my": "MM",
    "ne": "NP", "nl": "SR", "pl": "PL", "pt": "AO BR CV GW MZ PT ST", "ro": "MD RO", "ru": "RU", "sk": "SK", "sr": "RS",
    "tg": "TJ", "th": "TH", "tk": "TM", "tr": "TR", "uk": "UA", "uz": "UZ", "vi": "VN",
}  # fmt: skip

# Languages whose own name is no riddle with two answers (isiNdebele is: there are two of them).
_ASKED = words(
    "af am ar as az ba be bg bn bo br bs ca ce co cs cy da de dv dz el es et eu fa fi fil fo fr fy ga gd gl gu gv "
    "haw he hi hr ht hu hy is it ja ka kk kl km kn ko ku kw ky la lb lo lt lv mi mk ml mn mr ms mt my ne nl no oc "
    "or os pa pl ps pt rm ro ru rw sa sc sd se si sk sl sn so sq sr st su sv sw ta te tg th ti tk to tr tt ug uk ur uz "
    "vi yi yo zh zu"
)
_WIDELY_LEARNT = frozenset(words("de en es fr it pt ru uk"))
_WIDELY_KNOWN = frozenset(
    words("ar be bg cs el fi he hi hu ja ko lt lv nl pl ro sr sv tr zh et da no sk sl hr ka hy kk az")
)


@cache
def language_names(code: str) -> dict[str, list[str]]:
    """A language's names with a capital; other ones from our table, and "немецкий язык" beside "Немецкий"."""
    (ours,) = named("language_names").get(code, ({},))
    found: dict[str, list[str]] = {}
    for language, listed in cldr.language(code).items():
        every = [capitalized(name) for name in [*listed, *ours.get(language, [])]]
        found[language] = [
            *every,
            *(_with_word(name, language) for name in every if "language_word" in grammar(language)),
        ]
    return found


def _with_word(name: str, language: str) -> str:
    """ "Немецкий язык" of an adjective, "язык хинди" of a noun."""
    word, endings = grammar(language)["language_word"], grammar(language)["language_adjectives"]
    return f"{name} {word}" if name.endswith(tuple(endings)) else f"{word} {name.lower()}"


def _difficulty(code: str) -> int:
    return 1 if code in _WIDELY_LEARNT else 2 if code in _WIDELY_KNOWN else 4


def _autonyms() -> Iterator[Question | None]:
    for code in _ASKED:
        own_name = cldr.locale(code).languages[code].split(" (")[0]
        q = fill(_WORDS.calls_itself, everywhere(own_name))
        yield ask(q, language_names(code), difficulty=_difficulty(code))


def _official() -> Iterator[Question | None]:
    for code, countries in _SOLE_OFFICIAL.items():
        for country in map(by_code, countries.split()):
            yield ask(
                fill(_WORDS.official_in, country.in_sentence), language_names(code), difficulty=country.difficulty
            )


def _languages() -> Iterator[Question | None]:
    yield from _autonyms()
    yield from _official()


LANGUAGES_OF_THE_WORLD = Recipe(
    slug="languages",
    licenses=(OURS, CLDR, COUNTRYINFO),
    source="Names of languages: Unicode CLDR, by way of Babel. Official languages: our list. Populations: countryinfo.",
    questions=_languages,
)
