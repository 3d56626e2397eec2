"""English."""

from quiz.rules.judge.languages import Language, table

_TEENS = list(range(1, 20))
_TENS = list(range(20, 100, 10))

LANGUAGE = Language(
    values={
        "zero": 0,
        "nought": 0,
        **table(
            "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
            "seventeen|eighteen|nineteen",
            _TEENS,
        ),
        **table("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", _TENS),
    },
    scales=table("thousand thousands|million millions|billion billions", [10**3, 10**6, 10**9]),
    hundreds=frozenset({"hundred"}),
    joints=frozenset({"and"}),
    minus=frozenset({"minus", "negative"}),
    ordinals={
        **table(
            "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
            "fifteenth|sixteenth|seventeenth|eighteenth|nineteenth",
            _TEENS,
        ),
        **table("twentieth|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth", _TENS),
    },
    ordinal_endings=frozenset({"st", "nd", "rd", "th"}),
    articles=frozenset({"the", "a", "an"}),
    small_words=frozenset({"of", "in", "on", "and", "at", "for", "to"}),
    abbreviations={
        "dr": "doctor",
        "st": "saint",
        "mr": "mister",
        "mrs": "missus",
        "jr": "junior",
        "sr": "senior",
        "no": "number",
        "mt": "mount",
        "ft": "fort",
        "vs": "versus",
        "prof": "professor",
        "capt": "captain",
        "gen": "general",
        "rep": "republic",
        "univ": "university",
    },
    kinds=frozenset({"river", "lake", "city", "mount", "island", "planet", "king", "queen", "saint"}),
    contrasts=frozenset(
        {
            *("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "new", "old"),
            *(
                "great",
                "greater",
                "little",
                "big",
                "small",
                "upper",
                "lower",
                "inner",
                "outer",
                "middle",
                "high",
                "low",
            ),
            *("anti", "non", "not", "no", "un", "half", "semi", "mini", "super", "ultra", "pre", "post", "pro", "ex"),
            *("black", "white", "red", "blue", "green", "yellow", "grey", "gray", "brown", "pink", "orange", "purple"),
            *("or", "and", "but", "jr", "junior", "senior", "sr", "son", "father", "mother", "daughter", "wife"),
            *("papua", "equatorial", "brother", "sister", "baby", "king", "queen", "prince", "princess"),
            *("sea", "ocean", "bay", "gulf", "strait", "desert", "river", "mountains", "islands", "republic", "street"),
            *("hilton", "sans", "without", "never", "fake", "pseudo", "neo", "vice", "sub", "inter", "trans"),
        }
    ),
    plurals=("es", "s"),
    confused="""
Iran | Iraq
Manet | Monet
bear | boar
graphite | graphene
absorption | adsorption
Slovenia | Slovakia
Niger | Nigeria
Austria | Australia
Mali | Malawi
Gambia | Zambia
Latvia | Lithuania
Dominica | Dominican Republic
Mauritius | Mauritania
Sweden | Switzerland
Guinea | Guyana | French Guiana
Uruguay | Paraguay
Bucharest | Budapest
Georgia | Jordan
Liberia | Libya
Tunis | Tunisia
Algeria | Algiers
Kuwait | Kuwait City
Mexico | Mexico City
Panama | Panama City
Crater | Carter
stalactite | stalagmite
meteorology | metrology
astronomy | astrology
mitosis | meiosis
alligator | crocodile
dolphin | porpoise
llama | alpaca
hare | hair
rabbit | hare
frog | toad
moth | mouth
whale | wheel
mule | mole
mouse | moose
goose | moose
horse | house
crow | cow
rat | bat | cat
bee | beet | beer
deer | beer
turtle | tortoise
leopard | jaguar
artery | artillery
ulna | uvula
radius | radium
radium | radon
fluorine | chlorine
magnesium | manganese
calcium | caesium
cadmium | calcium
indium | iridium
thallium | thulium
thorium | thulium
terbium | erbium | ytterbium | yttrium
rhenium | rhodium | ruthenium
hafnium | holmium
silicon | silicone
tin | titanium
arsenic | argon
proton | photon
nucleus | nucleolus
ion | iron
isotope | isotone
fission | fusion
convex | concave
latitude | longitude
Plato | Pluto
Haydn | Handel
Strauss | Stravinsky
Chopin | Chaplin
Lennon | Lenin
Marx | Mars
Ares | Aries
Hera | Hero | Vera
Minotaur | Minaret
Cyclops | Cyclone
hockey | jockey
cricket | croquet
soccer | saucer
karate | karaoke
judo | ludo
chess | cheese
lute | flute
viola | violin
cello | cell
oboe | hobo
trombone | trumpet
piano | pianola
baguette | bagel
mousse | moose
desert | dessert
grape | grapefruit
lime | lemon
melon | lemon
peach | peace
pear | pea
leek | leak
carrot | parrot
turnip | tulip
violet | violin
sepal | petal
stamen | stigma
ocean | oceania
Iceland | Ireland
Island | Iceland
Cologne | Colon
Lisbon | Lesbos
Malta | Malaga
Genoa | Geneva
Venice | Vienna
Naples | Nantes
Dublin | Lublin
Delhi | Deli
Lagos | Laos
Dakar | Dhaka
Kingston | Kingstown
Santiago | San Diego
San Juan | San Jose
Bern | Berlin
Oslo | Osaka
Sahara | Sahel
Tigris | Tiger
Rhine | Rhone
Seine | Siena
Thames | Times
""",
)
