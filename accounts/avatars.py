"""Avatars: whatever is uploaded is decoded, bounded, and drawn anew, so that nothing but pixels remains."""

import uuid
from functools import partial
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.errors import BadImage
from accounts.models import User
from accounts.publisher import after_commit

BYTES_MAX = 2 * 1024 * 1024  # a phone's photo, scaled by the client, is a tenth of it; nginx holds a bound as well
PIXELS_MAX = 25_000_000  # decoded that is 100 MB for a moment; a decompression bomb has billions
SIDE = 256  # pixels; shown at 128 at most, twice that for dense screens
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
TOO_MANY_PIXELS = _("The picture has too many pixels.")


def set_avatar(*, user: User, upload: BinaryIO) -> User:
    """Store the picture as the user's avatar; the old file goes when that is committed. Raises `BadImage`."""
    drawn = redraw(upload.read(BYTES_MAX + 1))
    old, name = user.avatar.name, f"avatars/{uuid.uuid4().hex}.webp"
    name = default_storage.save(name, ContentFile(drawn))
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(avatar=name)
            if old:
                after_commit(partial(default_storage.delete, old))
    except BaseException:
        default_storage.delete(name)
        raise
    user.avatar.name = name
    return user


def redraw(raw: bytes) -> bytes:
    """The picture as a 256 x 256 WebP without metadata, cropped to its middle. Raises `BadImage`."""
    if len(raw) > BYTES_MAX:
        raise BadImage(_("The picture is larger than 2 MiB."))
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            _refuse(image)
            image.draft("RGB", (SIDE * 2, SIDE * 2))  # lets the JPEG decoder skip what nobody will see
            image.load()
            return _encode(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadImage(TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError) as error:
        raise BadImage(_("This is not a picture we can read. Take a JPEG, PNG or WebP.")) from error


def _refuse(image: Image.Image) -> None:
    if image.width * image.height > PIXELS_MAX:
        raise BadImage(TOO_MANY_PIXELS)
    if getattr(image, "is_animated", False):
        raise BadImage(_("The picture moves. Take a still one."))


def _encode(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    square = ImageOps.fit(upright.convert(mode), (SIDE, SIDE), Image.Resampling.LANCZOS)
    clean = Image.new(mode, (SIDE, SIDE))
    clean.paste(square)
    out = BytesIO()
    clean.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
