"""Registration and what one does with one's own account."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import get_language
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, DateTimeField

from accounts import addresses, avatars, places, resets, selectors, services, tasks, tokens
from accounts.api import serializers as bodies
from accounts.api import throttles
from accounts.api.base import ApiView, Page, PublicView
from accounts.api.schema import answer, documented, page
from accounts.credentials import check_credentials
from accounts.errors import Undeliverable
from accounts.names import email_key
from config.languages import CODES

logger = logging.getLogger(__name__)

USER_ANSWER = answer("UserAnswer", user=bodies.ProfileSerializer())
DONE = answer("DoneAnswer")


def shown(user: Any) -> dict[str, Any]:
    """The `user` of an answer."""
    return {"user": bodies.ProfileSerializer(user).data}


class Registration(PublicView):
    """Become a player."""

    throttle_classes = [throttles.RegistrationByAddress]

    @documented("Register", request=bodies.RegistrationSerializer, answer=USER_ANSWER, status=201, public=True)
    def post(self, request: Request) -> Response:
        """Names are unique whatever their case and script. A link to confirm the address is mailed; the answer is the
        same for any address. No token: log in next.
        """
        body = {"language": _accepted_language(), **self.read(bodies.RegistrationSerializer)}
        user = services.register_user(**body)
        _mail_if_possible(partial(tasks.queue_confirmation, user))
        return Response(shown(user), 201)


class Login(PublicView):
    """Get a token."""

    @documented(
        "Log in",
        request=bodies.LoginSerializer,
        answer=answer("LoginAnswer", token=CharField(), expiry=DateTimeField(), user=bodies.ProfileSerializer()),
        public=True,
        errors=(401, 403),
    )
    def post(self, request: Request) -> Response:
        """By name or e-mail, both in `name`. Send the token as `Authorization: Token <token>`.

        The cookie `known_device` opens nothing; a client that keeps it is not held up by others who guess at the name.
        """
        body = self.read(bodies.LoginSerializer)
        plain = request._request  # what axes and the login signals work with
        user = check_credentials(plain, **body)
        token, text = services.log_in(user=user, password=body["password"])
        expiry = DateTimeField().to_representation(token.expiry)
        response = Response({"token": text, "expiry": expiry, **shown(user)})
        places.remember(plain, response, user)
        return response


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
        """All tokens of the user are dead and all sockets closed; an operator's session ends too."""
        services.log_out_everywhere(user=self.user)
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
    throttle_classes = [throttles.AvatarByUser]

    @documented("Upload my picture", request={"multipart/form-data": bodies.AvatarSerializer}, answer=USER_ANSWER)
    def post(self, request: Request) -> Response:
        """Decoded and drawn anew as a 256 x 256 WebP; nothing else that was in the file is kept."""
        upload = self.read(bodies.AvatarSerializer)["avatar"]
        return Response(shown(avatars.set_avatar(user=self.user, upload=upload)))


class PasswordChange(ApiView):
    """A new password, knowing the old one."""

    @documented("Change my password", request=bodies.PasswordChangeSerializer, answer=DONE)
    def post(self, request: Request) -> Response:
        """Every other token is dead, its sockets closed; this one goes on."""
        body = self.read(bodies.PasswordChangeSerializer)
        services.change_password(
            user=self.user, old=body["old_password"], new=body["new_password"], keep=self.token.digest
        )
        return Response({})


class EmailChange(ApiView):
    """Another address, or the same one's link once more."""

    throttle_classes = [throttles.EmailByUser]

    @documented("Change my address", request=bodies.EmailChangeSerializer, answer=DONE)
    def post(self, request: Request) -> Response:
        """The same answer for any address. It takes effect by the link that is mailed there; the old one is told."""
        addresses.ask_for_email(user=self.user, **self.read(bodies.EmailChangeSerializer))
        tasks.queue_asked_change(self.user)
        return Response({})


class EmailConfirm(PublicView):
    """Use the link of the mail."""

    throttle_classes = [throttles.ConfirmByAddress]

    @documented("Confirm an address", request=bodies.EmailConfirmSerializer, answer=DONE, public=True)
    def post(self, request: Request) -> Response:
        """The link works once, for three days, as long as the password and the wish stay what they were."""
        user, old = addresses.confirm_email(**self.read(bodies.EmailConfirmSerializer))
        _mail_if_possible(partial(tasks.queue_change, user, old))
        return Response({})


class PasswordReset(PublicView):
    """A new password, having forgotten the old one."""

    @documented("Ask for a reset link", request=bodies.PasswordResetSerializer, answer=DONE, public=True)
    def post(self, request: Request) -> Response:
        """The same answer, by the same work, for any address; the worker looks whether it is known, and mails."""
        email = email_key(self.read(bodies.PasswordResetSerializer)["email"])
        resets.count_request(request)
        if resets.may_mail(email):
            tasks.queue_password_reset(email)
        return Response({})


class PasswordResetConfirm(PublicView):
    """Use the link of the mail."""

    @documented("Set a new password", request=bodies.PasswordResetConfirmSerializer, answer=DONE, public=True)
    def post(self, request: Request) -> Response:
        """The link works once, for an hour. Every token of the user is dead and every socket closed."""
        body = self.read(bodies.PasswordResetConfirmSerializer)
        with resets.counting_links(request):
            services.reset_password(**body)
        return Response({})


class Online(ApiView):
    """Who is here."""

    pagination_class = Page

    @documented("Who is online", answer=page("OnlinePage", bodies.OnlineSerializer(many=True)))
    def get(self, request: Request) -> Response:
        """Everybody with an open socket, by name."""
        users = self.paginate_queryset(selectors.online_users()) or []
        return self.get_paginated_response([{"id": user_id, "name": name} for user_id, name in users])


def _mail_if_possible(queue: Callable[[], None]) -> None:
    """What was asked for is done; that no mail can go out now must not make it an error."""
    try:
        queue()
    except Undeliverable:
        logger.warning("a mail was not queued: the broker is away")


def _accepted_language() -> str:
    """The language of the request (LocaleMiddleware reads Accept-Language), if a user may have it, else the first."""
    language = (get_language() or "en")[:2]
    return language if language in CODES else CODES[0]
