"""The one way to page a list."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

PAGE_SIZE, PAGE_SIZE_MAX = 50, 100

#: what the schema says of every list (`accounts.api.schema.documented` puts it there)
PAGE_PARAMETERS = [
    OpenApiParameter("page", {"type": "integer", "minimum": 1, "default": 1}),
    OpenApiParameter("page_size", {"type": "integer", "minimum": 1, "maximum": PAGE_SIZE_MAX, "default": PAGE_SIZE}),
]


class Page(PageNumberPagination):
    """`?page=` and `?page_size=`: `{"count", "next", "previous", "results"}`. A page that is none is a 404."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = PAGE_SIZE_MAX

    def get_page_size(self, request: Request) -> int:
        """Raises `ValidationError` (400) for a size that is no number from 1 to `PAGE_SIZE_MAX`."""
        given = request.query_params.get("page_size", str(PAGE_SIZE))
        if not (given.isascii() and given.isdecimal() and len(given) < 4 and 1 <= int(given) <= PAGE_SIZE_MAX):
            raise ValidationError({"page_size": [_("A number from 1 to 100.")]})
        return int(given)

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


def _query_only(link: str | None) -> str | None:
    """The path and query of a link: the host comes from the request and can't be believed."""
    if link is None:
        return None
    return "/" + link.split("://", 1)[-1].split("/", 1)[1]
