"""A sample of what the packs say, compared with what is so."""

from __future__ import annotations

import pytest

from .test_build import packs

# category | language | question | all accepted answers, the one to show first
TRUTHS = """
capitals|en|What is the capital of France?|Paris
capitals|ru|Как называется столица государства Франция?|Париж
capitals|uk|Як називається столиця держави Франція?|Париж
capitals|en|What is the capital of Australia?|Canberra
capitals|en|What is the capital of the United States?|Washington, D.C.;Washington
capitals|en|What is the capital of Kazakhstan?|Astana
capitals|ru|Как называется столица государства Казахстан?|Астана
capitals|en|What is the capital of South Africa?|Pretoria;Cape Town;Bloemfontein
capitals|en|What is the capital of Bolivia?|Sucre;La Paz
capitals|en|What is the capital of Burundi?|Gitega;Bujumbura
capitals|en|What is the capital of Myanmar?|Naypyidaw;Nay Pyi Taw
capitals|uk|Як називається столиця держави Україна?|Київ
capitals|ru|Как называется столица государства ЮАР?|Претория;Кейптаун;Блумфонтейн
capitals|en|What is the capital of Turkey?|Ankara
capitals|en|What is the capital of Algeria?|Algiers
capitals|ru|Как называется столица государства Новая Зеландия?|Веллингтон
capitals|en|What is the capital of Ivory Coast?|Yamoussoukro
capitals|en|What is the capital of Tanzania?|Dodoma
countries|en|Of which country is Ottawa the capital?|Canada
countries|ru|Столицей какой страны является город Рейкьявик?|Исландия
countries|uk|Столицею якої країни є місто Відень?|Австрія
countries|en|Of which country is Naypyidaw the capital?|Myanmar;Burma
countries|en|Of which country is Prague the capital?|Czechia;Czech Republic
cities|en|In which country is the city of Istanbul?|Turkey;Türkiye
cities|ru|В какой стране находится город Рио-де-Жанейро?|Бразилия
cities|uk|У якій країні розташоване місто Краків?|Польща
cities|en|In which country is the city of Toronto?|Canada
currencies|en|What is the currency of Japan?|Japanese Yen;Yen
currencies|ru|Какова официальная валюта государства Япония?|Японская иена;Иена;Йена
currencies|uk|Яка офіційна валюта держави Україна?|Українська гривня;Гривня
currencies|en|What is the currency of Bulgaria?|Euro
currencies|en|What is the currency of Croatia?|Euro
currencies|en|What is the currency of Haiti?|Haitian Gourde;Gourde
currencies|en|What is the currency of Poland?|Polish Zloty;Zloty
currencies|en|Which currency has the code AUD?|Australian Dollar
currencies|en|Which currency has the code INR?|Indian Rupee
currencies|ru|Какая валюта обозначается кодом CZK?|Чешская крона
currencies|en|Which currency has the code CZK?|Czech Koruna;Koruna
currencies|en|What is the currency of Ecuador?|US Dollar;Dollar;American dollar;United States dollar
dialling_codes|en|Which country do you call by the dialling code +33?|France
dialling_codes|en|What is the international dialling code of Ukraine?|380;+380
dialling_codes|ru|Телефонный код какой страны — +81?|Япония
internet_domains|en|Which country’s internet domain is .de?|Germany
internet_domains|uk|Якій країні належить інтернет-домен .ch?|Швейцарія
internet_domains|en|Which country’s internet domain is .za?|South Africa;RSA
elements|en|Which chemical element has the symbol Fe?|Iron
elements|ru|Какой химический элемент обозначается символом Fe?|Железо
elements|uk|Який хімічний елемент позначають символом Fe?|Залізо;Ферум
elements|en|Which chemical element has the symbol W?|Tungsten;Wolfram
elements|en|What is the chemical symbol of potassium?|K
elements|ru|Каким символом обозначается химический элемент ртуть?|Hg
elements|en|What is the atomic number of gold?|79
elements|uk|Який хімічний елемент має атомний номер 1?|Водень;Гідроген
elements|en|Which chemical element has the atomic number 118?|Oganesson
elements|en|Which chemical element has the symbol Al?|Aluminium;Aluminum
flags|en|Which country does this flag belong to? 🇯🇵|Japan
flags|uk|Якій країні належить цей прапор? 🇺🇦|Україна
languages|en|Speakers of which language call it “suomi”?|Finnish
languages|ru|Какой язык называют «Deutsch» те, кто на нём говорит?|Немецкий;Немецкий язык
languages|uk|Яку мову називають «magyar» ті, хто нею говорить?|Угорська;Угорська мова
languages|en|Speakers of which language call it “ქართული”?|Georgian
languages|en|What is the official language of Brazil?|Portuguese
languages|en|What is the official language of Austria?|German
languages|en|What is the official language of Iran?|Persian;Farsi
calendar|en|Which day of the week is “Mittwoch” in German?|Wednesday
calendar|ru|«domingo» (испанский язык): какой это день недели?|Воскресенье
calendar|en|Which month is “listopad” in Polish?|November
calendar|en|Which month is “listopad” in Croatian?|October
calendar|uk|«tammikuu» (фінська мова): який це місяць?|Січень
calendar|en|Which month is “жовтень” in Ukrainian?|October
neighbours|en|Its only land neighbour is Spain. Which country is it?|Portugal
neighbours|en|Its land neighbours: Bangladesh, China, India, Laos, Thailand. Which country is it?|Myanmar;Burma
neighbours|en|Its only land neighbour is the United Kingdom. Which country is it?|Ireland;Republic of Ireland
neighbours|ru|Сухопутные соседи этой страны: Китай, Россия. Какая это страна?|Монголия
neighbours|en|Its land neighbours: Iraq, Saudi Arabia. Which country is it?|Kuwait
neighbours|en|Its land neighbours: China, India. Which country is it?|-
measures|en|How many metres are there in an international nautical mile?|1852
measures|en|Which SI prefix means 10⁹?|Giga
measures|ru|Какая приставка СИ означает 10⁻⁹?|Нано
measures|en|What is the SI unit of this quantity: force?|Newton
measures|uk|Скільки хребців у шиї жирафа?|7
alphabets|en|What is this Greek letter called: ω?|Omega
alphabets|ru|Какая по счёту буква Я в русском алфавите?|33
alphabets|uk|Яка за рахунком літера Я в українському алфавіті?|33
alphabets|en|Which word stands for the letter J in the NATO phonetic alphabet?|Juliett;Juliet
arithmetic|en|How much is 7 × 8?|56
arithmetic|en|How much is 2¹⁰?|1024
arithmetic|ru|Сколько будет 25% от 80?|20
arithmetic|en|What is the square root of 625?|25
roman_numerals|en|Which number is the Roman numeral IV?|4
roman_numerals|en|Write 1944 in Roman numerals (Latin letters).|MCMXLIV
us_states|en|What is the capital of the US state of California?|Sacramento
us_states|en|Of which US state is Juneau the capital?|Alaska
us_states|uk|Як називається столиця американського штату Техас?|Остін
"""
FACTS = [tuple(line.split("|")) for line in TRUTHS.strip().splitlines()]


