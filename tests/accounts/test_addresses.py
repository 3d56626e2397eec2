"""Addresses: whose they are, the links that confirm them, and the mails about it."""

import re
import smtplib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import addresses, mail, services, tasks
from accounts.errors import BadLink, Taken, WrongPassword
from accounts.limits import EMAIL_LINK_S, EMAIL_TOLD_S
from accounts.models import User
from accounts.selectors import user_by_email
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW = "new@example.org"


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_BASE_URL = "https://play.example.org"


@pytest.fixture
def confirmed(user) -> User:
    """Bogdan, whose address is confirmed."""
    return confirm(user)


def confirm(user: User) -> User:
    addresses.confirm_email(token=addresses.link_token(user))
    user.refresh_from_db()
    return user


def ask(user: User, email: str = NEW) -> None:
    addresses.ask_for_email(user=user, email=email, password=PASSWORD)
    user.refresh_from_db()


def token_of(sent) -> str:
    link = re.findall(r"https?://\S+", sent.body)[0]
    assert link.startswith("https://play.example.org/confirm?")
    return parse_qs(urlsplit(link).query)["token"][0]


def addressed(user: User) -> tuple[str, str, bool]:
    user.refresh_from_db()
    return user.email, user.new_email, user.email_confirmed


def test_address_that_is_registered_is_confirmed_by_the_link_mailed_there(user, mailoutbox):
    tasks.send_confirmation(user.pk)
    (sent,) = mailoutbox
    assert (sent.to, sent.subject) == (["bogdan@example.org"], "Confirm your address at Gamehub")
    assert addressed(user) == ("bogdan@example.org", "", False)
    assert addresses.confirm_email(token=token_of(sent)) == (user, "")
    assert addressed(user) == ("bogdan@example.org", "", True)


def test_change_takes_effect_by_the_link_and_the_old_address_is_told_twice(confirmed, mailoutbox):
    ask(confirmed)
    tasks.send_confirmation(confirmed.pk)
    tasks.tell_of_asked_change(confirmed.pk)
    assert addressed(confirmed) == ("bogdan@example.org", NEW, True)
    _user, old = addresses.confirm_email(token=token_of(mailoutbox[0]))
    tasks.tell_of_change(confirmed.pk, old)
    assert addressed(confirmed) == (NEW, "", True)
    assert [(sent.to, sent.subject) for sent in mailoutbox] == [
        ([NEW], "Confirm your address at Gamehub"),
        (["bogdan@example.org"], "Your address at Gamehub is to change"),
        (["bogdan@example.org"], "Your address at Gamehub has changed"),
    ]
    assert all(NEW in sent.body for sent in mailoutbox[1:])
    assert user_by_email("bogdan@example.org") is None


def test_link_works_once(confirmed):
    ask(confirmed)
    token = addresses.link_token(confirmed)
    addresses.confirm_email(token=token)
    with pytest.raises(BadLink):
        addresses.confirm_email(token=token)


@pytest.mark.parametrize(("seconds", "works"), [(EMAIL_LINK_S - 60, True), (EMAIL_LINK_S + 60, False)])
def test_link_works_for_three_days(user, seconds, works):
    token = addresses.link_token(user)
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds)):
        if works:
            addresses.confirm_email(token=token)
        else:
            with pytest.raises(BadLink):
                addresses.confirm_email(token=token)
    assert addressed(user)[2] is works


def test_only_the_last_address_asked_for_counts(confirmed):
    ask(confirmed, "typo@example.org")
    first = addresses.link_token(confirmed)
    ask(confirmed, NEW)
    with pytest.raises(BadLink):
        addresses.confirm_email(token=first)
    assert addressed(confirmed) == ("bogdan@example.org", NEW, True)


def test_new_password_stops_a_change_that_waits(confirmed):
    ask(confirmed)
    token = addresses.link_token(confirmed)
    services.change_password(user=confirmed, old=PASSWORD, new="another horse 43")
    with pytest.raises(BadLink):
        addresses.confirm_email(token=token)


def test_asking_for_ones_own_address_takes_the_wish_back(confirmed):
    ask(confirmed)
    token = addresses.link_token(confirmed)
    ask(confirmed, "BOGDAN@example.org")
    with pytest.raises(BadLink):
        addresses.confirm_email(token=token)
    assert addressed(confirmed) == ("bogdan@example.org", "", True)


def test_own_address_not_yet_confirmed_gets_its_link_again(user, mailoutbox):
    ask(user, user.email)
    tasks.send_confirmation(user.pk)
    tasks.tell_of_asked_change(user.pk)
    assert [sent.to for sent in mailoutbox] == [["bogdan@example.org"]]
    addresses.confirm_email(token=token_of(mailoutbox[0]))
    assert addressed(user) == ("bogdan@example.org", "", True)


@pytest.mark.parametrize("token", ["", "x", "x:y:z", "WzEsIngiXQ:1:é", "é" * 100])
def test_link_that_never_was_one(user, token):
    with pytest.raises(BadLink):
        addresses.confirm_email(token=token)


def test_link_of_somebody_who_is_shut_off(user):
    token = addresses.link_token(user)
    User.objects.update(is_active=False)
    with pytest.raises(BadLink):
        addresses.confirm_email(token=token)


def test_wrong_password_changes_nothing(confirmed):
    with pytest.raises(WrongPassword):
        addresses.ask_for_email(user=confirmed, email=NEW, password="wrong")
    assert addressed(confirmed) == ("bogdan@example.org", "", True)


