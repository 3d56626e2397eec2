"""Request bodies: JSON that is bounded, and that any database and any other process can store."""

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from accounts.api.errors import too_deep, too_large
from wsgateway.wire.json_depth import TooDeep, check_depth


class BoundedStream:
    """A readable stream that raises 413 past `DATA_UPLOAD_MAX_MEMORY_SIZE` bytes.

    Django holds that bound for `request.body`, but DRF reads the stream.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left = stream, settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, or all that may still come."""
        chunk = self._stream.read(self._left + 1 if size < 0 else min(size, self._left + 1))
        self._left -= len(chunk)
        if self._left < 0:
            raise too_large()
        return chunk


class StrictJSONParser(JSONParser):
    """JSON in UTF-8, whatever the charset says. Refused with 400 when it nests too deeply, or has a text with a NUL or
    half a surrogate pair in it."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The decoded body. Raises `ParseError`, or `ApiError` 400 `too_deep`, 413."""
        raw = BoundedStream(stream).read()
        try:
            check_depth(raw)  # first of all: parsers recurse, and so does what walks the values
        except TooDeep:
            raise too_deep() from None
        body = super().parse(BytesIO(raw), media_type, {**(parser_context or {}), "encoding": "utf-8"})
        if not _storable(body):
            raise ParseError(_("The JSON has a character that is none (NUL or half a surrogate pair)."))
        return body


def _storable(value: Any) -> bool:
    """Whether every text in it can be encoded as UTF-8 and has no NUL (PostgreSQL takes none)."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return all(_storable(key) and _storable(inner) for key, inner in value.items())
    return all(map(_storable, value)) if isinstance(value, list) else True
