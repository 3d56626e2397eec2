"""Every list there is, with its address: of REST by hand, of the operators' site as the site itself has them."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.db.models import Model
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from rooms.models import Membership, Room, RoomState

API = "/api/v1"
#: found often, found once by its name, found by an id, found nowhere
TERMS = ("p7", "p7layer 4007", "r7", "r7oom 7", "quiz:", "4007", "nobody at all", "question")


def rest() -> Iterator[str]:
    """What a client may GET; the same for a player of ten thousand rooms and for a newcomer."""
    yield f"{API}/profile"
    yield from (f"{API}/rooms{query}" for query in ("", "?game=quiz", "?state=waiting", "?state=running&page=3"))
    yield from (f"{API}/rooms?state=closed{query}" for query in ("", "&game=quiz", "&game=chess", "&page_size=100"))
    yield from (f"{API}/rooms/{room.pk}" for room in (_of(RoomState.CLOSED), _of(RoomState.RUNNING)))
    yield from (f"{API}/online{query}" for query in ("", "?page=200", "?page_size=100"))
    yield from (f"{API}/quiz/categories{query}" for query in ("", "?language=uk", "?page_size=1"))


def _of(state: str) -> Room:
    return Room.objects.filter(state=state).order_by("pk")[99]


def operators(request: Any, *, pairs: bool) -> Iterator[str]:
    """Lists, pages, orders, filters (with `pairs` every two together), searches, and a page of each kind."""
    yield reverse("admin:index")
    for model, site in admin.site._registry.items():
        if site.has_view_permission(request):
            yield from _of_model(model, site, request, pairs)


def _of_model(model: type[Model], site: Any, request: Any, pairs: bool) -> Iterator[str]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    listed = reverse(f"{name}_changelist")
    changes = site.get_changelist_instance(_at(request, listed))
    pages = min(changes.paginator.num_pages, 100)
    yield listed
    if pages > 1:
        yield from (f"{listed}?{PAGE_VAR}={number}" for number in {2, pages})
    sortable = [str(n) for n, each in enumerate(changes.list_display) if each in changes.sortable_by]
    yield from (f"{listed}?{ORDER_VAR}={sign}{number}" for number in sortable for sign in ("", "-"))
    every = [[choice["query_string"] for choice in spec.choices(changes)][1:] for spec in changes.filter_specs]
    choices = [queries if len(queries) < 6 else [*queries[:3], queries[-1]] for queries in every]
    yield from (f"{listed}{query}" for queries in choices for query in queries)
    for some, others in combinations(choices, 2) if pairs else ():
        yield from (f"{listed}{one}&{other[1:]}" for one in some for other in others)
    if site.get_search_fields(request):
        yield from (f"{listed}?q={term.replace(' ', '+')}" for term in TERMS)
        yield from (f"{listed}{query}&q=p7" for queries in choices for query in queries[:1])
    yield from _details(model, name)


def _details(model: type[Model], name: str) -> Iterator[str]:
    """The page of the first row and of the last, and their histories."""
    rows = model._default_manager.order_by("pk")
    for row in [row for row in (rows.first(), rows.last()) if row]:
        yield reverse(f"{name}_change", args=[row.pk])
    if row := rows.first():
        yield reverse(f"{name}_history", args=[row.pk])


def _at(request: Any, path: str) -> Any:
    there = RequestFactory(SERVER_NAME="localhost").get(path)
    there.user, there.session = request.user, {}
    return there


def newcomer() -> User:
    """Somebody who has never played."""
    user = User.objects.filter(name="newcomer").first() or User.objects.create_user("newcomer")
    assert not Membership.objects.filter(user=user).exists()
    return user
