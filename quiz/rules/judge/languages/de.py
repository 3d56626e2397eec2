"""German: its numbers below a million are one word each, the units before the tens (einundzwanzig)."""

from functools import lru_cache

from quiz.rules.judge.languages import Language, table

_SMALL = table(
    "null|ein eins eine|zwei zwo|drei|vier|funf fuenf|sechs|sieben|acht|neun|zehn|elf|zwolf zwoelf|dreizehn|vierzehn|"
    "funfzehn fuenfzehn|sechzehn|siebzehn|achtzehn|neunzehn",
    range(20),
)
_TENS = table(
    "zwanzig|dreissig dreisig|vierzig|funfzig fuenfzig|sechzig|siebzig|achtzig|neunzig",
    range(20, 100, 10),
)
#: folded spelling -> value, below 100
_BELOW_100 = {
    **_SMALL,
    **_TENS,
    **{
        f"{unit}und{ten}": value + tens
        for unit, value in _SMALL.items()
        if 0 < value < 10 and unit != "eins"
        for ten, tens in _TENS.items()
    },
}
_ORDINAL_ENDINGS = ("e", "er", "es", "en", "em")
_IRREGULAR = {"erst": 1, "dritt": 3, "siebt": 7, "acht": 8}


def _below_1000(word: str) -> int | None:
    hundreds, found, rest = word.partition("hundert")
    if not found:
        return _BELOW_100.get(word)
    many, few = (_BELOW_100.get(hundreds) if hundreds else 1), _BELOW_100.get(rest.removeprefix("und")) if rest else 0
    return None if many is None or few is None or not 0 < many < 20 or few > 99 else many * 100 + few


@lru_cache(maxsize=1024)
def read_compound(word: str) -> int | None:
    """The value of a number below a million that is one folded word; None for words that are none, or ambiguous."""
    if word in _AMBIGUOUS:
        return None
    thousands, found, rest = word.partition("tausend")
    if not found:
        return _below_1000(word)
    many = _below_1000(thousands) if thousands else 1
    few = _below_1000(rest.removeprefix("und")) if rest else 0
    return None if many is None or few is None or not 0 < many < 1000 or few > 999 else many * 1000 + few


def _ordinals() -> dict[str, int]:
    """Below 20 with -t, from there with -st: vierte, zwanzigste. Folded spellings."""
    regular = {f"{word}{'t' if value < 20 else 'st'}": value for word, value in _BELOW_100.items() if value}
    stems = {**{stem: value for stem, value in regular.items() if value not in (1, 3, 8)}, **_IRREGULAR}
    return {stem + ending: value for stem, value in stems.items() for ending in _ORDINAL_ENDINGS}


#: an elf is not always eleven, an article not always one
_AMBIGUOUS = {"elf": 11, "ein": 1, "eine": 1, "einen": 1, "einer": 1, "eines": 1, "einem": 1}

LANGUAGE = Language(
    scales=table("tausend|million millionen|milliarde milliarden", [10**3, 10**6, 10**9]),
    hundreds=frozenset({"hundert"}),
    minus=frozenset({"minus"}),
    read_compound=read_compound,
    ambiguous=_AMBIGUOUS,
    ordinals=_ordinals(),
    ordinal_endings=frozenset({"te", "ter", "tes", "ten", "ste", "ster", "stes", "sten"}),
    articles=frozenset({"der", "die", "das", "dem", "des", "den", "ein", "eine", "einen", "einer", "eines", "einem"}),
    small_words=frozenset(
        {"und", "von", "vom", "in", "im", "auf", "am", "an", "zu", "zum", "zur", "der", "des", "den"}
    ),
    abbreviations={
        "dr": "doktor",
        "st": "sankt",
        "hl": "heiliger",
        "nr": "nummer",
        "prof": "professor",
        "str": "strasse",
        "hr": "herr",
        "fr": "frau",
        "jh": "jahrhundert",
        "bzw": "beziehungsweise",
    },
    kinds=frozenset({"fluss", "see", "stadt", "insel", "berg", "planet", "konig", "konigin", "sankt"}),
    contrasts=frozenset(
        {
            *("nord", "sud", "ost", "west", "nordlich", "sudlich", "nordliche", "sudliche", "ostliche", "westliche"),
            *("neu", "neue", "neuer", "neues", "alt", "alte", "alter", "gross", "grosse", "grosser", "klein", "kleine"),
            *(
                "kleiner",
                "obere",
                "untere",
                "mittlere",
                "anti",
                "nicht",
                "kein",
                "halb",
                "mini",
                "super",
                "oder",
                "und",
            ),
            *(
                "schwarz",
                "schwarze",
                "schwarzes",
                "weiss",
                "weisse",
                "weisses",
                "rot",
                "rote",
                "rotes",
                "blau",
                "blaue",
            ),
            *("grun", "grune", "gelb", "gelbe", "sohn", "vater", "mutter", "tochter", "frau", "bruder", "schwester"),
            *("meer", "ozean", "bucht", "golf", "wuste", "republik", "aquatorial", "papua", "vize", "pseudo", "ohne"),
        }
    ),
    plurals=(),
    respellings={"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"},
    confused="""
Iran | Irak
Slowenien | Slowakei
Niger | Nigeria
Österreich | Australien
Gambia | Sambia
Lettland | Litauen
Dominica | Dominikanische Republik
Mauritius | Mauretanien
Schweden | Schweiz
Uruguay | Paraguay
Bukarest | Budapest
Liberia | Libyen
Tunis | Tunesien
Algier | Algerien
Island | Irland
Guinea | Guyana
Graphit | Graphen
Absorption | Adsorption
Stalaktit | Stalagmit
Meteor | Meteorit
Astronomie | Astrologie
Mitose | Meiose
Magnesium | Mangan
Calcium | Cäsium
Cadmium | Calcium
Indium | Iridium
Thallium | Thulium | Thorium
Terbium | Erbium | Ytterbium | Yttrium
Rhenium | Rhodium | Ruthenium
Hafnium | Holmium
Radium | Radon
Fluor | Chlor
Proton | Photon
Platon | Pluto
Mars | Marx
Lenin | Lennon
Rhein | Rhone
Genua | Genf
Venedig | Wien
Bern | Berlin
Hund | Hand
Löwe | Möwe
Maus | Laus
Esel | Igel
Fuchs | Luchs
Rabe | Rebe
Geige | Feige
Bratsche | Brosche
Flöte | Flotte
Kirsche | Kirche
Birne | Biene
Pflaume | Flaum
Haydn | Händel
Strauß | Strawinsky
Chopin | Chaplin
Wüste | Küste
""",
)
