"""What an uploaded picture costs at its worst: `python -m benchmarks.avatars`.

Each picture is drawn in a process of its own; printed are the bytes of its file, the peak of memory above what the
process held before (VmHWM of Linux, reset in between), and the time. The bounds are in accounts/limits.py.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

from accounts.limits import AVATAR_PIXELS
from tests.accounts import bombs

SIZE = (AVATAR_PIXELS // 2_000, 2_000)


def saved(mode: str, form: str, **options: object) -> Callable[[], bytes]:
    """A picture as large as is allowed."""

    def make() -> bytes:
        out = BytesIO()
        Image.new(mode, SIZE).save(out, form, **options)
        return out.getvalue()

    return make


PICTURES: dict[str, Callable[[], bytes]] = {
    "PNG grey": saved("L", "PNG"),
    "PNG palette": saved("P", "PNG", transparency=0),
    "PNG 16 bit": saved("I;16", "PNG"),
    "PNG RGB": saved("RGB", "PNG"),
    "PNG RGBA": saved("RGBA", "PNG"),
    "JPEG": saved("RGB", "JPEG"),
    "JPEG progressive": saved("RGB", "JPEG", progressive=True),
    "JPEG CMYK": saved("CMYK", "JPEG"),
    "WebP": saved("RGB", "WEBP"),
    "WebP RGBA": saved("RGBA", "WEBP", lossless=True),
    "PNG of 1 x 25,000,000": lambda: bombs.png(1, 25_000_000),
    "WebP of 5,000 x 5,000": lambda: bombs.webp(5_000, 5_000),
    "WebP of 16,383 x 16,383": lambda: bombs.webp(16_383, 16_383),
    "PNG with 64 MiB of text": lambda: bombs.png_with_text_bomb(64),
    "JPEG with 300 MB of EXIF": bombs.jpeg_with_exif_bomb,
}


def peak_kib() -> int:
    """The most memory this process has held since the last `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def forget_peak() -> None:
    """From here on."""
    Path("/proc/self/clear_refs").write_text("5")


def measure(file: str) -> None:
    """In the child: draw one picture, print what it cost."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    from accounts.errors import BadImage
    from accounts.pictures import redraw

    raw = Path(file).read_bytes()
    redraw(bombs.png(8, 8))  # what every process loads once
    forget_peak()
    before, started, said = peak_kib(), time.perf_counter(), "drawn"
    try:
        redraw(raw)
    except BadImage:
        said = "refused"
    print(f"{said} {(peak_kib() - before) / 1024:.1f} {(time.perf_counter() - started) * 1000:.0f}")


def cost(raw: bytes, file: Path) -> tuple[str, float, float]:
    """Whether the picture was drawn or refused, MiB at the peak, milliseconds."""
    file.write_bytes(raw)
    child = [sys.executable, "-m", "benchmarks.avatars", str(file)]
    said, mib, ms = subprocess.run(child, capture_output=True, text=True, check=True).stdout.split()
    return said, float(mib), float(ms)


def main() -> None:
    """A line a picture."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name, make in PICTURES.items():
            raw = make()
            said, mib, ms = cost(raw, Path(folder) / "picture")
            print(f"{name:26} {len(raw):>10,} bytes  {said:8} {mib:7.1f} MiB {ms:6.0f} ms", flush=True)


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
