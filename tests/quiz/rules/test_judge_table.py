"""What is right and what is wrong, row by row: (accepted answers, try, right)."""

import pytest

from quiz.rules.judge.accepted import accept, find_rivals, is_right

RIGHT: list[tuple[str, str]] = [
    # case, width, spaces, punctuation
    ("Paris", "Paris"),
    ("Paris", "paris"),
    ("Paris", "PARIS"),
    ("Paris", "  paris  "),
    ("Paris", "paris."),
    ("Paris", "«Paris»"),
    ("Paris", "Ｐａｒｉｓ"),
    ("Paris", "Pa\u200bris"),
    ("Paris", "pa\u00adris"),
    ("Paris", "paris!!!"),
    ("New York", "new   york"),
    ("New York", "New\u00a0York"),
    ("New York", "newyork"),
    ("New York", "new-york"),
    ("ping-pong", "ping pong"),
    ("ping-pong", "pingpong"),
    ("ice cream", "Icecream"),
    ("Guinea-Bissau", "guinea bissau"),
    ("L'Aquila", "laquila"),
    ("L'Aquila", "L’Aquila"),
    ("Côte d'Ivoire", "Cote d’Ivoire"),
    ("Simon & Garfunkel", "simon and garfunkel"),
    ("St. John's", "st johns"),
    ("AC/DC", "acdc"),
    ("U.S.A.", "usa"),
    ("Ａ", "a"),
    # articles
    ("The Beatles", "beatles"),
    ("Beatles", "the Beatles"),
    ("Eiffel Tower", "the eiffel tower"),
    ("an apple", "apple"),
    ("apple", "an apple"),
    ("dog", "a dog"),
    ("The Lord of the Rings", "lord of rings"),
    ("Alexander the Great", "Alexander Great"),
    ("The The", "the the"),
    ("A", "a"),
    ("Vitamin A", "vitamin a"),
    ("The 100", "100"),
    # diacritics and letters of the neighbours
    ("São Paulo", "sao paulo"),
    ("São Paulo", "Sa\u0303o Paulo"),
    ("Zürich", "Zurich"),
    ("Malmö", "malmo"),
    ("Ærø", "aero"),
    ("Łódź", "Lodz"),
    ("Straße", "strasse"),
    ("Straße", "STRASSE"),
    ("Đà Nẵng", "da nang"),
    ("Reykjavík", "reykjavik"),
    ("İstanbul", "istanbul"),
    ("naïve", "naive"),
    ("Ελλάδα", "ΕΛΛΑΔΑ"),
    # Russian
    ("Ёлка", "елка"),
    ("Елка", "ёлка"),
    ("Орёл", "орел"),
    ("Париж", "париж"),
    ("Париж", "ПАРИЖ"),
    ("Париж", "Parizh"),
    ("Москва", "moskva"),
    ("Харьков", "Kharkov"),
    ("Санкт-Петербург", "санкт петербург"),
    ("Санкт-Петербург", "Санкт-Питербург"),
    ("Нью-Йорк", "нью йорк"),
    ("Йод", "йод"),
    ("Австралия", "австрлия"),
    ("Австралия", "Авcтралия"),  # a Latin c
    ("Мёртвое море", "мертвое море"),
    ("Война и мир", "война и мир."),
    ("Объём", "объем"),
    ("Объём", "обьем"),
    # Ukrainian
    ("Київ", "київ"),
    ("Київ", "Киiв"),  # a Latin i, no ї at hand
    ("Київ", "КИЇВ"),
    ("Львів", "львiв"),
    ("Їжак", "їжак"),
    ("Їжак", "іжак"),
    ("Єгипет", "египет"),
    ("Європа", "Европа"),
    ("Ґрунт", "грунт"),
    ("комп'ютер", "комп’ютер"),
    ("комп'ютер", "компʼютер"),
    ("комп'ютер", "компютер"),
    ("Запоріжжя", "запорiжжя"),
    ("Чернігів", "Chernihiv"),
    ("Дніпро", "Dnipro"),
    ("Київ", "Kyiv"),
    ("п'ять", "5"),
    # numbers
    ("21", "21"),
    ("21", "twenty-one"),
    ("21", "Twenty One"),
    ("21", "двадцать один"),
    ("21", "двадцять один"),
    ("twenty-one", "21"),
    ("двадцать один", "twenty one"),
    ("0", "zero"),
    ("0", "ноль"),
    ("0", "нуль"),
    ("0", "-0"),
    ("7", "007"),
    ("7", "сім"),
    ("7", "сiм"),
    ("9", "дев'ять"),
    ("9", "дев’ять"),
    ("11", "одинадцять"),
    ("11", "одиннадцать"),
    ("40", "сорок"),
    ("90", "дев'яносто"),
    ("100", "a hundred"),
    ("100", "one hundred"),
    ("100", "сто"),
    ("101", "one hundred and one"),
    ("101", "сто один"),
    ("200", "двести"),
    ("200", "двісті"),
    ("345", "триста сорок пять"),
    ("345", "three hundred forty-five"),
    ("999", "дев'ятсот дев'яносто дев'ять"),
    ("1000", "1,000"),
    ("1000", "1 000"),
    ("1000", "1\u00a0000"),
    ("1000", "1'000"),
    ("1000", "thousand"),
    ("1000", "a thousand"),
    ("1000", "тысяча"),
    ("1000", "тисяча"),
    ("1,000", "1000"),
    ("1500", "one thousand five hundred"),
    ("1500", "fifteen hundred"),
    ("1905", "nineteen hundred and five"),
    ("1984", "тысяча девятьсот восемьдесят четыре"),
    ("2001", "two thousand and one"),
    ("12345", "двенадцать тысяч триста сорок пять"),
    ("12345", "дванадцять тисяч триста сорок п'ять"),
    ("300000", "300 thousand"),
    ("300000", "триста тысяч"),
    ("1000000", "1,000,000"),
    ("1000000", "1 000 000"),
    ("1000000", "1.000.000"),
    ("1000000", "one million"),
    ("1000000", "миллион"),
    ("1000000", "мільйон"),
    ("2000000", "два миллиона"),
    ("5000000", "5 мільйонів"),
    ("1500000", "1.5 million"),
    ("1.5", "1,5"),
    ("1.5", "1.50"),
    ("0.5", "0,5"),
    ("-5", "minus five"),
    ("-5", "−5"),
    ("-5", "negative 5"),
    ("-5", "минус пять"),
    ("-5", "мінус п'ять"),
    ("-40", "минус сорок"),
    ("5", "+5"),
    ("5", "٥"),
    ("5", "$5"),
    ("50", "50%"),
    ("H2O", "H₂O"),
    ("H2O", "h2o"),
    ("CO2", "co₂"),
    ("Boeing 747", "boeing747"),
    ("Boeing 747", "boeng 747"),
    ("Apollo 11", "Apollo eleven"),
    ("Apollo 11", "Apollo-11"),
    ("World War 2", "World War Two"),
    ("Seven Samurai", "7 samurai"),
    ("Catch-22", "catch 22"),
    ("Двенадцать стульев", "12 стульев"),
    ("3:10 to Yuma", "3 10 to Yuma"),
    ("World War II", "world war ii"),
    # typos by length
    ("Rome", "Roma"),
    ("Rome", "Rmoe"),
    ("Paris", "Pari"),
    ("Paris", "Parsi"),
    ("Paris", "Parris"),
    ("Berlin", "berlim"),
    ("Canberra", "Camberra"),
    ("Canberra", "Canbera"),
    ("Kyrgyzstan", "Kirgizstan"),
    ("Reykjavik", "Rekyavik"),
    ("Antananarivo", "antananrivo"),
    ("Antananarivo", "Antanarivo"),
    ("Rio de Janeiro", "rio de janiero"),
    ("Buenos Aires", "buenas aires"),
    ("Buenos Aires", "Buenos Airs"),
    ("Saudi Arabia", "Saudy Arabia"),
    ("North Korea", "nort korea"),
    ("Азербайджан", "азербаджан"),
    ("Азербайджан", "Азирбайджан"),
    ("Великобританія", "великобританя"),
    ("Хмельницький", "хмельницкий"),
    ("Los Angeles", "losangelas"),
    # programming languages keep their signs
    ("C++", "c++"),
    ("C#", "c#"),
    # what has no letters at all
    ("🇫🇷", "🇫🇷"),
    ("?", " ? "),
]

