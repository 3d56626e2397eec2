"""The second factor of operators: off until enrolled, required where the settings say so."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import limits, second_factor
from accounts.models import User
from tests.factories import PASSWORD, UserFactory

PAGE, LOGIN = "/admin/second-factor/", "/admin/login/"
pytestmark = pytest.mark.django_db
START = datetime(2030, 1, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    """A code is good once in its half minute: tests go on to the next."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def operator() -> User:
    return UserFactory(name="operator", is_staff=True, is_superuser=True)


def app_code(user: User) -> str:
    """What the app shows now."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key)
    totp.time = datetime.now(UTC).timestamp()
    return f"{totp.token():06}"


def log_in(site: Client, code: str = "", password: str = PASSWORD):
    return site.post(LOGIN, {"username": "operator", "password": password, "code": code, "next": "/admin/"})


def enrol(site: Client, user: User) -> list[str]:
    """The recovery codes."""
    site.get(PAGE)
    page = site.post(PAGE, {"do": "enrol", "password": PASSWORD, "code": app_code(user)}).content.decode()
    return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", page)


@pytest.fixture
def site(operator) -> Client:
    """Logged in by the password alone."""
    client = Client()
    assert log_in(client).status_code == 302
    return client


def test_off_until_enrolled(site):
    assert site.get("/admin/").status_code == 200
    assert not TOTPDevice.objects.exists()


def test_page_shows_the_secret_as_a_picture_and_as_text(site, operator):
    response = site.get(PAGE)
    page, device = response.content.decode(), TOTPDevice.objects.get(user=operator)
    assert "no-store" in response["Cache-Control"]
    assert ("<svg" in page, second_factor.key(device) in page, device.confirmed) == (True, True, False)
    assert device.config_url.startswith("otpauth://totp/Gamehub%3Aoperator?secret=")


def test_enrolled_operator_needs_the_code_and_this_session_goes_on(site, operator, clock):
    codes = enrol(site, operator)
    assert len(set(codes)) == limits.RECOVERY_CODES
    assert site.get("/admin/").status_code == 200
    clock.shift(30)
    code = app_code(operator)
    answers = [log_in(Client(), code="").status_code, log_in(Client(), code="000000").status_code]
    clock.shift(5)  # a wrong code makes the next one wait a second
    fresh = Client()
    answers.append(log_in(fresh, code=code).status_code)
    assert (answers, fresh.get("/admin/").status_code) == ([200, 200, 302], 200)
    clock.shift(5)
    assert log_in(Client(), code=code).status_code == 200  # used before


def test_other_sessions_of_before_are_out(site, operator):
    other = Client()
    log_in(other)
    enrol(site, operator)
    assert (other.get("/admin/").status_code, site.get("/admin/").status_code) == (302, 200)


def test_missing_code_and_wrong_password_are_one_answer(site, operator):
    enrol(site, operator)

    def page(**given: str) -> str:
        text = log_in(Client(), **given).content.decode()
        return text[text.index('id="login-form"') - 600 :].split("csrfmiddlewaretoken")[0]

    assert page() == page(password="qvx") == page(password="qvx", code="000000")


def test_recovery_code_lets_in_once(site, operator):
    code = enrol(site, operator)[0]
    assert log_in(Client(), code.upper()).status_code == 302
    assert log_in(Client(), code).status_code == 200
    assert StaticToken.objects.count() == limits.RECOVERY_CODES - 1


@pytest.mark.parametrize(
    "given", [{"code": "000000"}, {"password": "qvx"}, {"code": ""}, {"code": "0" * 40}, {"do": "x"}]
)
def test_enrolling_needs_the_password_and_a_code_of_the_app(site, operator, given):
    site.get(PAGE)
    form = {"do": "enrol", "password": PASSWORD, "code": app_code(operator), **given}
    assert site.post(PAGE, form).status_code == 200
    assert not second_factor.is_enrolled(operator)


def test_turning_it_off_needs_the_password_and_a_code(site, operator, clock):
    enrol(site, operator)
    clock.shift(30)
    site.post(PAGE, {"do": "remove", "password": "qvx", "code": app_code(operator)})
    assert second_factor.is_enrolled(operator)
    site.post(PAGE, {"do": "remove", "password": PASSWORD, "code": app_code(operator)})
    assert (second_factor.is_enrolled(operator), StaticToken.objects.count()) == (False, 0)
    assert log_in(Client()).status_code == 302


def test_new_recovery_codes_kill_the_old(site, operator, clock):
    old = enrol(site, operator)
    clock.shift(30)
    page = site.post(PAGE, {"do": "codes", "password": PASSWORD, "code": app_code(operator)}).content.decode()
    assert log_in(Client(), old[0]).status_code == 200
    clock.shift(5)
    assert log_in(Client(), re.findall(r"<li><code>([a-z0-9-]+)</code></li>", page)[0]).status_code == 302


def test_wrong_passwords_on_the_page_count(site, operator):
    statuses = [site.post(PAGE, {"do": "enrol", "password": "qvx", "code": "1"}).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


@pytest.mark.parametrize("page", ["/admin/", "/admin/accounts/user/", "/admin/search/?s=x", "/admin/password_change/"])
def test_required_leads_everywhere_to_the_page_that_enrols(site, operator, settings, page):
    settings.SECOND_FACTOR_REQUIRED = True
    response = site.get(page)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    enrol(site, operator)
    assert site.get(page).status_code == 200


def test_required_can_not_be_turned_off(site, operator, settings, clock):
    settings.SECOND_FACTOR_REQUIRED = True
    enrol(site, operator)
    clock.shift(30)
    site.post(PAGE, {"do": "remove", "password": PASSWORD, "code": app_code(operator)})
    assert second_factor.is_enrolled(operator)


def test_page_is_for_operators_alone(operator):
    player = Client()
    player.force_login(UserFactory(), backend="accounts.backends.AccountBackend")
    assert (player.get(PAGE).status_code, Client().get(PAGE).status_code) == (302, 302)


def test_superuser_resets_another_s(site, operator):
    lost = UserFactory(is_staff=True)
    device = second_factor.pending(lost)
    TOTPDevice.objects.update(confirmed=True)
    second_factor.new_recovery_codes(lost)
    listed = site.get("/admin/otp_totp/totpdevice/").content.decode()
    assert (lost.name in listed, device.key in listed) == (True, False)
    page = site.get(f"/admin/otp_totp/totpdevice/{device.pk}/change/").content.decode()
    assert (device.key in page, second_factor.key(device) in page) == (False, False)
    site.post(f"/admin/otp_totp/totpdevice/{device.pk}/delete/", {"post": "yes"})
    assert (second_factor.is_enrolled(lost), StaticToken.objects.count()) == (False, 0)


def test_codes_of_one_device_wait_longer_after_each_wrong_one(site, operator, clock):
    enrol(site, operator)
    clock.shift(60)
    for _ in range(5):
        second_factor.verify(operator, "000000")
        clock.shift(timedelta(seconds=0.5))
    assert second_factor.verify(operator, app_code(operator)) is None
    clock.shift(60)
    assert second_factor.verify(operator, app_code(operator)) is not None


def test_operator_who_has_lost_everything_gets_a_code_at_the_machine(site, operator, capsys):
    enrol(site, operator)
    call_command("addstatictoken", "OPERATOR")
    assert log_in(Client(), capsys.readouterr().out.strip()).status_code == 302