@pytest.mark.parametrize(("slug", "language", "asked", "answers"), FACTS)
def test_pack_says_what_is_so(slug: str, language: str, asked: str, answers: str) -> None:
    """A dash: the question has more than one answer (Nepal, Bhutan) and must not be asked."""
    found = [question.answers[language] for question in packs()[slug].questions if question.q.get(language) == asked]
    assert found == ([] if answers == "-" else [answers.split(";")])


def test_countries_and_capitals_that_cannot_be_asked_are_not() -> None:
    asked = {question.q.get("en") for slug in ("capitals", "countries") for question in packs()[slug].questions}
    left_out = ["Israel", "Nauru", "Vatican City", "Equatorial Guinea", "Luxembourg", "Singapore", "Kosovo", "Taiwan"]
    assert [name for name in left_out if f"What is the capital of {name}?" in asked] == []


def test_arithmetic_is_right_wherever_python_can_tell() -> None:
    """Every sum, product and quotient of the pack, computed again from its text."""
    wrong, told = [], 0
    for question in packs()["arithmetic"].questions:
        text = question.q["en"].removeprefix("How much is ").removesuffix("?")
        if not text.strip("0123456789 +−×÷"):
            told += 1
            computed = eval(text.replace("−", "-").replace("×", "*").replace("÷", "//"))
            if [str(computed)] != question.answers["en"]:
                wrong.append(text)
    assert (wrong, told > 250) == ([], True)


def test_elements_are_asked_four_ways_each() -> None:
    assert len(packs()["elements"].questions) == 4 * 118
