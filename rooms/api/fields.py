"""Serializer fields that take what they say and nothing else."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from rooms.limits import PLAYER_BYTES

ID_MAX = 2**63 - 1


class Whole(serializers.IntegerField):
    """A JSON number without a fraction; DRF's own would take a text of digits."""

    def to_internal_value(self, data: Any) -> int:
        """Raises `ValidationError` for anything else."""
        if (
            isinstance(data, bool)
            or not isinstance(data, int | float)
            or (isinstance(data, float) and not data.is_integer())
        ):
            self.fail("invalid")
        return super().to_internal_value(int(data))


class Flag(serializers.BooleanField):
    """true or false; DRF's own would take texts and numbers too."""

    def to_internal_value(self, data: Any) -> bool:
        """Raises `ValidationError` for anything else."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


@extend_schema_field({"type": "object", "additionalProperties": {}, "nullable": True})
class PlayerField(serializers.DictField):
    """What the client wants others to know of its player: any JSON object of at most 1 KiB, or null."""

    default_error_messages = {"too_long": _("At most {limit} bytes of JSON.")}

    def __init__(self, **kwargs: Any) -> None:
        about = f"Shown to the others in `players`; at most {PLAYER_BYTES} bytes of JSON."
        super().__init__(**{"required": False, "allow_null": True, "help_text": about, **kwargs})

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Raises `ValidationError` for anything but a small object."""
        if not isinstance(data, dict):
            self.fail("not_a_dict", input_type=type(data).__name__)
        if len(msgspec.json.encode(data)) > PLAYER_BYTES:
            self.fail("too_long", limit=PLAYER_BYTES)
        return data
