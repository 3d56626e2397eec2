"""POST password-reset and its confirmation: mail, one use, one hour, the same for everybody."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import addresses, tasks
from accounts.authentication import token_digest
from accounts.limits import RESET_MAIL_RATE
from config.rates import parse_rate
from tests.accounts.api.bodies import error, invalid, ok
from tests.factories import PASSWORD, UserFactory

ASK, CONFIRM = "/api/v1/password-reset", "/api/v1/password-reset/confirm"
NEW = "another horse 43"
BAD_LINK = error("bad_link", "This link has been used or is too old. Ask for a new one.")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.PUBLIC_BASE_URL = "https://play.example.org"
    rates = {"password_reset": "100/hour", "login": "100/hour"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}


@pytest.fixture
def queued(monkeypatch):
    """What the request hands to Celery; no worker runs in these tests."""
    calls = []
    monkeypatch.setattr(tasks.send_password_reset, "apply_async", lambda args, **options: calls.append(args))
    return calls


def link_of(mail) -> dict[str, str]:
    """`uid` and `token` of the link in a mail."""
    link = re.findall(r"https?://\S+", mail.body)[0]
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


@pytest.fixture
def link(user, mailoutbox):
    tasks.send_password_reset(user.email)
    return link_of(mailoutbox[0])


@pytest.mark.parametrize("email", ["bogdan@example.org", "BOGDAN@example.org", "nobody@example.org"])
def test_reset_is_the_same_for_any_address(anonymous, user, queued, email):
    with CaptureQueriesContext(connection) as queries:
        response = anonymous.post(ASK, {"email": email})
    assert (response.status_code, response.json(), len(queries)) == (200, ok(), 0)
    assert queued == [(email.lower(),)]


def test_reset_mail_has_a_link_to_the_public_address(anonymous, user, queued, mailoutbox):
    anonymous.post(ASK, {"email": user.email}, headers={"Host": "127.0.0.1:6666"})
    tasks.send_password_reset(*queued[0])
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["bogdan@example.org"], "A new password for Gamehub")
    links = re.findall(r"https?://[^\s\"<]+", mail.body + mail.alternatives[0].content)
    assert {urlsplit(link).netloc + urlsplit(link).path for link in links} == {"play.example.org/reset"}
    assert "60 minutes" in mail.body


@pytest.mark.parametrize(
    ("language", "subject", "word"),
    [("ru", "Новый пароль для Gamehub", "Здравствуйте"), ("uk", "Новий пароль для Gamehub", "Вітаємо")],
)
def test_reset_mail_in_the_language_of_the_user(user, mailoutbox, language, subject, word):
    user.language = language
    user.save()
    tasks.send_password_reset(user.email)
    assert (mailoutbox[0].subject, word in mailoutbox[0].body) == (subject, True)


@pytest.mark.parametrize("fields", [{"is_active": False}, {"email": "other@example.org"}])
def test_reset_of_nobody_sends_no_mail(user, mailoutbox, fields):
    for field, value in fields.items():
        setattr(user, field, value)
    user.save()
    tasks.send_password_reset("bogdan@example.org")
    assert mailoutbox == []


def test_reset_without_a_broker_says_so(anonymous, user, monkeypatch):
    def refuse(*args, **options):
        raise tasks.send_password_reset.OperationalError("no broker")

    monkeypatch.setattr(tasks.send_password_reset, "apply_async", refuse)
    response = anonymous.post(ASK, {"email": user.email})
    expected = error("degraded", "The server is recovering; try again in a moment.")
    assert (response.status_code, response.json(), response["Retry-After"]) == (503, expected, "5")


@pytest.mark.django_db(transaction=True)
def test_confirm_sets_the_password_and_kills_everything(anonymous, user, client, link, control, valkey):
    response = anonymous.post(CONFIRM, {**link, "password": NEW})
    user.refresh_from_db()
    assert (response.status_code, response.json()) == (200, ok())
    assert user.check_password(NEW)
    assert client.get("/api/v1/profile").status_code == 401
    assert control.messages() == [{"do": "close", "user": user.pk, "code": 4501, "reason": "password changed"}]
    assert valkey.client().get(f"token:{token_digest(client.token)}") == '{"gone":4501}'


def test_confirm_works_once(anonymous, user, link):
    anonymous.post(CONFIRM, {**link, "password": NEW})
    response = anonymous.post(CONFIRM, {**link, "password": "a third horse 44"})
    user.refresh_from_db()
    assert (response.status_code, response.json()) == (400, BAD_LINK)
    assert user.check_password(NEW)


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 400)])
def test_confirm_works_for_an_hour(anonymous, link, minutes, status):
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        assert anonymous.post(CONFIRM, {**link, "password": NEW}).status_code == status


@pytest.mark.parametrize(
    "change",
    [{"uid": "MQ"}, {"uid": "x"}, {"uid": "é"}, {"uid": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}, {"token": "x-y"},
     {"token": "é"}, {"token": "c-" + "0" * 32}],
)  # fmt: skip
def test_confirm_with_a_forged_link(anonymous, user, link, change):
    UserFactory()
    response = anonymous.post(CONFIRM, {**link, "password": NEW, **change})
    expected = BAD_LINK if change.get("uid") != link["uid"] else None
    assert expected is None or (response.status_code, response.json()) == (400, expected)


def test_confirm_with_the_link_of_another_user(anonymous, user, link, mailoutbox):
    other = UserFactory()
    tasks.send_password_reset(other.email)
    response = anonymous.post(CONFIRM, {"uid": link_of(mailoutbox[1])["uid"], "token": link["token"], "password": NEW})
    assert (response.status_code, response.json()) == (400, BAD_LINK)


def test_confirm_with_a_weak_password_leaves_the_link_good(anonymous, link):
    weak = anonymous.post(CONFIRM, {**link, "password": "short"})
    strong = anonymous.post(CONFIRM, {**link, "password": NEW})
    assert (weak.status_code, list(weak.json()["errors"]), strong.status_code) == (400, ["password"], 200)


def test_link_dies_when_the_address_changes(anonymous, user, link):
    addresses.ask_for_email(user=user, email="new@example.org", password=PASSWORD)
    user.refresh_from_db()
    addresses.confirm_email(token=addresses.link_token(user))
    assert anonymous.post(CONFIRM, {**link, "password": NEW}).json() == BAD_LINK


def rate(settings, text: str) -> None:
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": {"login": "100/hour", "password_reset": text},
    }


def ask(email: str, address: str, client: APIClient | None = None) -> int:
    """The status."""
    return (client or APIClient()).post(ASK, {"email": email}, REMOTE_ADDR=address).status_code


def test_reset_by_address_is_throttled(queued, settings):
    rate(settings, "2/hour")
    assert [ask(f"{n}@b.org", "10.0.0.1") for n in range(3)] == [200, 200, 429]
    assert ask("3@b.org", "10.0.0.2") == 200


def test_one_address_over_its_limit_keeps_nobody_from_a_reset(queued, settings):
    """The attack that was found: thirty addresses asked for again and again."""
    rate(settings, "20/hour")
    victims = [f"victim{n}@example.org" for n in range(30)]
    attack = [ask(victim, "203.0.113.7") for _ in range(5) for victim in victims]
    assert (attack[:20], set(attack[20:])) == ([200] * 20, {429})
    mailed = len(queued)
    assert [ask(victim, f"10.0.{n}.1") for n, victim in enumerate(victims)] == [200] * 30
    assert [address for (address,) in queued[mailed:]] == victims


def test_mails_to_one_address_are_few_and_nobody_is_refused(queued, settings):
    rate(settings, "100/hour")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        asked = [ask(email, f"203.0.{n}.1") for n, email in enumerate(["a@b.org", "A@B.org"] * 20)]
        asked_by_the_owner = ask("a@b.org", "10.0.0.1")
        mails = len(queued)
        clock.shift(timedelta(minutes=10))
        ask("a@b.org", "10.0.0.1")
    assert (set(asked), asked_by_the_owner, mails, len(queued)) == ({200}, 200, 3, 4)
    # the last one mailed is good until the next may be sent
    assert parse_rate(RESET_MAIL_RATE).every_s < settings.PASSWORD_RESET_TIMEOUT


def test_own_browser_asks_behind_the_router_of_whoever_floods(user, queued, settings):
    rate(settings, "2/hour")
    device = APIClient()
    device.post("/api/v1/login", {"name": "bogdan", "password": PASSWORD}, REMOTE_ADDR="10.0.0.1")
    assert [ask(f"{n}@b.org", "10.0.0.1") for n in range(3)] == [200, 200, 429]
    assert [ask(user.email, "10.0.0.1", device) for _ in range(3)] == [200, 200, 429]


def test_bad_links_alone_count(anonymous, user, link, settings):
    rate(settings, "2/hour")
    bad = {"uid": "MQ", "token": "x-y", "password": NEW}
    weak = [anonymous.post(CONFIRM, {**link, "password": "short"}).status_code for _ in range(5)]
    assert (set(weak), [anonymous.post(CONFIRM, bad).status_code for _ in range(3)]) == ({400}, [400, 400, 429])
    assert anonymous.post(CONFIRM, {**link, "password": NEW}, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_reset_with_a_wrong_address(anonymous):
    response = anonymous.post(ASK, {"email": "nobody"})
    assert (response.status_code, response.json()) == (400, invalid(email=["Enter a valid email address."]))
