"""Names that look alike are one name; names that can't be seen are none."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.names import email_key, login_key, name_key, validate_name, validate_new_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bogdan", "BOGDAN"),
        ("bogdan", "bоgdan"),  # Cyrillic о
        ("bogdan", "bοgdan"),  # Greek ο
        ("bogdan", "bօgdan"),  # Armenian օ
        ("bogdan", "bᴏgdan"),  # small capital
        ("bogdan", "ｂｏｇｄａｎ"),
        ("bogdan", "𝐛𝐨𝐠𝐝𝐚𝐧"),
        ("bogdan", "b0gdan"),
        ("BOBA", "ВОВА"),  # Latin, Cyrillic
        ("вова", "BOBA"),
        ("Ivan", "lvan"),  # I, l
        ("Ivan", "1van"),
        ("Ivan", "Іvan"),  # Ukrainian І
        ("Roma", "Rоmа"),
        ("straße", "STRASSE"),
        ("José", "Jose\u0301"),
        ("ïda", "їda"),  # Ukrainian ї
        ("Ꭰan", "Dan"),  # Cherokee
        ("two words", "two\u00a0words"),
    ],
)
def test_name_key_of_look_alikes_is_one(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("bogdan", "bohdan"), ("ольга", "олега"), ("ёж", "еж"), ("Anna", "Anne"), ("user1", "user2"),
                       ("йод", "иод"), ("цена", "чена"), ("шум", "щум"), ("тир", "тыр")]
)  # fmt: skip
def test_name_key_of_different_names_differs(one, other):
    assert name_key(one) != name_key(other)


@given(st.text(max_size=40))
def test_name_key_is_idempotent(name):
    assert name_key(name_key(name)) == name_key(name)


@given(st.text(max_size=40))
def test_name_key_does_not_see_case(name):
    assert name_key(name) == name_key(name.casefold())


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=32))
def test_name_key_is_stable_under_upper_case_of_valid_names(name):
    try:
        validate_name(name)
    except ValidationError:
        return
    assert name_key(name.upper().lower()) == name_key(name.upper())


@given(st.text(max_size=40))
def test_email_key_is_idempotent_and_does_not_see_case(email):
    assert email_key(email_key(email)) == email_key(email) == email_key(email.casefold())


@given(st.text(max_size=60))
def test_login_key_is_idempotent(typed):
    assert login_key(login_key(typed)) == login_key(typed)


@pytest.mark.parametrize("name", [
    "Jo", "Богдан", "Ґанна", "O'Neil", "x_y-z 7", "名前", "José", "🦊 fox", "a" * 32,
    "น้ำผึ้ง", "हिन्दी लड़कों", "Nguyễn Thị Đậu", "שּׁ\u05b8לוֹם", "ကြို့", "مُحَمَّد",
    "J.R.R. Tolkien", "St. John", "v2.0", "1.5 litres", "Mr. Bean", "badminton", "Sergey Modern", "rooter", "Сергей",
])  # fmt: skip
def test_validate_new_name_takes(name):
    validate_new_name(name)


@pytest.mark.parametrize("name", [
    "admin", "ADMIN", "аdmіn", "Adm1n", "admin1", "0perator", "adrnin", "ádmin", "a d m i n", "AdminTeam", "Admin Bob",
    "support_team", "ѕupport", "Moderator", "operator", "Gamehub", "gаmеhub", "xXGamehubXx", "Game Hub", "GAMEHUB 24",
    "Администратор", "модератор", "Підтримка",
])  # fmt: skip
def test_validate_new_name_refuses_what_is_ours(name):
    with pytest.raises(ValidationError) as refused:
        validate_new_name(name)
    assert refused.value.code == "reserved"
    validate_name(name)  # operators are made with such names


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "length"),
        ("x", "length"),
        ("x" * 33, "length"),
        ("ﷺ" * 3, "length"),  # NFKC makes 18 characters of each
        (" ab", "spaces"),
        ("ab ", "spaces"),
        ("a  b", "spaces"),
        ("a\tb", "invisible"),
        ("a\nb", "invisible"),
        ("a\x00b", "invisible"),
        ("a\u200bb", "invisible"),  # zero-width space
        ("a\u200db", "invisible"),  # zero-width joiner
        ("a\u202eb", "invisible"),  # right-to-left override
        ("a\u2066b", "invisible"),  # isolate
        ("a\ufeffb", "invisible"),
        ("a\u00adb", "invisible"),  # soft hyphen
        ("a\u3164b", "invisible"),  # Hangul filler
        ("a\u034fb", "invisible"),
        ("a\ufe0fb", "invisible"),
        ("\u2800\u2800", "invisible"),  # blank braille
        ("\ue000\ue000", "invisible"),  # private use
        ("a@b.org", "at_sign"),
        ("a＠b", "at_sign"),
        ("example.com", "link"),
        ("win at Bit.ly", "link"),
        ("пример.рф", "link"),
        ("उदाहरण.भारत", "link"),
        ("a．com", "link"),
        ("a。com", "link"),
        ("xn--e1afmkfd.xn--p1ai", "link"),
        ("http://7", "link"),
        ("//host", "link"),
        ("www.x", "link"),
        ("tel:112", "link"),
        ("z\u0300\u0301\u0302\u0303a", "marks"),
        ("z\u0300\u0301\u0302\u0e34a", "marks"),  # marks of the combining class 0 count, too
        ("z\u0489\u0489\u0489\u0489a", "marks"),
        ("\u0488ab", "marks"),
        ("\u0301ab", "marks"),
        ("---", "letters"),
    ],
)
def test_validate_name_refuses(name, code):
    with pytest.raises(ValidationError) as refused:
        validate_name(name)
    assert refused.value.code == code
