"""Pictures are looked at by their header, and what is drawn is bounded in memory."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from accounts.errors import BadImage
from accounts.limits import AVATAR_PIXELS, AVATAR_SCANS, AVATAR_SIDE
from accounts.pictures import MOVES, TOO_MANY_PIXELS, UNREADABLE, redraw
from benchmarks.avatars import cost, saved
from config.images import orientation
from tests.accounts import bombs

AREA = (AVATAR_PIXELS // 2_000, 2_000)
#: MiB; what a refusal may cost, and what benchmarks/avatars measured for the worst picture that is taken (94) and room
REFUSED_MIB, DRAWN_MIB = 8, 110


def refusal(raw: bytes) -> object:
    with pytest.raises(BadImage) as refused:
        redraw(raw)
    return refused.value.message


@pytest.mark.parametrize(
    "raw",
    [bombs.webp(5_000, 5_000), bombs.webp(16_383, 16_383), bombs.png(1, 25_000_000), bombs.png(5_000, 5_000)],
    ids=["webp", "largest webp", "column", "png"],
)
def test_bomb_is_refused_for_nothing(raw, tmp_path):
    said, mib, _ms = cost(raw, tmp_path / "picture")
    assert (said, mib < REFUSED_MIB, refusal(raw)) == ("refused", True, TOO_MANY_PIXELS), mib


@pytest.mark.parametrize(("mode", "form"), [("RGBA", "WEBP"), ("RGBA", "PNG"), ("P", "PNG"), ("CMYK", "JPEG")])
def test_largest_picture_that_is_taken_costs_what_the_bound_says(mode, form, tmp_path):
    options = {"lossless": True} if form == "WEBP" else {}
    said, mib, _ms = cost(saved(mode, form, **options)(), tmp_path / "picture")
    assert (said, mib < DRAWN_MIB) == ("drawn", True), mib


@pytest.mark.parametrize(
    ("width", "height", "taken"),
    [(*AREA, True), (AREA[0] + 1, AREA[1], False), (AVATAR_SIDE, 8, True), (AVATAR_SIDE + 1, 8, False),
     (8, AVATAR_SIDE, True), (8, AVATAR_SIDE + 1, False)],
)  # fmt: skip
@pytest.mark.parametrize("make", [bombs.png, bombs.webp])
def test_picture_at_the_bound_and_over(make, width, height, taken):
    if taken:
        assert Image.open(BytesIO(redraw(make(width, height)))).size == (256, 256)
    else:
        assert refusal(make(width, height)) == TOO_MANY_PIXELS


@pytest.mark.parametrize("make", [bombs.lossy_webp, bombs.extended_webp])
def test_webp_of_every_kind_is_measured_by_its_header(make):
    assert refusal(make(AVATAR_SIDE + 1, 8)) == TOO_MANY_PIXELS


def test_webp_that_moves_is_refused_by_its_header():
    assert refusal(bombs.extended_webp(8, 8, animated=True)) == MOVES


@pytest.mark.parametrize("raw", [
    b"RIFF\4\0\0\0WEBP", b"RIFF\4\0\0\0WEBPICCP", bombs.lossy_webp(8, 8)[:24],
    b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\0\0", b"\xff\xd8\xff\xe1\0\x08x",
])  # fmt: skip
def test_file_that_ends_in_its_header_is_unreadable(raw):
    assert refusal(raw) == UNREADABLE


def test_exif_that_names_its_bytes_again_and_again_costs_nothing(tmp_path):
    said, mib, _ms = cost(bombs.jpeg_with_exif_bomb(), tmp_path / "picture")
    assert (said, mib < REFUSED_MIB) == ("drawn", True), mib


def test_text_that_unpacks_to_megabytes_is_refused(tmp_path):
    assert refusal(bombs.png_with_text_bomb(2)) == UNREADABLE
    said, mib, _ms = cost(bombs.png_with_text_bomb(64), tmp_path / "picture")
    assert (said, mib < REFUSED_MIB) == ("refused", True), mib


def test_scans_of_a_jpeg_at_the_bound_and_over():
    assert redraw(bombs.jpeg_of_scans(AVATAR_SCANS))
    assert refusal(bombs.jpeg_of_scans(AVATAR_SCANS + 1)) == UNREADABLE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_picture_is_turned_as_its_exif_says(form, turned):
    """As Pillow would turn it: the corners tell."""
    image = Image.new("RGB", (64, 64), "white")
    image.paste("red", (0, 0, 32, 32))
    image.paste("blue", (32, 0, 64, 32))
    exif = Image.Exif()
    exif[0x0112] = turned
    out = BytesIO()
    image.save(out, form, exif=exif)
    drawn = Image.open(BytesIO(redraw(out.getvalue()))).convert("RGB").resize((64, 64))
    wanted = ImageOps.exif_transpose(Image.open(BytesIO(out.getvalue()))).convert("RGB")
    off = ImageChops.difference(drawn, wanted)
    corners = [ImageStat.Stat(off.crop((x, y, x + 16, y + 16))).mean for x in (8, 40) for y in (8, 40)]
    assert max(map(max, corners)) < 20, corners


@pytest.mark.parametrize(
    "exif",
    [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0"],
)
def test_orientation_of_broken_exif_is_upright(exif):
    assert orientation(exif) == 1
