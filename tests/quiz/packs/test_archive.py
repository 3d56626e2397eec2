"""A pack's zip: what is taken, and every problem of what isn't."""

import json
import struct
import zlib
from io import BytesIO
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import limits
from quiz.packs.archive import Archive, check_media, is_archive
from quiz.packs.format import PackErrors, parse_pack

PARIS = {"q": {"en": "Which city?"}, "answers": {"en": ["Paris"]}, "image": "media/1.png"}
OSLO = {"q": {"en": "Which song?"}, "answers": {"en": ["Oslo"]}, "image": "media/1.png", "audio": "media/2.mp3"}


def pack(*questions: dict[str, Any]) -> bytes:
    shape = {"format": 1, "category": {"en": "Seen"}, "license": "CC0-1.0", "source": "us"}
    return json.dumps({**shape, "questions": list(questions)}).encode()


def zipped(*files: tuple[str | ZipInfo, bytes], **options: Any) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", **options) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def errors_of(raw: bytes) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        Archive(raw)
    return caught.value.errors


def test_archive_gives_the_pack_and_its_files():
    raw = zipped(("pack.json", pack(PARIS)), ("media/", b""), ("media/1.png", b"one"), compression=ZIP_DEFLATED)
    archive = Archive(raw)
    assert (is_archive(raw), is_archive(pack(PARIS)), archive.media) == (True, False, {"media/1.png"})
    assert (archive.read("pack.json"), archive.read("media/1.png")) == (pack(PARIS), b"one")


@pytest.mark.parametrize(
    "name",
    ["../evil.png", "/etc/passwd", "media/../../evil.png", "media/a/b.png", "media\\evil.png", "media/..",
     "C:/evil.png", "media/.hidden", "media/C:evil", "evil.png", "Media/1.png", "pack.json/x", "media/" + "n" * 100],
)  # fmt: skip
def test_file_that_would_lead_out_of_its_folder_is_refused(name: str):
    # ZipFile itself would turn a backslash round on some systems, so the name is written as it is
    info = ZipInfo("x")
    info.filename = name
    told = f"{name[:100]}: is neither pack.json nor a file right in media/"
    assert errors_of(zipped(("pack.json", b"{}"), (info, b"x"))) == [told]


