"""Passwords that somebody who knows the site and the user would guess."""

import time
from contextlib import suppress

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from zxcvbn_rs_py import zxcvbn

from accounts import passwords
from accounts.limits import PASSWORD_LOOKED_AT
from accounts.models import User
from accounts.passwords import words_of

OWN = "It is made of your own name or address."
HERE = "It is made of words that everybody thinks of here."
COMMON = "It is one of the most used passwords, or close to one."


def bogdan() -> User:
    return User(name="bogdan", email="b.petrenko@mail.example")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("gamehub2024", HERE),
        ("Gamehub123!", HERE),
        ("quizquiz1", HERE),
        ("игрок12345", HERE),
        ("bogdanbogdan1", OWN),
        ("summer2024", COMMON),
        ("P@ssw0rd99", COMMON),
        ("пароль2024", COMMON),
        ("zxcvbnm,./", "It is a row of keys or a short pattern of them."),
        ("abcdefgh12", "It is a sequence such as abc or 6543."),
        ("xyxyxyxyxy", "It repeats the same characters."),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "It repeats the same characters."),
        ("13.06.1988", "It is a date or a year."),
    ],
)
def test_guessable_password_is_refused_with_its_reason(password, reason):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, bogdan())
    expected = f"This password is easy to guess. {reason} Three or four unrelated words are better."
    assert refused.value.messages == [expected]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse 42",
        "kf8w2mqz",
        "кит ест лодку",
        "a long one, please",
        "Tr0ub4dor&3",
        "x7Kp2mQv",
        "vK-9_mQx2LtR4wZe",
    ],
)
def test_password_that_stands_is_taken(password):
    validate_password(password, bogdan())


def test_words_of_a_user_are_whole_and_in_parts():
    assert words_of(bogdan()) == ["b.petrenko@mail.example", "bogdan", "example", "mail", "petrenko"]
    assert words_of(None) == []


def test_simple_rules_speak_alone():
    with pytest.raises(ValidationError) as refused:
        validate_password("12345678", bogdan())
    assert refused.value.messages == ["This password is too common.", "This password is entirely numeric."]


@pytest.mark.parametrize("worst", ["4@8({<[3961!|10$57+%2xz", "4@8({[3961!|10$57+%2", "a", "1.1.1990", "p@$$w0rd"])
def test_longest_password_of_the_worst_kind_takes_little_time(worst, monkeypatch):
    """Whole, 128 of them take seconds in Rust and minutes in Python: a part is looked at."""
    looked_at = []

    def look(password, words):
        looked_at.append(password)
        return zxcvbn(password, words)

    monkeypatch.setattr(passwords, "zxcvbn", look)
    began = time.process_time()
    with suppress(ValidationError):
        validate_password((worst * 128)[:128], bogdan())
    assert (time.process_time() - began < 2, [len(part) for part in looked_at]) == (True, [PASSWORD_LOOKED_AT])


def test_message_is_in_the_language_of_the_request(db):
    from rest_framework.test import APIClient

    body = {"name": "bogdan", "email": "b@example.org", "password": "gamehub2024"}
    said = APIClient().post("/api/v1/registration", body, headers={"Accept-Language": "uk"}).json()
    assert said["errors"]["password"] == [
        "Цей пароль легко вгадати. Він складений зі слів, які тут спадають на думку кожному. "
        "Краще три-чотири не пов’язані слова."
    ]
