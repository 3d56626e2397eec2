"""What every view of the product stands on: one envelope, and one set of rules for bodies."""

from typing import Any, cast

from knox.models import AuthToken
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from accounts.api.paging import Page
from accounts.api.parsers import StrictJSONParser
from accounts.authentication import TokenAuthentication
from accounts.models import User

__all__ = ["ApiView", "Page", "PublicView"]

SUCCESS = {"status": 0, "message": "ok"}


class ApiView(GenericAPIView):
    """Base of every view. Return `Response({...})`; the success envelope is added, errors get theirs by raising."""

    parser_classes = [StrictJSONParser]
    metadata_class = None  # OPTIONS is not served: the schema describes us

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Puts `status` 0 and `message` before the fields of a success."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code < 400 and isinstance(response.data, dict):
            response.data = {**SUCCESS, **response.data}
        return response

    def get_authenticate_header(self, request: Request) -> str:
        """A 401 always says how to authenticate, on login too (DRF would make it a 403 there)."""
        return TokenAuthentication.scheme()

    def check_throttles(self, request: Request) -> None:
        """The first that refuses ends it. DRF asks them all, and each one that is asked counts: whoever is over the
        limit of their own address would go on using up everybody else's."""
        for throttle in self.get_throttles():
            if not throttle.allow_request(request, self):
                self.throttled(request, throttle.wait() or 0)

    @property
    def user(self) -> User:
        """Who is asking (views with a token only)."""
        return cast(User, self.request.user)

    @property
    def token(self) -> AuthToken:
        """With what token."""
        return cast(AuthToken, self.request.auth)

    def read(self, serializer_class: type[BaseSerializer[Any]], **kwargs: Any) -> dict[str, Any]:
        """The validated body. Raises `ValidationError` (400), also when the body is not an object."""
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context(), **kwargs)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def read_query(self, serializer_class: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The validated query parameters. Raises `ValidationError` (400)."""
        serializer = serializer_class(data=self.request.query_params.dict(), context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


class PublicView(ApiView):
    """A view for people who have no token yet; a token that comes along is not looked at."""

    authentication_classes = []
    permission_classes = [AllowAny]