def test_password_that_changed_in_between_changes_nothing(confirmed):
    stale = User.objects.get(pk=confirmed.pk)
    services.change_password(user=confirmed, old=PASSWORD, new="another horse 43")
    with pytest.raises(WrongPassword):
        addresses.ask_for_email(user=stale, email=NEW, password=PASSWORD)
    assert addressed(confirmed) == ("bogdan@example.org", "", True)


def test_owner_is_told_and_nobody_else_gets_a_link(confirmed, mailoutbox):
    other = UserFactory(name="olga", email="BOGDAN@example.org", language="uk")
    tasks.send_confirmation(other.pk)
    (sent,) = mailoutbox
    assert (sent.to, sent.subject) == (["bogdan@example.org"], "Somebody gave your address at Gamehub")
    assert ("olga" in sent.body, "confirm" in sent.body) == (False, False)


def test_owner_is_told_once_a_day(confirmed, mailoutbox, valkey):
    for number in range(5):
        other = UserFactory(name=f"olga{number}", email=confirmed.email)
        tasks.send_confirmation(other.pk)
    assert len(mailoutbox) == 1
    (key,) = valkey.client().keys("*email_told*")
    assert EMAIL_TOLD_S - 60 < valkey.client().ttl(key) <= EMAIL_TOLD_S
    valkey.client().delete(key)
    tasks.send_confirmation(other.pk)
    assert len(mailoutbox) == 2


def test_mails_to_one_mailbox_are_few_and_nobody_is_refused(mailoutbox, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"mailbox": "2/hour"}}
    for number in range(5):
        tasks.send_confirmation(UserFactory(name=f"olga{number}", email="Stranger@example.org").pk)
    assert [sent.to for sent in mailoutbox] == [["Stranger@example.org"]] * 2
    tasks.send_confirmation(UserFactory().pk)
    assert len(mailoutbox) == 3


def test_owner_whose_mail_failed_is_told_at_the_next_try(confirmed, mailoutbox, monkeypatch):
    other = UserFactory(name="olga", email=confirmed.email)

    def fail(owner):
        raise smtplib.SMTPException("away")

    with monkeypatch.context() as patch:
        patch.setattr(mail, "tell_of_attempt", fail)
        with pytest.raises(smtplib.SMTPException):
            tasks._tell_owner(confirmed)
    tasks.send_confirmation(other.pk)
    assert len(mailoutbox) == 1


def test_two_who_wait_for_one_address_and_one_confirms(user):
    other = UserFactory(name="olga", email=user.email)
    tokens = [addresses.link_token(each) for each in (user, other)]
    addresses.confirm_email(token=tokens[1])
    with pytest.raises(Taken):
        addresses.confirm_email(token=tokens[0])
    assert (addressed(user)[2], addressed(other)[2]) == (False, True)


def test_database_itself_keeps_a_confirmed_address_to_one(confirmed):
    other = UserFactory(name="olga", email=confirmed.email)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=other.pk).update(email_confirmed_at=timezone.now())


def test_address_is_whose_confirmed_it_else_the_only_ones(user):
    assert user_by_email(user.email) == user
    other = UserFactory(name="olga", email=user.email)
    assert user_by_email(user.email) is None
    confirm(other)
    assert user_by_email(user.email) == other
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert user_by_email(user.email) is None


def test_lookup_by_address_is_one_query_whoever_has_it(user, django_assert_num_queries):
    UserFactory(name="olga", email="two@example.org")
    UserFactory(name="gleb", email="two@example.org")
    for email in ("nobody@example.org", "two@example.org", user.email):
        with django_assert_num_queries(1):
            user_by_email(email)


def test_old_address_that_is_not_known_to_be_ones_own_is_not_told(user, mailoutbox):
    """A stranger's mailbox hears nothing of the account that was registered with its address."""
    UserFactory(name="olga", email=user.email)
    ask(user)
    tasks.tell_of_asked_change(user.pk)
    assert (addresses.confirm_email(token=addresses.link_token(user))[1], mailoutbox) == ("", [])


@pytest.mark.parametrize(
    ("language", "subjects"),
    [
        ("ru", ["Подтвердите свой адрес в Gamehub", "Кто-то указал ваш адрес в Gamehub",
                "Ваш адрес в Gamehub меняется", "Ваш адрес в Gamehub изменился"]),
        ("uk", ["Підтвердьте свою адресу в Gamehub", "Хтось указав вашу адресу в Gamehub",
                "Ваша адреса в Gamehub змінюється", "Ваша адреса в Gamehub змінилася"]),
    ],
)  # fmt: skip
def test_mails_speak_the_language_of_whom_they_are_about(user, mailoutbox, language, subjects):
    User.objects.update(language=language, new_email=NEW)
    user.refresh_from_db()
    mail.send_confirmation_link(user, NEW)
    mail.tell_of_attempt(user)
    mail.tell_of_asked_change(user)
    mail.tell_of_change(user, "old@example.org")
    assert [sent.subject for sent in mailoutbox] == subjects
    hello = {"ru": "Здравствуйте, bogdan!", "uk": "Вітаємо, bogdan!"}[language]
    assert {sent.body.splitlines()[0] for sent in mailoutbox} == {hello}
    links = [re.findall(r"https?://[^\s\"<]+", sent.body + sent.alternatives[0].content) for sent in mailoutbox]
    assert {urlsplit(link).netloc for found in links for link in found} == {"play.example.org"}


def test_mail_to_an_old_name_that_is_a_link_leaves_it_out(user, mailoutbox):
    User.objects.update(name="evil.example.com")
    tasks.send_confirmation(user.pk)
    text, html = mailoutbox[0].body, mailoutbox[0].alternatives[0].content
    assert (text.splitlines()[0], "evil" in text + html) == ("Hello,", False)
