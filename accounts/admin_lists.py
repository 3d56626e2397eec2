"""Operators' lists that stay quick however much has been played: every one is read off an index.

A table of millions can't be counted, sorted by any column or searched for a text in the middle while somebody waits.
So a list has one order (and the few others that have an index), is paged over its first `ROWS_MAX` rows, and is
searched by `finders`, each of which an index answers. `tests/accounts/test_admin_lists.py` reads the plans.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.views import ChangeList

from accounts import (
    list_limits,
    lookups,  # noqa: F401 - registers `prefix`
)
from accounts.models import User
from accounts.names import email_key, name_key

ID_MAX = 2**63 - 1

#: what to look for, by what was typed; None: what was typed can't be this
Condition = Callable[[str], Q | None]

#: with the order in which an index has what is found; "": in whichever it has
Finder = tuple[Condition, str]


def number(field: str) -> Finder:
    """Rows whose number is what was typed, the newest first."""

    def find(term: str) -> Q | None:
        fits = term.isascii() and term.isdecimal() and len(term) < 20 and int(term) <= ID_MAX
        return Q(**{field: int(term)}) if fits else None

    return find, "-pk"


def named(field: str, key: Callable[[str], str] = str) -> tuple[Finder, Finder]:
    """Rows whose text is what was typed, and those that begin with it, both as `key` makes them."""

    def same(term: str) -> Q | None:
        return Q(**{field: key(term)}) if key(term) else None

    def beginning(term: str) -> Q | None:
        return Q(**{f"{field}__prefix": key(term)}) if key(term) else None

    return (same, "-pk"), (beginning, "")


def whose(field: str) -> Finder:
    """Rows of the users who are found by what was typed, the newest first."""

    def find(term: str) -> Q | None:
        users = find_users(term)
        return Q(**{f"{field}__in": users}) if users else None

    return find, "-pk"


def find_users(term: str) -> list[int]:
    """Ids of the users that `whose` means."""
    return find_pks(User.objects.all(), USER_FINDERS, term, list_limits.USERS_FOUND_MAX)


#: users by id, name and e-mail
USER_FINDERS: tuple[Finder, ...] = (number("pk"), *named("name_key", name_key), *named("email_key", email_key))


def find_pks(rows: QuerySet[Any], finders: Iterable[Finder], term: str, most: int) -> list[Any]:
    """The keys of up to `most` rows for each finder.

    One query each: joined by OR, no index would be used for any of them.
    """
    found: dict[Any, None] = {}
    for find, order in finders:
        condition = find(term)
        if condition is not None:
            matching = rows.filter(condition).order_by(*[order] if order else [])
            found |= dict.fromkeys(matching.values_list("pk", flat=True)[:most])
    return list(found)


class FirstRows(Paginator):
    """Pages over the first `ROWS_MAX` rows; what comes after them is not even counted."""

    template_name = "admin/accounts/pages.html"

    @cached_property
    def count(self) -> int:
        """How many rows, `ROWS_MAX` at most."""
        rows: Any = self.object_list
        return int(rows.order_by()[: list_limits.ROWS_MAX].count())

    @property
    def more(self) -> int:
        """`ROWS_MAX` when there may be more rows than that, else 0."""
        return list_limits.ROWS_MAX if self.count == list_limits.ROWS_MAX else 0


class PageOfRows(ChangeList):
    """A list that completes the rows it shows, and no others."""

    def get_results(self, request: HttpRequest) -> None:
        """The rows of this page, with what `complete` adds to them."""
        super().get_results(request)
        rows = list(self.result_list)  # type: ignore[has-type]
        prefetch_related_objects(rows, *self.model_admin.related)
        self.model_admin.complete(rows)
        self.result_list = rows


class QuickAdmin(ModelAdmin):
    """A list of rows of which there may be millions.

    `ordering` is an index of the model and ends with its key. An index answers each of the `finders`, and
    `search_help_text` says in the page what they find.
    """

    paginator = FirstRows
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    #: an action on all of millions of rows is none that anybody means
    list_disable_select_all = True
    #: most of a page's time is spent on drawing its rows
    list_per_page = 50
    sortable_by: tuple[str, ...] = ()
    #: relations that columns name: fetched for the rows of a page. Joined, a database may begin with the other table
    related: tuple[str, ...] = ()
    list_select_related = ()
    finders: tuple[Finder, ...] = ()

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Only whether there is a search: `finders` do it."""
        return ("pk",) if self.finders else ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The rows that any of the finders finds."""
        term = search_term.strip()
        if not term:
            return queryset, False
        found = find_pks(self.model._default_manager.all(), self.finders, term, list_limits.FOUND_MAX)
        return queryset.filter(pk__in=found), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Ours."""
        return PageOfRows

    def complete(self, rows: list[Any]) -> None:
        """Add to the rows of a page what the list shows beside their columns, in one query for all of them."""


class QuickInline(TabularInline):
    """Rows below their parent, to look at, a page at a time."""

    extra = 0
    per_page = list_limits.INLINE_ROWS
    show_change_link = True
    #: relations that its columns name
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what the columns name, in the same query."""
        return super().get_queryset(request).select_related(*self.related)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


def choice(title: Any, name: str, answers: dict[str, tuple[Any, Q]]) -> type[admin.SimpleListFilter]:
    """A filter of a list: value in the address -> what it is called, and which rows it leaves.

    The answers are written down and not looked up: which values a column has, only all of its rows can tell.
    """

    class Choice(admin.SimpleListFilter):
        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
            return [(value, called) for value, (called, _rows) in answers.items()]

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            value = self.value()
            return queryset.filter(answers[value][1]) if value in answers else queryset

    Choice.title, Choice.parameter_name = title, name
    return Choice


def yes_or_no(title: Any, name: str, rows: Q) -> type[admin.SimpleListFilter]:
    """The filter of a question."""
    return choice(title, name, {"yes": (_("Yes"), rows), "no": (_("No"), ~rows)})
