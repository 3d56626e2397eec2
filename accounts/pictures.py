"""Whatever is uploaded as a picture is looked at, decoded and drawn anew, so that nothing but pixels remains.

Size, frames and scans are read from the file's own header first: decoders reserve memory by what a header says, a
thousand times the bytes that came. Pillow is given no metadata of a JPEG: it would unpack it while opening the file.
"""

import struct
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, PngImagePlugin, UnidentifiedImageError

from accounts.errors import BadImage
from accounts.limits import AVATAR_BYTES, AVATAR_PIXELS, AVATAR_SCANS, AVATAR_SIDE, AVATAR_TEXT_BYTES
from config.images import UPRIGHT, orientation

SIDE = 256  # pixels of what is stored; shown at 128 at most, twice that for dense screens
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85

TOO_MANY_PIXELS = _("The picture has too many pixels.")
UNREADABLE = _("This is not a picture we can read. Take a JPEG, PNG or WebP.")
MOVES = _("The picture moves. Take a still one.")

#: segments of a JPEG that Pillow gets: JFIF and Adobe say how colours are meant, the others are metadata
JPEG_APPS = (0xE0, 0xEE)

# what a PNG's texts may unpack to, all together; Pillow's own bound is 64 times that
PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = AVATAR_TEXT_BYTES


def redraw(raw: bytes) -> bytes:
    """The picture as a 256 x 256 WebP without metadata, cropped to its middle. Raises `BadImage`."""
    if len(raw) > AVATAR_BYTES:
        raise BadImage(_("The picture is larger than 2 MiB."))
    try:
        raw, exif = _without_metadata(raw) if raw.startswith(b"\xff\xd8") else (raw, b"")
        _refuse_webp(raw)
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            _refuse_size(image.width, image.height)
            if getattr(image, "is_animated", False):
                raise BadImage(MOVES)
            turned = orientation(exif or image.info.get("exif", b""))
            image.draft("RGB", (SIDE * 2, SIDE * 2))  # lets the JPEG decoder skip what nobody will see
            image.load()
            return _encode(image, turned)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, IndexError, struct.error, MemoryError) as error:
        raise BadImage(UNREADABLE) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadImage(TOO_MANY_PIXELS) from None


def _refuse_size(width: int, height: int) -> None:
    if max(width, height) > AVATAR_SIDE or width * height > AVATAR_PIXELS:
        raise BadImage(TOO_MANY_PIXELS)


def _refuse_webp(raw: bytes) -> None:
    """By the header (RFC 9649), because Pillow reserves two canvases of its size when it opens the file."""
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        return
    kind, head = raw[12:16], raw[20:30]
    if kind == b"VP8X":
        if head[0] & 0x02:
            raise BadImage(MOVES)
        _refuse_size(int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1)
    elif kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        _refuse_size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    elif kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", head, 6)
        _refuse_size(width & 0x3FFF, height & 0x3FFF)
    else:
        raise BadImage(UNREADABLE)


def _without_metadata(raw: bytes) -> tuple[bytes, bytes]:
    """A JPEG without its metadata, and its EXIF. Raises `BadImage` for too many scans, `struct.error` for nonsense."""
    if raw.count(b"\xff\xda") > AVATAR_SCANS:
        raise BadImage(UNREADABLE)
    kept, exif, at = [raw[:2]], b"", 2
    while (marker := raw[at + 1]) != 0xDA:  # start of the first scan: the rest is pixels
        if marker == 0xFF:  # padding
            at += 1
            continue
        (size,) = struct.unpack_from(">H", raw, at + 2)
        if raw[at] != 0xFF or size < 2:
            raise BadImage(UNREADABLE)
        segment = raw[at : at + 2 + size]
        if not 0xE0 <= marker <= 0xFE or marker in JPEG_APPS:
            kept.append(segment)
        elif segment[4:10] == b"Exif\0\0":
            exif = exif or segment[4:]
        at += 2 + size
    return b"".join([*kept, raw[at:]]), exif


def _encode(image: Image.Image, turned: int) -> bytes:
    mode = "RGBA" if image.has_transparency_data else "RGB"
    square = ImageOps.fit(image if image.mode == mode else image.convert(mode), (SIDE, SIDE), Image.Resampling.LANCZOS)
    if turned in UPRIGHT:  # after the crop: the middle is the same, and far smaller
        square = square.transpose(UPRIGHT[turned])
    clean = Image.new(mode, (SIDE, SIDE))
    clean.paste(square)
    out = BytesIO()
    clean.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
