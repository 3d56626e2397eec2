"""The two ways to page a list: by numbers where it is short and counted, by a cursor where it only grows."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

PAGE_SIZE, PAGE_SIZE_MAX = 50, 100

#: what the schema says of every list (`accounts.api.schema.documented` puts it there)
PAGE_PARAMETERS = [
    OpenApiParameter("page", {"type": "integer", "minimum": 1, "default": 1}),
    OpenApiParameter("page_size", {"type": "integer", "minimum": 1, "maximum": PAGE_SIZE_MAX, "default": PAGE_SIZE}),
]


#: for lists that have pages of both kinds
CURSOR_PARAMETER = OpenApiParameter("cursor", str, description="From `next` or `previous`, in the place of `page`.")


class Page(PageNumberPagination):
    """`?page=` and `?page_size=`: `{"count", "next", "previous", "results"}`. A page that is none is a 404."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = PAGE_SIZE_MAX

    def get_page_size(self, request: Request) -> int:
        """Raises `ValidationError` (400) for a size that is no number from 1 to `PAGE_SIZE_MAX`."""
        return _page_size(request)

    def get_paginated_response(self, data: Any) -> Response:
        """One page; `next` and `previous` are links without a host (`?page=3`), right behind any proxy."""
        return Response(
            {
                "count": self.page.paginator.count if self.page else 0,
                "next": _query_only(self.get_next_link()),
                "previous": _query_only(self.get_previous_link()),
                "results": data,
            }
        )


class NewestFirst(CursorPagination):
    """`?cursor=` and `?page_size=`: the same answer without a `count`; for what only grows. No cursor of ours: a 404.

    A page costs the same at any depth, and what is added meanwhile moves nothing. `key` is the id that rows are ordered
    by, the highest first, each once.
    """

    def __init__(self, key: str) -> None:
        self.ordering = (f"-{key}",)

    def get_page_size(self, request: Request) -> int:
        """As `Page`."""
        return _page_size(request)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Raises `NotFound` (404) for a cursor that we did not make."""
        cursor = super().decode_cursor(request)
        position = None if cursor is None or cursor.position is None else str(cursor.position)
        if position is not None and not (position.isascii() and position.isdecimal() and len(position) < 19):
            raise NotFound(self.invalid_cursor_message)
        return cursor

    def get_paginated_response(self, data: Any) -> Response:
        """One page."""
        links = {"next": _query_only(self.get_next_link()), "previous": _query_only(self.get_previous_link())}
        return Response({"count": None, **links, "results": data})


def _page_size(request: Request) -> int:
    given = request.query_params.get("page_size", str(PAGE_SIZE))
    if not (given.isascii() and given.isdecimal() and len(given) < 4 and 1 <= int(given) <= PAGE_SIZE_MAX):
        raise ValidationError({"page_size": [_("A number from 1 to 100.")]})
    return int(given)


def _query_only(link: str | None) -> str | None:
    """The path and query of a link: the host comes from the request and can't be believed."""
    if link is None:
        return None
    return "/" + link.split("://", 1)[-1].split("/", 1)[1]
