"""Serializer fields that take what they say and nothing else (DRF's would make `"1"` of 1 and `"True"` of true)."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.names import NAME_MAX, NAME_MIN


class Text(serializers.CharField):
    """A JSON string, kept as it is (no blanks taken off)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        """Raises `ValidationError` for anything but a string."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "minLength": NAME_MIN, "maxLength": NAME_MAX})
class Name(Text):
    """A user's name; the serializer that takes it says by `accounts.names` what that is."""


class Email(Text, serializers.EmailField):
    """An e-mail address as a JSON string."""


class Choice(serializers.ChoiceField):
    """One of some JSON strings."""

    def to_internal_value(self, data: Any) -> Any:
        """Raises `ValidationError` for anything but one of the choices itself."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)
