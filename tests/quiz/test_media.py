"""Pictures, sounds and films of questions: what is taken, and what is left of it."""

import hashlib
import random
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from quiz import limits
from quiz.media import LOSSLESS_BYTES, BadMedia, Kind, is_stored_name, prepare_media

MP3 = b"\xff\xfb\x90\x64" + b"\0" * 60
OGG = b"OggS\0\2" + b"\0" * 20 + b"\1\x13"
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, form, **options)
    return out.getvalue()


def mp4(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\2\0" + brand


def refused(kind: Kind, raw: bytes) -> str:
    with pytest.raises(BadMedia) as caught:
        prepare_media(kind, raw)
    return str(caught.value)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_picture_becomes_a_webp_named_by_what_was_given(form: str):
    raw = picture(form)
    name, content = prepare_media("image", raw)
    assert (name, is_stored_name(name)) == (f"questions/{hashlib.sha256(raw).hexdigest()}.webp", True)
    with Image.open(BytesIO(content)) as stored:
        assert (stored.format, stored.size) == ("WEBP", (40, 30))


def test_picture_keeps_no_metadata():
    exif = Image.Exif()
    exif[0x010E] = "The Eiffel Tower"
    raw = picture("JPEG", exif=exif, comment=b"The Eiffel Tower")
    _, content = prepare_media("image", raw)
    assert (b"Eiffel" in raw, b"Eiffel" in content, b"EXIF" in content) == (True, False, False)


def test_drawing_stays_sharp_to_the_pixel_and_a_photograph_small():
    drawing = Image.new("RGB", (64, 64), "white")
    drawing.putpixel((31, 31), (255, 0, 0))
    out = BytesIO()
    drawing.save(out, "PNG")
    with Image.open(BytesIO(prepare_media("image", out.getvalue()).content)) as stored:
        assert stored.convert("RGB").tobytes() == drawing.tobytes()
    noise = Image.frombytes("RGB", (600, 600), random.Random(7).randbytes(600 * 600 * 3))
    out = BytesIO()
    noise.save(out, "PNG")
    assert len(prepare_media("image", out.getvalue()).content) < LOSSLESS_BYTES < len(out.getvalue())


@pytest.mark.parametrize(
    ("kind", "raw", "suffix"),
    [
        ("audio", MP3, "mp3"),
        ("audio", b"ID3\x04\0\0\0\0\0\0" + MP3, "mp3"),
        ("audio", OGG + b"OpusHead", "ogg"),
        ("audio", OGG + b"\1vorbis", "ogg"),
        ("audio", mp4(b"M4A "), "m4a"),
        ("video", mp4(b"isom"), "mp4"),
        ("video", mp4(b"mp42"), "mp4"),
        ("video", WEBM, "webm"),
    ],
)
def test_sound_and_film_are_kept_as_they_are_and_named_by_their_container(kind: Kind, raw: bytes, suffix: str):
    assert prepare_media(kind, raw) == (f"questions/{hashlib.sha256(raw).hexdigest()}.{suffix}", raw)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("audio", b""),
        ("audio", b"<html><script>alert(1)</script>"),
        ("audio", b"\xff\xff\xff\xff"),
        ("audio", b"\xff\xf1\x50\x80"),
        ("audio", b"ID3"),
        ("audio", OGG + b"\x80theora"),
        ("audio", b"RIFF\0\0\0\0WAVEfmt "),
        ("audio", mp4(b"isom")),
        ("video", mp4(b"M4A ")),
        ("video", mp4(b"heic")),
        ("video", WEBM.replace(b"\x84webm", b"\x88matroska")),
        ("video", b"GIF89a"),
        ("video", picture()),
    ],
)
def test_other_containers_are_refused(kind: Kind, raw: bytes):
    said = {"audio": "This is not a sound we can serve. Take an MP3, Ogg (Vorbis, Opus) or M4A.",
            "video": "This is not a film we can serve. Take an MP4 or WebM."}  # fmt: skip
    assert refused(kind, raw) == said[kind]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (MP3, "This is not a picture we can read. Take a JPEG, PNG or WebP."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is not a picture we can read. Take a JPEG, PNG or WebP."),
        (picture(size=(8193, 1)), "The picture has more than 6 megapixels, or a side of more than 8192 pixels."),
    ],
)
def test_other_pictures_are_refused_with_what_to_do(raw: bytes, said: str):
    assert refused("image", raw) == said


@pytest.mark.parametrize(
    ("kind", "bound", "said"),
    [
        ("image", limits.IMAGE_BYTES, "The picture is larger than 8 MiB."),
        ("audio", limits.AUDIO_BYTES, "The sound is larger than 5 MiB."),
        ("video", limits.VIDEO_BYTES, "The film is larger than 12 MiB."),
    ],
)
def test_bytes_at_their_limit_and_over(kind: Kind, bound: int, said: str):
    whole = {"image": picture(), "audio": MP3, "video": mp4(b"isom")}[kind]
    filled = whole + b"\0" * (bound - len(whole))
    assert is_stored_name(prepare_media(kind, filled).name)
    assert refused(kind, filled + b"\0") == said


@pytest.mark.parametrize(
    "name",
    ["", "https://example.org/a.webp", "avatars/" + "0" * 32 + ".webp", "questions/../a.webp", "questions/" + "0" * 64,
     "questions/" + "0" * 64 + ".svg", "questions/" + "0" * 64 + ".webp\n"],
)  # fmt: skip
def test_names_we_did_not_make_are_told_apart(name: str):
    assert not is_stored_name(name)
