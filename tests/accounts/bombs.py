"""Pictures of a few bytes that cost a decoder hundreds of megabytes."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def png(width: int, height: int, *, extra: bytes = b"", data: bytes | None = None) -> bytes:
    """A grey PNG, whole: `extra` are chunks between its header and its pixels (or `data`)."""
    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    squeeze = zlib.compressobj(9)
    pixels = b"".join(squeeze.compress(bytes(width + 1)) for _ in range(height)) + squeeze.flush()
    body = extra + png_chunk(b"IDAT", pixels if data is None else data)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + body + png_chunk(b"IEND", b"")


def webp(width: int, height: int) -> bytes:
    """A whole lossless WebP of one colour: with one symbol a code, no pixel costs a bit (RFC 9649, section 3)."""
    bits, at = 0, 0

    def put(*pairs: tuple[int, int]) -> None:
        nonlocal bits, at
        for value, count in pairs:
            bits |= value << at
            at += count

    put((width - 1, 14), (height - 1, 14), (0, 1), (0, 3))  # size, no alpha, version
    put((0, 1), (0, 1), (0, 1))  # no transform, no colour cache, no meta codes
    for symbol in (80, 160, 240, 255, 0):  # green, red, blue, alpha, distance
        put((1, 1), (0, 1), (1, 1), (symbol, 8))
    return _riff(b"VP8L", b"\x2f" + bits.to_bytes(1024, "little"))


def extended_webp(width: int, height: int, *, animated: bool = False) -> bytes:
    """The head of an extended WebP."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return _riff(b"VP8X", bytes([0x02 if animated else 0, 0, 0, 0]) + size)


def lossy_webp(width: int, height: int) -> bytes:
    """A small lossy WebP that says it is as large as this."""
    out = BytesIO()
    Image.new("RGB", (16, 16)).save(out, "WEBP")
    raw = bytearray(out.getvalue())
    assert raw[12:16] == b"VP8 "
    raw[26:30] = struct.pack("<HH", width, height)
    return bytes(raw)


def jpeg_with_exif_bomb() -> bytes:
    """A JPEG whose EXIF names the same 60,000 bytes 5,000 times."""
    count = 5_000
    entries = b"".join(struct.pack("<HHLL", 0x8000 + tag, 1, 60_000, 8) for tag in range(count))
    tiff = b"II*\0" + struct.pack("<LH", 8, count) + entries + bytes(4)
    exif = b"Exif\0\0" + tiff.ljust(65_000, b"\0")
    out = BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, "JPEG")
    raw = out.getvalue()
    return raw[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + raw[2:]


def jpeg_of_scans(scans: int) -> bytes:
    """A progressive JPEG of one colour whose last scan comes again and again."""
    out = BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, "JPEG", progressive=True)
    raw = out.getvalue()
    last = raw.rindex(b"\xff\xda")
    return raw[:last] + raw[last:-2] * (scans - raw.count(b"\xff\xda") + 1) + raw[-2:]


def png_with_text_bomb(megabytes: int) -> bytes:
    """A PNG whose texts unpack to so many MiB."""
    text = b"Comment\0\0" + zlib.compress(bytes(1024 * 1024), 9)
    return png(8, 8, extra=png_chunk(b"zTXt", text) * megabytes)


def _riff(kind: bytes, data: bytes) -> bytes:
    chunk = kind + struct.pack("<L", len(data)) + data + bytes(len(data) % 2)
    return b"RIFF" + struct.pack("<L", len(chunk) + 4) + b"WEBP" + chunk
