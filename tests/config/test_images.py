"""Pictures from strangers: what is refused, before it costs anything, and what is left of the others."""

import subprocess
import sys
import threading
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from config import limits
from config.images import UnreadablePicture, decoded

SHOWN = (1600, 1200)
#: what one picture may cost for a moment, KiB; the dearest measured (WebP with transparency, noise) took 117,000
PEAK_KIB = 125_000


def drawn(form: str, size: tuple[int, int], mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, form, **options)
    return out.getvalue()


def seen(raw: bytes, shown: tuple[int, int] = SHOWN) -> tuple[str, tuple[int, int], str | None]:
    with decoded(raw, shown=shown) as picture:
        assert picture.info == {}
        return picture.mode, picture.size, picture.format


def refused(raw: bytes) -> str:
    with pytest.raises(UnreadablePicture) as caught, decoded(raw, shown=SHOWN):
        pass
    return caught.value.why


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (drawn("PNG", (300, 200)), ("RGB", (300, 200), "PNG")),
        (drawn("PNG", (300, 200), "RGBA"), ("RGBA", (300, 200), "PNG")),
        (drawn("PNG", (3, 2), "1"), ("RGB", (3, 2), "PNG")),
        (drawn("JPEG", (2400, 1200)), ("RGB", (1600, 800), "JPEG")),
        (drawn("JPEG", (300, 200), "CMYK"), ("RGB", (300, 200), "JPEG")),
        (drawn("WEBP", (1000, 2000), lossless=True), ("RGB", (600, 1200), "WEBP")),
    ],
    ids=["png", "transparent", "one bit", "wide jpeg", "cmyk", "high webp"],
)
def test_decoded_is_within_what_is_shown(raw: bytes, found: tuple[str, tuple[int, int], str]):
    assert seen(raw) == found


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("turned", "size"), [(1, (400, 300)), (3, (400, 300)), (6, (300, 400)), (8, (300, 400))])
def test_decoded_is_upright_as_the_phone_was_held(form: str, turned: int, size: tuple[int, int]):
    exif = Image.Exif()
    exif[0x0112] = turned
    assert seen(drawn(form, (400, 300), exif=exif))[1] == size


def test_lying_picture_fits_when_it_stands():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert seen(drawn("JPEG", (2000, 1000), exif=exif))[1] == (600, 1200)


def lying(raw: bytes, width: int, height: int) -> bytes:
    """A PNG whose header says another size: nothing but the header must be needed."""
    changed = bytearray(raw)
    changed[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    changed[29:33] = zlib.crc32(changed[12:29]).to_bytes(4, "big")
    return bytes(changed)


WEBP = drawn("WEBP", (4, 4), "RGBA", lossless=True)
MANY_SCANS = drawn("JPEG", (8, 8)).replace(b"\xff\xd9", b"\xff\xda" * limits.PICTURE_SCANS + b"\xff\xd9")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (drawn("PNG", (3000, 2000)), ""),
        (lying(drawn("PNG", (30, 20)), 3000, 2001), "pixels"),
        (drawn("PNG", (limits.PICTURE_SIDE, 1)), ""),
        (lying(drawn("PNG", (30, 20)), limits.PICTURE_SIDE + 1, 1), "pixels"),
        (lying(drawn("PNG", (30, 20)), 1, 25_000_000), "pixels"),
        (lying(drawn("PNG", (30, 20)), 40_000, 40_000), "pixels"),
        (drawn("WEBP", (3000, 2001)), "pixels"),
        (drawn("WEBP", (3000, 2001), "RGBA", lossless=True), "pixels"),
        (MANY_SCANS, "format"),
        (drawn("GIF", (3, 3)), "format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
        (b"", "format"),
        (drawn("PNG", (300, 200))[:60], "format"),
        (b"\xff\xd8\xff", "format"),
        (b"RIFF\x10\0\0\0WEBPVP8X", "format"),
    ],
)  # fmt: skip
def test_decoded_at_each_bound_and_over(raw: bytes, why: str):
    if why:
        assert refused(raw) == why
    else:
        assert seen(raw)[0] == "RGB"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_moving_picture_is_refused(form: str):
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:])
    assert refused(out.getvalue()) == "moves"


def test_text_that_unpacks_to_more_than_its_bound_is_refused():
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "x" * (limits.PICTURE_TEXT_BYTES + 1), zip=True)
    assert refused(drawn("PNG", (3, 3), pnginfo=info)) == "format"


def test_one_picture_at_a_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PICTURE_WAIT_S", 0.01)
    others: list[str] = []
    with decoded(drawn("PNG", (3, 3)), shown=SHOWN):
        other = threading.Thread(target=lambda: others.append(refused(drawn("PNG", (3, 3)))))
        other.start()
        other.join()
    assert others == ["busy"]
    assert seen(drawn("PNG", (3, 3)))[1] == (3, 3)


PEAK = """
import re, sys
from io import BytesIO
from pathlib import Path
from config.images import decoded
with decoded(sys.stdin.buffer.read(), shown=(1600, 1200)) as picture:
    picture.save(BytesIO(), "WEBP", quality=85)
print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize(
    ("form", "mode", "options"),
    [
        ("PNG", "RGBA", {}),
        ("JPEG", "RGB", {}),
        ("JPEG", "RGB", {"progressive": True}),
        ("WEBP", "RGBA", {"quality": 1}),
    ],
)
def test_dearest_pictures_cost_no_more_memory_than_the_bound_says(form: str, mode: str, options: dict[str, Any]):
    """Against a picture of a few pixels, each in a process of its own."""
    small, large = (peak_kib(drawn(form, size, mode, **options)) for size in ((30, 20), (3000, 2000)))
    assert large - small < PEAK_KIB


def peak_kib(raw: bytes) -> int:
    done = subprocess.run([sys.executable, "-c", PEAK], input=raw, capture_output=True, check=True)
    return int(done.stdout)
