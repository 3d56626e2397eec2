"""What others can read."""

import pytest

from wsgateway.wire.text import fault_of_answer, has_something_to_see, marks_on_a_letter


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("plain", 0),
        ("й", 1),
        ("กี้", 2),  # Thai
        ("लड़कों", 1),  # Hindi: the vowel sign between has a width of its own
        ("Nguyễn", 2),
        ("שּׁ\u05b8", 3),  # shin, its dot, dagesh, qamats
        ("ကြို့", 3),  # Burmese
        ("❤\ufe0f", 1),
        ("z" + "\u0301" * 30, 30),
        ("z" + "\u0301\u200d" * 4, 4),  # joiners between
        ("z" + "\u0301\u034f" * 2, 4),
        ("z" + "\u0e34" * 4, 4),  # combining class 0
        ("z" + "\u0489" * 4, 4),
    ],
)
def test_marks_on_a_letter(text, marks):
    assert marks_on_a_letter(text) == marks


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u3164", "\u2800\u2800", "\u200b", "\u034f", "\u115f\u1160", "\uffa0", "\u0301", "\ufe0f", "\U000e0100",
     "\U0001d159", "\u00ad", "\u2028", "\u3164 \u0301"],
)  # fmt: skip
def test_text_that_shows_nothing(text):
    assert not has_something_to_see(text)


@pytest.mark.parametrize("text", ["x", "!", "🦊", "❤\ufe0f", "שָׁלוֹם", "\u3164x"])
def test_text_that_shows_something(text):
    assert has_something_to_see(text)


@pytest.mark.parametrize(
    "answer", ["Paris", "น้ำผึ้ง", "हिन्दी", "Việt Nam", "שּׁ\u05b8לוֹם", "\u200fשלום", "❤\ufe0f", "½", "٣"]
)
def test_answer_that_is_taken(answer):
    assert fault_of_answer(answer) == ""


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("a\0b", "answer: a NUL character"),
        ("é\0", "answer: a NUL character"),
        ("\u202eabc", "answer: characters that change the direction of writing"),
        ("a\u2066b\u2069", "answer: characters that change the direction of writing"),
        ("z" + "\u0301" * 4, "answer: at most 3 marks on a letter"),
        ("\u3164", "answer: nothing in it can be seen"),
        ("\u2800 \u200b", "answer: nothing in it can be seen"),
    ],
)
def test_answer_that_is_refused(answer, fault):
    assert fault_of_answer(answer) == fault
