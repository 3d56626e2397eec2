"""Operators' lists are read off indexes: not one of them is counted, sorted or searched from end to end."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import list_limits
from accounts.admin_lists import QuickAdmin
from accounts.models import LedgerEntry, User
from quiz.models import Category, PlayerRating, QuizGame, QuizResult, QuizRound
from rooms.models import Membership, Room
from tests.factories import MembershipFactory, QuestionFactory, RoomFactory, UserFactory, make_token
from tests.plans import as_if_full, plans

pytestmark = pytest.mark.django_db

TODAY = "__gte=2026-01-01+00%3A00%3A00%2B00%3A00"
#: what is small however much is played, and may be edited: read and counted as Django does it
SMALL = {"auth.group", "axes.accesslog", "axes.accessfailurelog", "quiz.category", "quiz.question"}

#: list, filter or order -> the index that has it
LISTS: dict[str, dict[str, str]] = {
    "accounts_user": {
        "": "user_newest",
        "?banned=yes": "user_banned",
        "?is_staff__exact=1": "user_operator",
        "?is_active__exact=0": "user_inactive",
        "?language__exact=uk": "user_of_language",
        f"?date_joined{TODAY}": "user_newest",
        f"?language__exact=uk&date_joined{TODAY}": "user_of_language",
    },
    "accounts_ledgerentry": {"": "ledger_newest", f"?created{TODAY}": "ledger_newest"},
    "knox_authtoken": {"": "accounts_token_newest", f"?created{TODAY}": "accounts_token_newest"},
    "axes_accessattempt": {"": "accounts_attempt_newest", f"?attempt_time{TODAY}": "accounts_attempt_newest"},
    "rooms_room": {
        "": "room_newest",
        "?game=quiz": "room_of_game",
        "?state=waiting": "room_open",
        "?state=running&game=quiz": "room_open_of_game",
        f"?created_at{TODAY}": "room_newest",
        f"?game=quiz&created_at{TODAY}": "room_of_game",
    },
    "rooms_membership": {"": "", "?seated=yes": "membership_active", "?ending__exact=kicked": "membership_ending"},
    "quiz_quizgame": {
        "": "game_newest",
        "?reason=closed": "game_of_reason",
        "?language__exact=uk": "game_of_language",
        "?category__id__exact=1": "game_of_category",
        f"?ended_at{TODAY}": "game_newest",
    },
    "quiz_quizround": {"": "", "?unknown=yes": "quiz_quizround_winner_id"},
    "quiz_quizresult": {"": "", "?left__exact=1": "result_left"},
    "quiz_playerrating": {"": "rating_best"},
}


@pytest.fixture
def operator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("operator", "x"), backend="accounts.backends.AccountBackend")
    return client


@pytest.fixture
def played() -> Room:
    """Two rows of everything."""
    for number in (1, 2):
        user = UserFactory(name=f"bogdan {number}")
        make_token(user)
        AccessAttempt.objects.create(username=user.name, user_agent=user.name, failures_since_start=1)
        LedgerEntry.objects.create(user=user, amount=5, reason="Prize", key=f"quiz:{number}")
        room = MembershipFactory(
            user=user, room=RoomFactory(id=7000 + number, name=f"Friends {number}", owner=user)
        ).room
        game = QuizGame.objects.create(room=room, reason="finished", ended_at=timezone.now())
        QuizRound.objects.create(game=game, number=1, question=QuestionFactory(), winner=user)
        QuizResult.objects.create(game=game, user=user, score=1, place=1, rating_before=1500, rating=1510)
        PlayerRating.objects.create(user=user, mu=25.0, sigma=8.0)
    return room


@pytest.mark.parametrize(
    ("table", "query", "index"), [(table, *case) for table, cases in LISTS.items() for case in cases.items()]
)
def test_list_is_read_off_an_index(operator, played, table: str, query: str, index: str) -> None:
    with as_if_full(), CaptureQueriesContext(connection) as captured:
        assert operator.get(reverse(f"admin:{table}_changelist") + query).status_code == 200
        read = plans(captured, table)
    listed = next(plan for plan in reversed(read) if "ORDER BY" in plan.sql)
    by_key = connection.vendor == "sqlite" and not index  # it says that it scans, but in the order of the key
    assert (listed.reads_all_of(table), listed.sorts()) == (by_key, False), listed
    if connection.vendor == "sqlite" and index:
        assert f"USING INDEX {index}" in listed.steps


def test_every_list_of_what_grows_is_such_a_list() -> None:
    sites = admin.site._registry.items()
    quick = {model for model, site in sites if isinstance(site, QuickAdmin)}
    assert {model._meta.label_lower for model, site in sites if model not in quick} == SMALL
    assert {f"{model._meta.app_label}_{model._meta.model_name}" for model in quick} == {*LISTS, "rooms_parkedoutcome"}


@pytest.mark.parametrize("table", list(LISTS))
def test_search_reads_off_indexes(operator, played, table: str) -> None:
    with as_if_full(), CaptureQueriesContext(connection) as captured:
        assert operator.get(reverse(f"admin:{table}_changelist"), {"q": "bogdan"}).status_code == 200
        read = [(each, plan) for each in {table, "accounts_user"} for plan in plans(captured, each)]
    assert len(read) > 4
    assert [plan for each, plan in read if plan.reads_all_of(each)] == []


def found(operator: Client, table: str, term: str) -> list[Any]:
    page = operator.get(reverse(f"admin:{table}_changelist"), {"q": term})
    return [row.pk for row in page.context["cl"].result_list]


def test_search_finds_the_beginning_of_a_name_or_address_and_a_number(operator) -> None:
    bogdan, bohdan = (
        UserFactory(name="Bogdan", email="b@example.org"),
        UserFactory(name="Bohdan", email="z@example.org"),
    )
    UserFactory(name="not Bo", email="x@example.org")
    results = [found(operator, "accounts_user", term) for term in ("BO", "вog", "z@EX", str(bohdan.pk), "dan")]
    assert results == [[bohdan.pk, bogdan.pk], [bogdan.pk], [bohdan.pk], [bohdan.pk], []]


@pytest.mark.parametrize("term", ["%", "_", "\\", "'", '"', "9" * 30, "a" * 3000])
def test_search_for_odd_characters_finds_nothing(operator, played, term: str) -> None:
    assert [found(operator, table, term) for table in LISTS] == [[] for _ in LISTS]


def test_search_for_a_player_finds_what_is_theirs(operator, played) -> None:
    bogdan = User.objects.get(name="bogdan 2")
    assert {table: len(found(operator, table, "bogdan 2")) for table in LISTS} == dict.fromkeys(LISTS, 1)
    assert found(operator, "rooms_membership", str(played.pk)) == [Membership.objects.get(room=played).pk]
    assert found(operator, "rooms_room", "FRIENDS 2") == found(operator, "rooms_room", "bogdan 2") == [played.pk]
    assert found(operator, "quiz_quizgame", "bogdan 2") == [played.quiz_game.pk]
    assert found(operator, "accounts_user", str(bogdan.pk)) == [bogdan.pk]


def test_list_says_what_a_search_finds(operator) -> None:
    page = operator.get(reverse("admin:rooms_room_changelist")).content.decode()
    assert "A room&#x27;s name (its beginning) or id, or its owner&#x27;s name, e-mail or id" in page


def test_list_ends_at_its_limit_and_says_so(operator, monkeypatch) -> None:
    monkeypatch.setattr(list_limits, "ROWS_MAX", 150)
    UserFactory.create_batch(60)
    listed = reverse("admin:accounts_user_changelist")
    full = operator.get(listed)
    assert (full.context["cl"].result_count, b"or more" in full.content) == (61, False)
    monkeypatch.setattr(list_limits, "ROWS_MAX", 60)
    cut = operator.get(listed)
    assert (cut.context["cl"].result_count, b"or more: the first 60 are shown" in cut.content) == (60, True)


def test_search_finds_so_many_and_no_more(operator, monkeypatch) -> None:
    UserFactory.create_batch(3, language="uk")
    monkeypatch.setattr(list_limits, "FOUND_MAX", 2)
    assert len(found(operator, "accounts_user", "player")) == 2
    MembershipFactory.create_batch(3, room=RoomFactory(owner=None))
    monkeypatch.setattr(list_limits, "FOUND_MAX", 1000)
    monkeypatch.setattr(list_limits, "USERS_FOUND_MAX", 1)
    assert len(found(operator, "rooms_membership", "player")) <= 1


def test_rows_below_a_room_come_in_pages_and_with_one_query(
    operator, monkeypatch, django_assert_max_num_queries
) -> None:
    room = RoomFactory()
    MembershipFactory.create_batch(list_limits.INLINE_ROWS + 1, room=room)
    path = reverse("admin:rooms_room_change", args=[room.pk])
    with django_assert_max_num_queries(12):
        page = operator.get(path)
    shown = page.context["inline_admin_formsets"][0].formset
    assert (len(shown.forms), shown.paginator.count) == (list_limits.INLINE_ROWS, list_limits.INLINE_ROWS + 1)


def test_categories_stay_a_list_to_edit() -> None:
    assert not isinstance(admin.site._registry[Category], QuickAdmin)