WRONG: list[tuple[str, str]] = [
    ("Paris", "London"),
    ("Paris", ""),
    ("Paris", "   "),
    ("Paris", "?!"),
    ("Paris", "Paris France"),
    ("Paris", "Prs"),
    ("Paris", "Pxrxs"),
    ("Paris", "Partisan"),
    ("Paris", "I think it is Paris"),
    ("Paris", "P"),
    ("Париж", "Пиж"),
    ("Париж", "Parish"),  # no typo on top of Latin letters
    ("Кот", "kot"),  # too short to be taken for Latin letters
    ("кит", "кіт"),
    ("Май", "Маи"),
    ("Йод", "Иод"),
    # short answers must be right
    ("Au", "Ag"),
    ("Au", "Aus"),
    ("Cat", "Car"),
    ("Cat", "Cats"),
    ("Cat", "Ca"),
    ("Кот", "Код"),
    ("сон", "сын"),
    ("Nile", "Nil"),
    ("Nil", "Nile"),
    ("Oslo", "Osaka"),
    ("A", "B"),
    ("A", "the"),
    ("A4", "4"),
    ("A4", "A5"),
    ("Vitamin A", "Vitamin"),
    ("Vitamin A", "Vitamin B"),
    ("C++", "C"),
    ("C", "C#"),
    ("C#", "C++"),
    # two edits where one is allowed, three where two are
    ("Rome", "Rmea"),
    ("Berlin", "Barlim"),
    ("Canberra", "Kamberro"),
    ("Austria", "Australia"),
    ("Niger", "Nigeria"),
    ("Indium", "Iridium"),
    ("Northern", "Southern"),
    # each word keeps to its own length
    ("North Korea", "South Korea"),
    ("South Korea", "North Korea"),
    ("South Korea", "northkorea"),
    ("East Germany", "West Germany"),
    ("North Dakota", "South Dakota"),
    ("San Jose", "San Juan"),
    ("Red Sea", "Dead Sea"),
    ("New York", "New Cork City"),
    ("World War I", "World War II"),
    ("World War II", "World War I"),
    ("World War II", "worldwar i"),
    ("Louis XIII", "Louis XVIII"),
    ("Louis XVIII", "Louis XVII"),
    ("Henry V", "Henry VI"),
    ("Henry VIII", "Henry VII"),
    ("Північна Корея", "Південна Корея"),
    ("Северная Корея", "Южная Корея"),
    ("Западная Африка", "Восточная Африка"),
    # numbers are right or wrong
    ("21", "22"),
    ("21", "12"),
    ("21", "211"),
    ("21", "2 1"),
    ("21", "twenty"),
    ("21", "twenty-two"),
    ("21", "-21"),
    ("-21", "21"),
    ("-5", "5"),
    ("5", "minus five"),
    ("1000", "100"),
    ("1000", "10000"),
    ("1000", "1,00"),
    ("1000", "1.000"),
    ("1,000", "1.5"),
    ("1,000", "1"),
    ("1.5", "15"),
    ("1.5", "1.05"),
    ("1.5", "1500"),
    ("105", "100 5"),
    ("102", "10²"),
    ("70", "seventeen"),
    ("17", "seventy"),
    ("70", "sevnty"),
    ("60", "sixteen"),
    ("5", "nine"),
    ("8", "семь"),
    ("7", "восемь"),
    ("7", "вісім"),
    ("12", "двадцать"),
    ("20", "двенадцать"),
    ("100", "сто один"),
    ("7", "two five"),
    ("1000000", "миллиард"),
    ("5000", "two thousand three thousand"),
    ("1984", "1948"),
    ("1984", "1894"),
    ("123456789", "123456788"),
    ("Boeing 747", "Boeing 737"),
    ("Boeing 747", "Boeing 74"),
    ("Boeing 747", "Boeing"),
    ("Boeing 747", "747"),
    ("Apollo 11", "Apollo 13"),
    ("Apollo 11", "Apollo twelve"),
    ("Apollo 11", "Apollo 1"),
    ("Windows 95", "Windows 98"),
    ("H2O", "H2"),
    ("H2O", "HO2"),
    ("Seven Samurai", "Eight Samurai"),
    ("Twenty-one pilots", "Twenty-two pilots"),
    ("21 pilots", "pilots"),
    ("3/4", "34"),
    ("1941-1945", "1941-1946"),
    ("5 km", "6 km"),
    # nothing matches nothing
    ("?", "!"),
    ("🇫🇷", "🇩🇪"),
    ("", ""),
    ("", "?"),
    ("Paris", "\u200b"),
    ("Paris", "a"),
]


