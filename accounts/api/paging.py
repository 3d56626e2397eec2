"""The one way to page a list."""

from typing import Any

from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response


class Page(PageNumberPagination):
    """`?page=` and `?page_size=`: `{"count", "next", "previous", "results"}`. A page that is none is a 404."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100

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
