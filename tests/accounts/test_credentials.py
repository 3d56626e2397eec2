"""Guessing passwords: what others do does not keep anybody out of their account."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import limits, places
from accounts.models import User
from accounts.services import ban_user
from config.rates import parse_rate
from tests.factories import PASSWORD, UserFactory

URL = "/api/v1/login"
ATTACKER = "203.0.113.7"
pytestmark = pytest.mark.django_db


def rate(settings, text: str) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"login": text}}


def log_in(name: str, password: str = PASSWORD, address: str = ATTACKER, client: APIClient | None = None) -> int:
    """The status."""
    body = {"name": name, "password": password}
    return (client or APIClient()).post(URL, body, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize("addresses", [[ATTACKER], [f"2001:db8:1:2:{n:x}::{n:x}" for n in range(31)]])
def test_one_address_over_its_limit_locks_nobody_out(addresses, settings):
    """The attack that was found: thirty names, thirty-one guesses each, from one address or one /64."""
    rate(settings, "20/hour")
    victims = [UserFactory() for _ in range(30)]
    attack = [log_in(victim.name, "x", addresses[n % len(addresses)]) for n in range(31) for victim in victims]

    assert (attack[:20], set(attack[20:])) == ([401] * 20, {429})
    assert [log_in(victim.name, address=f"10.0.{n}.1") for n, victim in enumerate(victims)] == [200] * 30


def test_one_address_can_not_fill_an_account_s_count():
    """axes locks the pair before, and what is locked is not counted."""
    victim = UserFactory()
    statuses = [log_in(victim.name, "x") for _ in range(150)]

    assert (statuses[:9], set(statuses[9:])) == ([401] * 9, {429})
    assert log_in(victim.name, address="10.0.0.1") == 200


def test_lock_of_axes_is_for_the_whole_household():
    victim = UserFactory()
    statuses = [log_in(victim.name, "x", f"2001:db8:1:2:{n:x}::1") for n in range(12)]

    assert statuses == [401] * 9 + [429] * 3
    assert log_in(victim.name, address="2001:db8:1:3::1") == 200


def test_account_guessed_at_from_everywhere_is_slow_for_strangers_and_open_at_its_own_places(settings):
    rate(settings, "20/hour")
    victim, device = UserFactory(), APIClient()
    assert log_in(victim.name, address="10.0.0.1", client=device) == 200
    attack = [log_in(victim.name, "x", f"203.0.{n}.1") for n in range(30)]

    assert attack == [401] * 20 + [429] * 10
    stranger = APIClient().post(URL, {"name": victim.name, "password": PASSWORD}, REMOTE_ADDR="10.0.0.2")
    assert (stranger.status_code, 0 < int(stranger["Retry-After"]) <= 180) == (429, True)
    assert log_in(victim.name, address="10.0.0.1") == 200
    assert log_in(victim.name, address="10.0.0.3", client=device) == 200


def test_own_browser_gets_in_behind_the_router_of_whoever_guesses():
    victim, device = UserFactory(), APIClient()
    log_in(victim.name, address=ATTACKER, client=device)
    attack = {log_in(victim.name, "x", ATTACKER) for _ in range(40)}

    assert attack == {401, 429}
    assert log_in(victim.name, address=ATTACKER) == 429
    assert log_in(victim.name, address=ATTACKER, client=device) == 200


def test_own_browser_has_a_limit_of_its_own():
    victim, device = UserFactory(), APIClient()
    log_in(victim.name, client=device)
    burst = parse_rate(limits.OWN_PLACE_RATE).burst
    statuses = [log_in(victim.name, "x", f"10.0.{n}.1", device) for n in range(burst + 5)]

    assert statuses == [401] * burst + [429] * 5


def test_own_address_of_one_is_nobody_else_s(settings):
    rate(settings, "2/hour")
    bogdan, olga = UserFactory(), UserFactory()
    log_in(bogdan.name, address="10.0.0.1")
    statuses = [log_in(olga.name, "x", "10.0.0.1") for _ in range(3)]

    assert statuses == [401, 401, 429]
    assert log_in(bogdan.name, address="10.0.0.1") == 200


def test_right_passwords_do_not_count(settings):
    rate(settings, "1/hour")
    crowd = [UserFactory() for _ in range(10)]
    assert [log_in(player.name) for player in crowd] == [200] * 10


def test_banned_player_s_right_passwords_count(settings):
    rate(settings, "2/hour")
    banned = UserFactory()
    ban_user(user=banned)
    assert [log_in(banned.name) for _ in range(3)] == [403, 403, 429]


def test_by_name_and_by_email_is_one_account(settings):
    rate(settings, "2/hour")
    victim = UserFactory()
    names = [victim.name, victim.email, victim.name]
    assert [log_in(name, "x", f"10.0.{n}.1") for n, name in enumerate(names)] == [401, 401, 429]


@pytest.mark.parametrize("cookie", ["", "x", "x:y", '{"device": {"name": "x", "users": [1]}}'])
def test_forged_browser_is_a_stranger(cookie, settings, rf):
    request = rf.get("/")
    request.COOKIES[places.COOKIE] = cookie
    assert places.device_of(request).users == []


def test_browser_remembers_its_last_users_and_their_addresses_are_bounded(valkey):
    device, players = APIClient(), [UserFactory() for _ in range(limits.DEVICE_USERS + 2)]
    for player in players:
        log_in(player.name, client=device)
    for number in range(limits.PLACES + 5):
        log_in(players[0].name, address=f"10.0.{number}.1")
    request = device.get("/livez").wsgi_request

    assert places.device_of(request).users == [player.pk for player in players[2:]]
    assert valkey.client().zcard(f"places:{players[0].pk}") == limits.PLACES


def test_browser_that_was_away_too_long_is_a_stranger():
    victim, device = UserFactory(), APIClient()
    log_in(victim.name, client=device)
    request = device.get("/livez").wsgi_request
    with time_machine.travel(timezone.now() + timedelta(days=limits.PLACE_DAYS - 1)):
        assert places.device_of(request).users == [victim.pk]
    with time_machine.travel(timezone.now() + timedelta(days=limits.PLACE_DAYS + 1)):
        assert places.device_of(request).users == []


def test_cookie_of_the_browser_opens_nothing():
    victim, device = UserFactory(), APIClient()
    log_in(victim.name, client=device)
    cookie = device.cookies[places.COOKIE]
    assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")
    assert device.get("/api/v1/profile").status_code == 401


def admin(name: str, password: str = PASSWORD, address: str = ATTACKER, client: Client | None = None):
    form = {"username": name, "password": password, "next": "/admin/"}
    return (client or Client()).post("/admin/login/", form, REMOTE_ADDR=address)


@pytest.fixture
def operator() -> User:
    return UserFactory(name="operator", is_staff=True, is_superuser=True)


def test_operators_login_is_under_the_same_count(operator, settings):
    rate(settings, "4/hour")
    assert [log_in("operator", "x") for _ in range(2)] == [401, 401]
    assert [admin("operator", "x").status_code for _ in range(4)] == [200, 200, 429, 429]
    refused = admin("operator", PASSWORD)
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (429, True)
    assert "Too many attempts." in refused.content.decode()


@pytest.mark.parametrize("kind", ["player", "banned operator", "inactive operator", "nobody"])
def test_operators_login_tells_nothing_of_a_right_password(kind, operator, settings):
    rate(settings, "5/hour")
    user = UserFactory(name="somebody", is_staff="operator" in kind, is_active=kind != "inactive operator")
    if kind == "banned operator":
        ban_user(user=user)
    name = "nobody at all" if kind == "nobody" else "somebody"

    def page(password: str) -> str:
        """Without what differs by chance or was typed."""
        text = admin(name, password, "10.1.1.1").content.decode()
        return text[text.index('id="login-form"') - 600 :].split("csrfmiddlewaretoken")[0]

    right, wrong = page(PASSWORD), page("qvx")
    assert right == wrong
    assert "Please enter the correct" in right
    assert [admin(name, PASSWORD, "10.1.1.1").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_operators_login_locked_by_axes_says_so(operator):
    statuses = [admin("operator", "x").status_code for _ in range(11)]
    assert statuses == [200] * 9 + [429] * 2
    assert admin("operator", address="10.0.0.1").status_code == 302


def test_operator_s_browser_is_known_afterwards(operator):
    site = Client()
    assert admin("operator", address="10.0.0.1", client=site).status_code == 302
    for _ in range(15):
        admin("operator", "x", "10.0.0.1")
    assert admin("operator", address="10.0.0.1").status_code == 429
    assert admin("operator", address="10.0.0.1", client=site).status_code == 302