@pytest.mark.parametrize(("answer", "text"), RIGHT)
def test_answer_right(answer: str, text: str):
    assert is_right(accept({"en": [answer]}), text) is True


@pytest.mark.parametrize(("answer", "text"), WRONG)
def test_answer_wrong(answer: str, text: str):
    assert is_right(accept({"en": [answer]}), text) is False


ALL_LANGUAGES = {"en": ["Germany", "Federal Republic of Germany"], "ru": ["Германия", "ФРГ"], "uk": ["Німеччина"]}


@pytest.mark.parametrize("text", ["germany", "Германия", "германя", "ФРГ", "німеччина", "Germaniya", "Nimechchina"])
def test_answer_right_in_any_language(text: str):
    assert is_right(accept(ALL_LANGUAGES), text) is True


@pytest.mark.parametrize("text", ["France", "ФРГГ", "frg", "Франція", "republic"])
def test_answer_wrong_in_every_language(text: str):
    assert is_right(accept(ALL_LANGUAGES), text) is False


def test_answer_that_is_right_for_another_question_is_no_typo():
    gambia = {"en": ["Gambia", "The Gambia"], "ru": ["Гамбия"]}
    assert is_right(accept(gambia), "Zambia") is True
    assert is_right(accept(gambia, rivals=["Zambia"]), "Zambia") is False
    assert is_right(accept(gambia, rivals=["Zambia"]), "Gambia") is True
    assert is_right(accept(gambia, rivals=["Gambia"]), "gambia") is True


def test_latin_letters_that_spell_the_answer_of_another_are_wrong():
    lime = {"ru": ["Лима"]}
    assert is_right(accept(lime), "Lima") is True
    assert is_right(accept(lime, rivals=["Lima"]), "Lima") is False


def test_typo_belongs_to_the_nearer_of_two_questions():
    iran = accept({"en": ["Iran"]}, rivals=["Iraq"])
    assert [is_right(iran, text) for text in ("Irann", "Irna", "Irak", "Irqa", "Iraq")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_rivals_are_the_answers_of_others_that_would_pass_for_typos():
    gambia = {"en": ["Gambia", "The Gambia"], "ru": ["Гамбия"]}
    pool = ["Zambia", "Замбия", "Namibia", "gambia", "Zimbabwe", "Гамбия"]
    assert find_rivals(gambia, pool) == ["Zambia", "Замбия"]
