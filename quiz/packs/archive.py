"""A pack that brings its pictures, sounds and films: a zip of `pack.json` and `media/...`, flat.

The directory is judged before anything is unpacked, and every problem of it is told at once. Nothing is ever unpacked
to the disk, so no name can lead anywhere; and no file gives more bytes than the directory says.
"""

import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from quiz import limits
from quiz.packs.format import MAX_BYTES, MAX_MEDIA_NAME, Pack, PackErrors, Problem, is_media_name

PACK = "pack.json"
MEDIA_KINDS = ("image", "audio", "video")
ENCRYPTED = 0x1

#: begins every zip that has a file in it
_BEGINS = b"PK\x03\x04"
#: begins each entry of the directory
_ENTRY = b"PK\x01\x02"
#: what zipfile raises for bytes that are no zip, or no longer one
_UNREADABLE = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def is_archive(raw: bytes) -> bool:
    """Whether it is a zip; no JSON begins like that."""
    return raw.startswith(_BEGINS)


class Archive:
    """A pack's zip whose directory is in order. Raises `PackErrors` with all that is wrong with it."""

    def __init__(self, raw: bytes) -> None:
        self._zip = _open(raw)
        files = [info for info in self._zip.infolist() if info.filename != "media/"]
        if problems := [Problem(None, path, message) for path, message in _wrong(files)]:
            raise PackErrors(problems)
        self._files = {info.filename: info for info in files}

    @property
    def media(self) -> set[str]:
        """Names of its pictures, sounds and films."""
        return self._files.keys() - {PACK}

    def read(self, name: str) -> bytes:
        """One file, unpacked. Raises `PackErrors`."""
        try:
            with self._zip.open(self._files[name]) as file:
                return file.read(self._files[name].file_size)  # not a byte more, whatever it would unpack to
        except _UNREADABLE as error:
            raise PackErrors([Problem(None, name, f"can't be unpacked: {error}")]) from error


def check_media(pack: Pack, media: set[str]) -> list[Problem]:
    """What the pack names and the zip does not have, and the other way round."""
    named = [
        (number, kind, name)
        for number, question in enumerate(pack.questions, start=1)
        for kind in MEDIA_KINDS
        if (name := getattr(question, kind)) is not None
    ]
    missing = [Problem(number, kind, f"{name} is not in the zip") for number, kind, name in named if name not in media]
    unused = media - {name for _, _, name in named}
    return missing + [Problem(None, name, "no question names it") for name in sorted(unused)]


def _open(raw: bytes) -> ZipFile:
    most = limits.ARCHIVE_BYTES // limits.MIB
    if len(raw) > limits.ARCHIVE_BYTES:
        raise PackErrors([Problem(None, "", f"the zip is larger than {most} MiB")])
    # an entry that is read becomes an object, so they are counted before; twice, as packed bytes may look like one
    if raw.count(_ENTRY) > 2 * limits.ARCHIVE_FILES:
        raise PackErrors([Problem(None, "", f"the zip has more than {limits.ARCHIVE_FILES} files")])
    try:
        return ZipFile(BytesIO(raw))
    except _UNREADABLE as error:
        raise PackErrors([Problem(None, "", f"the zip can't be read: {error}")]) from error


def _wrong(files: list[ZipInfo]) -> Iterator[tuple[str, str]]:
    """Path and message of each problem."""
    if len(files) > limits.ARCHIVE_FILES:
        yield "", f"the zip has more than {limits.ARCHIVE_FILES} files, {len(files)}"
        return
    if PACK not in {info.filename for info in files}:
        yield PACK, "is not in the zip"
    if (unpacked := sum(info.file_size for info in files)) > limits.ARCHIVE_UNPACKED_BYTES:
        most = limits.ARCHIVE_UNPACKED_BYTES // limits.MIB
        yield "", f"unpacked the zip would be larger than {most} MiB, {unpacked // limits.MIB}"
    for name, times in Counter(_folded(info) for info in files).items():
        if times > 1:
            yield name, f"is in the zip {times} times (case does not count)"
    for info in files:
        if message := _wrong_with(info):
            yield info.filename[:MAX_MEDIA_NAME], message


def _folded(info: ZipInfo) -> str:
    """What a file is called where case and composed letters don't count: such a disk would hold one of two."""
    return unicodedata.normalize("NFC", info.filename).casefold()


def _wrong_with(info: ZipInfo) -> str:
    if info.filename != PACK and not is_media_name(info.filename):
        return f"is neither {PACK} nor a file right in media/"
    if info.flag_bits & ENCRYPTED:
        return "is encrypted"
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "is packed in a way other than deflate"
    if info.filename == PACK and info.file_size > MAX_BYTES:
        return f"is larger than {MAX_BYTES // limits.MIB} MiB"
    if info.file_size > limits.ARCHIVE_RATIO * max(info.compress_size, 1):
        return f"unpacks to more than {limits.ARCHIVE_RATIO} times its size"
    return ""
