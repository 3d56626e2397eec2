"""Pictures from strangers, opened within bounds: what the file's own header says is looked at before anything is
decoded, no metadata reaches the decoder, and a process decodes one picture at a time.

Decoders reserve memory by what a header says, a thousand times the bytes that came; and Pillow unpacks metadata while
it opens a file.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import BoundedSemaphore
from typing import Literal

from PIL import Image, PngImagePlugin, UnidentifiedImageError

from config import limits

FORMATS = ("JPEG", "PNG", "WEBP")
ORIENTATION = 0x0112  # the tag of EXIF that says how a phone was held
UPRIGHT: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: segments of a JPEG that Pillow gets: JFIF and Adobe say how colours are meant, the others are metadata
JPEG_APPS = (0xE0, 0xEE)

#: one picture at a time in this process: its threads together then cost no more memory than one of them
_turn = BoundedSemaphore(1)

# Pillow's own bound is 64 times that
PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = limits.PICTURE_TEXT_BYTES


class UnreadablePicture(Exception):  # noqa: N818 - a fact about a file
    """It is none of the pictures we take: no picture, too many pixels, a moving one; or no turn came in time."""

    def __init__(self, why: Literal["format", "pixels", "moves", "busy"]) -> None:
        super().__init__(why)
        self.why = why


@contextmanager
def decoded(raw: bytes, *, shown: tuple[int, int]) -> Iterator[Image.Image]:
    """The picture within `shown` (width, height), upright, RGB or RGBA, without metadata, its `format` as it came.

    No other picture is decoded in this process until the block is left. Raises `UnreadablePicture`.
    """
    if not _turn.acquire(timeout=limits.PICTURE_WAIT_S):
        raise UnreadablePicture("busy")
    try:
        yield _decode(raw, shown)
    finally:
        _turn.release()


def _decode(raw: bytes, shown: tuple[int, int]) -> Image.Image:
    try:
        raw, exif = _without_metadata(raw) if raw.startswith(b"\xff\xd8") else (raw, b"")
        _refuse_webp(raw)
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            _refuse_size(image.width, image.height)
            if getattr(image, "is_animated", False):
                raise UnreadablePicture("moves")
            turned = orientation(exif or image.info.get("exif", b""))
            box = shown[::-1] if turned >= 5 else shown  # these lie on their side
            image.draft("RGB", box)  # lets the JPEG decoder skip what nobody will see
            image.load()
            return _clean(image, box, turned)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, IndexError, struct.error, MemoryError) as error:
        raise UnreadablePicture("format") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadablePicture("pixels") from None


def _clean(image: Image.Image, box: tuple[int, int], turned: int) -> Image.Image:
    kept, mode = image.format, "RGBA" if image.has_transparency_data else "RGB"
    clean = image if image.mode == mode else image.convert(mode)
    clean.thumbnail(box, Image.Resampling.LANCZOS)
    if turned in UPRIGHT:  # when it is small
        clean = clean.transpose(UPRIGHT[turned])
    drawn = Image.new(mode, clean.size)
    drawn.paste(clean)
    drawn.format = kept
    return drawn


def orientation(exif: bytes) -> int:
    """How the picture lies, 1 to 8, from the first directory of its EXIF; 1 when that does not say.

    Read here and by nobody else: a directory may name the same bytes thousands of times, and Pillow copies each.
    """
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}L", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for index in range(count):
            tag, _kind, _number, value = struct.unpack_from(f"{order}HHLH", tiff, start + 2 + 12 * index)
            if tag == ORIENTATION:
                return value if value in UPRIGHT else 1
    except struct.error:
        pass
    return 1


def _refuse_size(width: int, height: int) -> None:
    if max(width, height) > limits.PICTURE_SIDE or width * height > limits.PICTURE_PIXELS:
        raise UnreadablePicture("pixels")


def _refuse_webp(raw: bytes) -> None:
    """By the header (RFC 9649), because Pillow reserves two canvases of its size when it opens the file."""
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        return
    kind, head = raw[12:16], raw[20:30]
    if kind == b"VP8X":
        if head[0] & 0x02:
            raise UnreadablePicture("moves")
        _refuse_size(int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1)
    elif kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        _refuse_size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    elif kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", head, 6)
        _refuse_size(width & 0x3FFF, height & 0x3FFF)
    else:
        raise UnreadablePicture("format")


def _without_metadata(raw: bytes) -> tuple[bytes, bytes]:
    """A JPEG without its metadata, and its EXIF. Raises for too many scans, `struct.error` for nonsense."""
    if raw.count(b"\xff\xda") > limits.PICTURE_SCANS:
        raise UnreadablePicture("format")
    kept, exif, at = [raw[:2]], b"", 2
    while (marker := raw[at + 1]) != 0xDA:  # start of the first scan: the rest is pixels
        if marker == 0xFF:  # padding
            at += 1
            continue
        (size,) = struct.unpack_from(">H", raw, at + 2)
        if raw[at] != 0xFF or size < 2:
            raise UnreadablePicture("format")
        segment = raw[at : at + 2 + size]
        if not 0xE0 <= marker <= 0xFE or marker in JPEG_APPS:
            kept.append(segment)
        elif segment[4:10] == b"Exif\0\0":
            exif = exif or segment[4:]
        at += 2 + size
    return b"".join([*kept, raw[at:]]), exif
