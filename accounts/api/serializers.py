"""Bodies that the accounts API takes, and users as it shows them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import Choice, Email, Name, Text
from accounts.models import ABOUT_MAX, User
from accounts.names import normalize_name, validate_new_name
from config.languages import LANGUAGES

PASSWORD_MAX = 128  # hashing takes time by length; nobody remembers more
EMAIL_MAX = 254  # RFC 5321
ID_MAX = 2**63 - 1


def password(**kwargs: Any) -> Text:
    """A password field; its text comes back nowhere."""
    return Text(max_length=PASSWORD_MAX, write_only=True, style={"input_type": "password"}, **kwargs)


class ProfileSerializer(serializers.ModelSerializer[User]):
    """A user as he sees himself. `account` in coins; `avatar` a path on this host, or null.

    `new_email` waits for the link that was mailed there; empty when none does.
    """

    avatar = serializers.SerializerMethodField()
    language = serializers.ChoiceField(choices=list(LANGUAGES.items()))
    email_confirmed = serializers.BooleanField(read_only=True)
    new_email = serializers.CharField(read_only=True)  # not of format `email`: it may be empty

    class Meta:
        model = User
        fields = (
            "id", "name", "email", "email_confirmed", "new_email", "language", "about", "avatar", "account", "rating",
            "date_joined",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_avatar(self, user: User) -> str | None:
        """Path of the picture."""
        return user.avatar.url if user.avatar else None


class RegistrationSerializer(serializers.Serializer[Any]):
    """`language` is that of Accept-Language when it is left out."""

    name = Name()
    password = password()
    email = Email(max_length=EMAIL_MAX)
    language = Choice(choices=list(LANGUAGES.items()), required=False)

    def validate_name(self, name: str) -> str:
        """What may be taken now."""
        validate_new_name(name)
        return name


class LoginSerializer(serializers.Serializer[Any]):
    """`name` may hold the e-mail."""

    name = Text(max_length=EMAIL_MAX)
    password = password()


class ProfileChangeSerializer(serializers.Serializer[Any]):
    """What is left out stays as it is. The address has a request of its own."""

    name = Name(required=False)
    language = Choice(choices=list(LANGUAGES.items()), required=False)
    about = Text(max_length=ABOUT_MAX, allow_blank=True, required=False)

    def validate_name(self, name: str) -> str:
        """The name one has may stay when the rules have become stricter."""
        if normalize_name(name) != self.context["request"].user.name:
            validate_new_name(name)
        return name

    def validate(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Says where the address is changed, rather than leaving it as it is without a word."""
        if "email" in self.initial_data:
            raise serializers.ValidationError({"email": [_("Change it by POST profile/email, with the password.")]})
        return changes


class EmailChangeSerializer(serializers.Serializer[Any]):
    """The address that is wanted, and the password that one has now."""

    email = Email(max_length=EMAIL_MAX)
    password = password()


class EmailConfirmSerializer(serializers.Serializer[Any]):
    """`token` is in the link that was mailed."""

    token = Text(max_length=200)


class AvatarSerializer(serializers.Serializer[Any]):
    """A JPEG, PNG or WebP of at most 2 MiB."""

    avatar = serializers.FileField()


class PasswordChangeSerializer(serializers.Serializer[Any]):
    """Both are needed."""

    old_password = password()
    new_password = password()


class PasswordResetSerializer(serializers.Serializer[Any]):
    """Where the link is to go."""

    email = Email(max_length=EMAIL_MAX)


class PasswordResetConfirmSerializer(serializers.Serializer[Any]):
    """`uid` and `token` are in the link that was mailed."""

    uid = Text(max_length=32)
    token = Text(max_length=100)
    password = password()


class OnlineSerializer(serializers.Serializer[Any]):
    """Somebody who is online."""

    id = serializers.IntegerField(min_value=1, max_value=ID_MAX)
    name = serializers.CharField()
