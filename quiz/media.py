"""Pictures, sounds and films of questions: what is taken, and what becomes of it. Nothing is stored here.

A picture is drawn anew, so that nothing but pixels remains. A sound or a film is kept as it is (we bring no decoder):
its container must be one of those below by its own first bytes, and it is served as that and nothing else.
"""

import hashlib
import re
from collections.abc import Callable
from io import BytesIO
from typing import Literal, NamedTuple

from django.utils.translation import gettext_lazy as _

from config.images import UnreadablePicture, decoded
from quiz import limits

Kind = Literal["image", "audio", "video"]
KINDS: tuple[Kind, ...] = ("image", "audio", "video")

FOLDER = "questions"
#: twice what a board shows, for dense screens
SHOWN = (1600, 1200)
QUALITY = 85
#: a drawing stays sharp to the pixel as long as that costs no more than this; beyond it is a photograph
LOSSLESS_BYTES = 400 * 1024

_STORED = re.compile(rf"{FOLDER}/[0-9a-f]{{64}}\.(webp|mp3|ogg|m4a|mp4|webm)")
_MOVING = ("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash")

PICTURE_PROBLEMS = {
    "format": _("This is not a picture we can read. Take a JPEG, PNG or WebP."),
    "pixels": _("The picture has more than 6 megapixels, or a side of more than 8192 pixels."),
    "moves": _("The picture moves. Take a still one."),
    "busy": _("Many pictures are being drawn at this moment. Try again."),
}
PROBLEMS = {
    "audio": _("This is not a sound we can serve. Take an MP3, Ogg (Vorbis, Opus) or M4A."),
    "video": _("This is not a film we can serve. Take an MP4 or WebM."),
}
TOO_LARGE = {
    "image": _("The picture is larger than 8 MiB."),
    "audio": _("The sound is larger than 5 MiB."),
    "video": _("The film is larger than 12 MiB."),
}
BYTES: dict[Kind, int] = {"image": limits.IMAGE_BYTES, "audio": limits.AUDIO_BYTES, "video": limits.VIDEO_BYTES}


class BadMedia(Exception):  # noqa: N818 - a fact about a file
    """The file is none we take; its text is for a person, in their language."""


class Prepared(NamedTuple):
    """A file ready to be stored. The name comes from the bytes that were given, so the same file is stored once."""

    name: str
    content: bytes


def prepare_media(kind: Kind, raw: bytes) -> Prepared:
    """What is to be stored of a file. Raises `BadMedia`."""
    if len(raw) > BYTES[kind]:
        raise BadMedia(TOO_LARGE[kind])
    if kind == "image":
        return Prepared(_name(raw, "webp"), _redraw(raw))
    suffix = next((suffix for suffix, is_it in _CONTAINERS[kind].items() if is_it(raw)), None)
    if suffix is None:
        raise BadMedia(PROBLEMS[kind])
    return Prepared(_name(raw, suffix), raw)


def is_stored_name(name: str) -> bool:
    """Whether `prepare_media` made that name; an address of another site is none."""
    return _STORED.fullmatch(name) is not None


def _name(raw: bytes, suffix: str) -> str:
    return f"{FOLDER}/{hashlib.sha256(raw).hexdigest()}.{suffix}"


def _redraw(raw: bytes) -> bytes:
    try:
        with decoded(raw, shown=SHOWN) as picture:
            if picture.format == "PNG":
                drawing = BytesIO()
                picture.save(drawing, "WEBP", lossless=True)
                if drawing.tell() <= LOSSLESS_BYTES:
                    return drawing.getvalue()
            photograph = BytesIO()
            picture.save(photograph, "WEBP", quality=QUALITY)
            return photograph.getvalue()
    except UnreadablePicture as error:
        raise BadMedia(PICTURE_PROBLEMS[error.why]) from error


def _is_mp3(raw: bytes) -> bool:
    """ID3v2, or a frame of MPEG-1/2 layer III with a bit rate and a sampling rate that exist."""
    if raw[:3] == b"ID3":
        return len(raw) > 10 and raw[3] in (2, 3, 4)
    if len(raw) < 4 or raw[0] != 0xFF:
        return False
    version, layer, rate, sampling = raw[1] >> 3 & 3, raw[1] >> 1 & 3, raw[2] >> 4, raw[2] >> 2 & 3
    return raw[1] >> 5 == 7 and version != 1 and layer == 1 and rate not in (0, 15) and sampling != 3


def _is_ogg_audio(raw: bytes) -> bool:
    """The first packet of the first page names the codec (RFC 3533, RFC 7845)."""
    return raw[:4] == b"OggS" and raw[28:36].startswith((b"OpusHead", b"\x01vorbis"))


def _brand(raw: bytes) -> str:
    return raw[8:12].decode("latin-1") if raw[4:8] == b"ftyp" else ""


def _is_webm(raw: bytes) -> bool:
    """EBML whose DocType (element 0x4282) is webm; Matroska at large is played by few browsers."""
    return raw[:4] == b"\x1a\x45\xdf\xa3" and b"\x42\x82\x84webm" in raw[:64]


_CONTAINERS: dict[Kind, dict[str, Callable[[bytes], bool]]] = {
    "audio": {"mp3": _is_mp3, "ogg": _is_ogg_audio, "m4a": lambda raw: _brand(raw) == "M4A "},
    "video": {"mp4": lambda raw: _brand(raw) in _MOVING, "webm": _is_webm},
}
