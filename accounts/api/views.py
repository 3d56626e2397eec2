"""Registration and what one does with one's own account."""

from typing import Any

from django.utils.translation import get_language
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, DateTimeField

from accounts import avatars, selectors, services, tokens
from accounts.api import serializers as bodies
from accounts.api import throttles
from accounts.api.base import ApiView, Page, PublicView
from accounts.api.login import check_credentials
from accounts.api.schema import answer, documented, page
from accounts.models import Language
from accounts.names import email_key
from accounts.tasks import queue_password_reset

USER_ANSWER = answer("UserAnswer", user=bodies.ProfileSerializer())
DONE = answer("DoneAnswer")


def shown(user: Any) -> dict[str, Any]:
    """The `user` of an answer."""
    return {"user": bodies.ProfileSerializer(user).data}


class Registration(PublicView):
    """Become a player."""

    throttle_classes = [throttles.RegistrationByAddress, throttles.RegistrationByAccount]

    @documented("Register", request=bodies.RegistrationSerializer, answer=USER_ANSWER, status=201, public=True)
    def post(self, request: Request) -> Response:
        """Names are unique whatever their case and script, addresses whatever their case. No token: log in next."""
        body = {"language": _accepted_language(), **self.read(bodies.RegistrationSerializer)}
        return Response(shown(services.register_user(**body)), 201)


class Login(PublicView):
    """Get a token."""

    throttle_classes = [throttles.LoginByAddress, throttles.LoginByAccount]

    @documented(
        "Log in",
        request=bodies.LoginSerializer,
        answer=answer("LoginAnswer", token=CharField(), expiry=DateTimeField(), user=bodies.ProfileSerializer()),
        public=True,
        errors=(401, 403),
    )
    def post(self, request: Request) -> Response:
        """By name or e-mail, both in `name`. Send the token as `Authorization: Token <token>`."""
        user = check_credentials(request, **self.read(bodies.LoginSerializer))
        token, text = services.log_in(user=user)
        return Response({"token": text, "expiry": DateTimeField().to_representation(token.expiry), **shown(user)})


class Logout(ApiView):
    """End this token."""

    @documented("Log out", answer=DONE)
    def post(self, request: Request) -> Response:
        """The token is dead and its sockets are closed."""
        tokens.revoke_token(token=self.token)
        return Response({})


class LogoutAll(ApiView):
    """End all my tokens."""

    @documented("Log out everywhere", answer=DONE)
    def post(self, request: Request) -> Response:
        """All tokens of the user are dead and all his sockets closed."""
        tokens.revoke_all_tokens(user=self.user)
        return Response({})


class Profile(ApiView):
    """Who I am."""

    @documented("My profile", answer=USER_ANSWER)
    def get(self, request: Request) -> Response:
        """The user whose token this is."""
        return Response(shown(self.user))

    @documented("Change my profile", request=bodies.ProfileChangeSerializer, answer=USER_ANSWER)
    def patch(self, request: Request) -> Response:
        """Fields that are left out stay as they are."""
        changes = self.read(bodies.ProfileChangeSerializer)
        return Response(shown(services.update_profile(user=self.user, **changes)))


class Avatar(ApiView):
    """My picture."""

    parser_classes = [MultiPartParser]

    @documented("Upload my picture", request={"multipart/form-data": bodies.AvatarSerializer}, answer=USER_ANSWER)
    def post(self, request: Request) -> Response:
        """Decoded and drawn anew as a 256 x 256 WebP; nothing else that was in the file is kept."""
        upload = self.read(bodies.AvatarSerializer)["avatar"]
        return Response(shown(avatars.set_avatar(user=self.user, upload=upload)))


class PasswordChange(ApiView):
    """A new password, knowing the old one."""

    throttle_classes = [throttles.LoginByAddress]

    @documented("Change my password", request=bodies.PasswordChangeSerializer, answer=DONE)
    def post(self, request: Request) -> Response:
        """Every other token is dead, its sockets closed; this one goes on."""
        body = self.read(bodies.PasswordChangeSerializer)
        services.change_password(
            user=self.user, old=body["old_password"], new=body["new_password"], keep=self.token.digest
        )
        return Response({})


class PasswordReset(PublicView):
    """A new password, having forgotten the old one."""

    throttle_classes = [throttles.ResetByAddress, throttles.ResetByAccount]

    @documented("Ask for a reset link", request=bodies.PasswordResetSerializer, answer=DONE, public=True)
    def post(self, request: Request) -> Response:
        """The same answer, by the same work, for any address; the worker looks whether it is known, and mails."""
        queue_password_reset(email_key(self.read(bodies.PasswordResetSerializer)["email"]))
        return Response({})


class PasswordResetConfirm(PublicView):
    """Use the link of the mail."""

    throttle_classes = [throttles.ResetByAddress]

    @documented("Set a new password", request=bodies.PasswordResetConfirmSerializer, answer=DONE, public=True)
    def post(self, request: Request) -> Response:
        """The link works once, for an hour. Every token of the user is dead and every socket closed."""
        services.reset_password(**self.read(bodies.PasswordResetConfirmSerializer))
        return Response({})


class Online(ApiView):
    """Who is here."""

    pagination_class = Page

    @documented("Who is online", answer=page("OnlinePage", bodies.OnlineSerializer(many=True)))
    def get(self, request: Request) -> Response:
        """Everybody with an open socket, by name."""
        users = self.paginate_queryset(selectors.online_users()) or []
        return self.get_paginated_response([{"id": user_id, "name": name} for user_id, name in users])


def _accepted_language() -> str:
    """The language of the request (LocaleMiddleware reads Accept-Language) if a user may have it, else English."""
    language = (get_language() or "en")[:2]
    return language if language in Language.values else Language.EN
