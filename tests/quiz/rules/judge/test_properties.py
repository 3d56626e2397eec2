"""What holds for every text, whatever somebody types."""

import string
import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from quiz.rules.judge.accepted import accept, is_right
from quiz.rules.judge.folding import fold
from quiz.rules.judge.normal import normalise
from quiz.rules.judge.numbers import is_number
from quiz.rules.judge.typos import allowed_edits, is_typo_of, shape_of


def words(text: str) -> list[str]:
    return text.split()


CYRILLIC = "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя"
WORD = st.text(string.ascii_lowercase, min_size=1, max_size=14) | st.text(CYRILLIC, min_size=1, max_size=14)
NUMBER_WORD = st.sampled_from(
    words(
        "zero one two five eleven twenty ninety hundred thousand million and minus пять п'ять сорок сто двести "
        "тысяч мільйон минус the a an 5 100 1,000 1.5 -7 - / ² 000 007 ii"
    )
)
PHRASE = st.lists(NUMBER_WORD | WORD, min_size=1, max_size=7).map(" ".join)
ANY_TEXT = st.text(max_size=60) | PHRASE | st.lists(st.text(max_size=8) | NUMBER_WORD, max_size=6).map("".join)
PUNCTUATION = st.text('.,!?:;"()«»… ', max_size=4)
MARKS = "\u0300\u0301\u0302\u0308\u0327"


@given(ANY_TEXT)
@example("twenty 100")
@example("minus minus 5")
@example("minus minus 0")
@example("ᄀ\u200dᅡ")
@example("1\u0301,000")
def test_normalise_twice_is_the_same_as_once(text: str):
    assert normalise(normalise(text)) == normalise(text)


@given(ANY_TEXT)
def test_fold_twice_is_the_same_as_once(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text(string.printable + CYRILLIC + CYRILLIC.upper() + "«»–—’ЀЍЃЌЎѐѝѓќў", max_size=40))
def test_short_way_of_folding_is_the_long_one(text: str):
    long_way = fold(text + "\N{ZERO WIDTH SPACE}")
    assert fold(text) == long_way


@given(st.text(), st.lists(st.text(), max_size=3))
@example("\N{ETHIOPIC DIGIT ONE}", [])
@example("\ud800", ["\ud800"])
def test_judge_never_raises(text: str, answers: list[str]):
    assert is_right(accept({"en": answers}), text) in (True, False)


@given(ANY_TEXT)
def test_every_answer_is_right_for_itself_unless_empty(text: str):
    assert is_right(accept({"en": [text]}), text) is bool(shape_of(text).key)


@given(WORD, PUNCTUATION, PUNCTUATION)
def test_case_and_punctuation_make_no_difference(word: str, before: str, after: str):
    assert normalise(before + word.upper() + after) == normalise(word)


@given(st.text(string.ascii_lowercase, min_size=1, max_size=12), st.data())
def test_diacritics_make_no_difference(word: str, data: st.DataObject):
    marked = "".join(char + data.draw(st.sampled_from(["", *MARKS])) for char in word)
    assert normalise(unicodedata.normalize("NFC", marked)) == normalise(word)


NUMBER = st.integers(-(10**9), 10**9).map(str) | st.decimals(
    -1000, 1000, places=2, allow_nan=False, allow_infinity=False
).map(str)


@given(NUMBER, NUMBER, st.sampled_from(["{}", "Boeing {}", "{} kilometres", "Apollo {} mission"]))
def test_number_is_never_a_typo_of_another(one: str, two: str, frame: str):
    assume(float(one) != float(two))
    assert is_right(accept({"en": [frame.format(one)]}), frame.format(two)) is False


@given(st.integers(0, 10**9 - 1))
def test_number_in_words_is_the_number_in_digits(number: int):
    assert normalise(in_english(number)) == str(number)
    assert normalise(in_russian(number)) == str(number)
    assert normalise(f"{number:,}") == str(number)
    assert normalise(f"{number:,}".replace(",", " ")) == str(number)


@given(WORD.filter(lambda word: len(word) <= 3), WORD)
def test_up_to_three_letters_nothing_but_the_answer_is_right(short: str, other: str):
    assume(shape_of(short).key != shape_of(other).key)
    assert is_typo_of(shape_of(short), shape_of(other)) is False
    assert is_typo_of(shape_of(other), shape_of(short)) is False


@given(PHRASE, PHRASE)
def test_typo_is_the_same_both_ways(one: str, two: str):
    assert is_typo_of(shape_of(one), shape_of(two)) is is_typo_of(shape_of(two), shape_of(one))


@given(WORD, st.data())
def test_typo_within_the_bound_is_right(word: str, data: st.DataObject):
    """One letter replaced in a word of at least four letters, none of them at the beginning."""
    letters = normalise(word)
    assume(letters.isalpha() and len(letters) >= 4 and set(letters) - set("ivxlcdm"))
    place = data.draw(st.integers(1, len(letters) - 1))
    wrong = letters[:place] + "q" + letters[place + 1 :]
    assume(shape_of(wrong).letters == wrong and set(wrong) - set("ivxlcdm"))
    assert is_right(accept({"en": [word]}), wrong) is True


@given(st.integers(0, 300))
def test_allowed_edits_grow_with_length(letters: int):
    assert allowed_edits(letters) == (0 if letters <= 3 else 1 if letters <= 7 else 2)


@given(ANY_TEXT)
def test_shape_parts_make_up_the_text(text: str):
    shape = shape_of(text)
    assert all(is_number(number) for number in shape.numbers)
    assert not any(is_number(word) for word in shape.words)
    assert shape.letters == "".join(shape.words)


EN_UNITS = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
EN_TENS = words("- - twenty thirty forty fifty sixty seventy eighty ninety")


def in_english(number: int) -> str:
    if number < 20:
        return EN_UNITS[number]
    if number < 100:
        return EN_TENS[number // 10] + (f"-{EN_UNITS[number % 10]}" if number % 10 else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" and {in_english(number % size)}" if number % size else ""
            return f"{in_english(number // size)} {name}{rest}"
    raise AssertionError(number)


RU_UNITS = words(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
RU_TENS = words("- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
RU_HUNDREDS = words("- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")


def in_russian(number: int) -> str:
    """Without agreement of gender (один тысяча): the words are what counts here."""
    if number < 20:
        return RU_UNITS[number]
    for size, names in ((10**6, "миллионов"), (1000, "тысяч"), (100, RU_HUNDREDS), (10, RU_TENS)):
        if number >= size:
            first = names[number // size] if isinstance(names, list) else f"{in_russian(number // size)} {names}"
            return first + (f" {in_russian(number % size)}" if number % size else "")
    raise AssertionError(number)