def test_every_problem_of_the_directory_is_told_at_once():
    raw = zipped(("Pack.json", b"{}"), ("media/é.png", b"1"), ("media/E\u0301.PNG", b"2"), ("x", b""))
    assert errors_of(raw) == [
        "pack.json: is not in the zip",
        "media/é.png: is in the zip 2 times (case does not count)",
        "Pack.json: is neither pack.json nor a file right in media/",
        "x: is neither pack.json nor a file right in media/",
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_name_that_is_there_twice_is_refused():
    raw = zipped(("pack.json", b"{}"), ("media/1.png", b"1"), ("media/1.png", b"2"))
    assert errors_of(raw) == ["media/1.png: is in the zip 2 times (case does not count)"]


def test_bomb_is_refused_by_its_directory():
    raw = zipped(("pack.json", b"{}"), ("media/1.png", b"\0" * 2_000_000), compression=ZIP_DEFLATED)
    assert errors_of(raw) == ["media/1.png: unpacks to more than 100 times its size"]


def test_ratio_at_its_limit(monkeypatch: pytest.MonkeyPatch):
    raw = zipped(("pack.json", b"{}"), ("media/1.png", b"\0" * 2_000_000), compression=ZIP_DEFLATED)
    monkeypatch.setattr(limits, "ARCHIVE_RATIO", 1100)
    assert len(Archive(raw).read("media/1.png")) == 2_000_000


def test_bomb_that_lies_about_its_size_gives_no_more_than_it_says():
    content = b"\0" * 5_000_000
    raw = bytearray(zipped(("pack.json", b"{}"), ("media/1.png", content), compression=ZIP_DEFLATED))
    entry = raw.rindex(b"PK\x01\x02")
    assert struct.unpack_from("<L", raw, entry + 24) == (len(content),)
    struct.pack_into("<LLL", raw, entry + 16, zlib.crc32(content[:9]), 10_000, 9)  # checksum, packed, unpacked
    archive = Archive(bytes(raw))
    assert archive.read("media/1.png") == content[:9]


def test_size_unpacked_at_its_limit_and_over(monkeypatch: pytest.MonkeyPatch):
    raw = zipped(("pack.json", b"{}"), ("media/1.png", b"1" * 98))
    monkeypatch.setattr(limits, "ARCHIVE_UNPACKED_BYTES", 100)
    assert Archive(raw).media == {"media/1.png"}
    monkeypatch.setattr(limits, "ARCHIVE_UNPACKED_BYTES", 99)
    assert errors_of(raw) == ["unpacked the zip would be larger than 0 MiB, 0"]


def test_size_at_its_limit_and_over(monkeypatch: pytest.MonkeyPatch):
    raw = zipped(("pack.json", b"{}"))
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", len(raw))
    assert Archive(raw).media == set()
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", len(raw) - 1)
    assert errors_of(raw) == ["the zip is larger than 0 MiB"]


def test_number_of_files_at_its_limit_and_over():
    files = [("pack.json", b"{}"), *((f"media/{n}", b"") for n in range(limits.ARCHIVE_FILES - 1))]
    assert len(Archive(zipped(*files)).media) == limits.ARCHIVE_FILES - 1
    assert errors_of(zipped(*files, ("media/more", b""))) == ["the zip has more than 2000 files, 2001"]
    many = [(f"media/{n}", b"") for n in range(2 * limits.ARCHIVE_FILES + 1)]
    assert errors_of(zipped(*many)) == ["the zip has more than 2000 files"]


def test_encrypted_and_strangely_packed_files_are_refused():
    raw = bytearray(zipped(("pack.json", b"{}"), ("media/1.png", b"1")))
    entry = raw.rindex(b"PK\x01\x02")
    struct.pack_into("<H", raw, entry + 8, 1)
    assert errors_of(bytes(raw)) == ["media/1.png: is encrypted"]
    strange = zipped(("pack.json", b"{}"), compression=ZIP_BZIP2)
    assert errors_of(strange) == ["pack.json: is packed in a way other than deflate"]


def test_file_that_is_damaged_is_told():
    raw = bytearray(zipped(("pack.json", b"{}"), ("media/1.png", b"picture")))
    raw[raw.index(b"picture")] ^= 1
    with pytest.raises(PackErrors) as caught:
        Archive(bytes(raw)).read("media/1.png")
    assert caught.value.errors == ["media/1.png: can't be unpacked: Bad CRC-32 for file 'media/1.png'"]


def test_check_media_tells_what_is_missing_and_what_nobody_names():
    questions = parse_pack(pack(PARIS, OSLO))
    assert [str(problem) for problem in check_media(questions, {"media/1.png", "media/2.mp3"})] == []
    assert [str(problem) for problem in check_media(questions, {"media/1.png", "media/3.png"})] == [
        "question 2: audio: media/2.mp3 is not in the zip",
        "media/3.png: no question names it",
    ]


GOOD = zipped(("pack.json", pack(PARIS)), ("media/1.png", b"picture" * 50), compression=ZIP_DEFLATED)


@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255), cut=st.integers(0, len(GOOD)))
@settings(deadline=None)
def test_archive_with_a_byte_changed_or_cut_gives_files_or_errors_and_nothing_else(at: int, byte: int, cut: int):
    changed = bytearray(GOOD)
    changed[at] = byte
    for raw in (bytes(changed), GOOD[:cut]):
        errors: list[str] = []
        try:
            archive = Archive(raw)
            files = [archive.read(name) for name in ("pack.json", *archive.media)]
        except PackErrors as refused:
            files, errors = [], refused.errors
        assert (files == []) != (errors == [])
