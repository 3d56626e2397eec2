"""How views describe themselves in the OpenAPI schema: the envelopes, and one decorator that knows all the errors.

@documented("My profile", answer=answer("ProfileAnswer", user=ProfileSerializer()))
def get(self, request): ...
"""

from collections.abc import Callable
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from accounts.api.paging import PAGE_PARAMETERS


class TokenScheme(OpenApiAuthenticationExtension):
    """`Authorization: Token <token>`, as the schema says it."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The security scheme object."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <token>`, with the token that login answered.",
        }


class ErrorSerializer(serializers.Serializer[Any]):
    """Every error's body."""

    status = serializers.ChoiceField(choices=[1])
    message = serializers.CharField(help_text="For people, in the language of Accept-Language.")
    code = serializers.CharField(help_text="For programs.")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField())
    )


ERROR_TEXTS = {
    400: "The body, a parameter or a header is not right; `errors` says which.",
    401: "No token, or it is not valid; or, at login, name or password is wrong.",
    403: "Not allowed; `banned` when an operator has shut this user out.",
    404: "There is no such thing.",
    406: "Only JSON can be answered.",
    409: "It can't be done as things stand; `code` says why.",
    413: "The body is too large.",
    415: "The body is of a type that is not taken here.",
    429: "Too often; Retry-After says when again, in seconds.",
    503: "A part of the server is away, or too busy (`busy`); Retry-After says when to try again.",
}
# Any view can answer these; those with a body or a token add their own.
ALWAYS = (400, 404, 406, 429, 503)


def answer(name: str, **fields: Any) -> serializers.Serializer[Any]:
    """The serializer of a success: the envelope and these fields."""
    envelope = {"status": serializers.ChoiceField(choices=[0]), "message": serializers.ChoiceField(choices=["ok"])}
    return inline_serializer(name, {**envelope, **fields})


def page(name: str, item: serializers.BaseSerializer[Any], *, counted: bool = True) -> serializers.Serializer[Any]:
    """The serializer of one page of `item` (pass it with `many=True`). Not `counted`: `count` may be null."""
    links = {way: serializers.CharField(allow_null=True, help_text="Path and query.") for way in ("next", "previous")}
    told = None if counted else "Null for pages with a cursor, which count nothing."
    count = serializers.IntegerField(min_value=0, allow_null=not counted, help_text=told)
    paged = answer(name, count=count, **links, results=item)
    paged.is_page = True  # type: ignore[attr-defined]
    return paged


def documented(
    summary: str,
    *,
    answer: Any,
    request: Any = None,
    status: int | tuple[int, ...] = 200,
    public: bool = False,
    errors: tuple[int, ...] = (),
    **extra: Any,
) -> Callable[[Any], Any]:
    """Describes one method of a view: what it takes, what it answers, and every error it can answer.

    `status` is that of success, or several. `public` is for views without a token. `errors` adds statuses beyond those
    any view may answer. A `page` brings its query parameters with it.
    `extra` goes to drf-spectacular's `extend_schema`.
    """
    statuses = {*ALWAYS, *errors} | ({413, 415} if request is not None else set()) | (set() if public else {401, 403})
    responses: dict[int, Any] = {code: OpenApiResponse(ErrorSerializer, ERROR_TEXTS[code]) for code in sorted(statuses)}
    options: dict[str, Any] = {"auth": []} if public else {}
    if getattr(answer, "is_page", False):
        extra["parameters"] = [*PAGE_PARAMETERS, *extra.get("parameters", [])]
    for success in (status,) if isinstance(status, int) else status:
        responses[success] = answer
    return extend_schema(summary=summary, request=request, responses=responses, **{**options, **extra})
