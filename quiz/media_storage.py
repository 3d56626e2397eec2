"""Where the questions' pictures, sounds and films lie: below MEDIA_ROOT, served by nginx from our own origin."""

import os
import time
import uuid
from pathlib import Path

from django.core.files.storage import default_storage

from quiz import limits
from quiz.media import FOLDER, KINDS, Prepared, is_stored_name
from quiz.models import Question

#: ends the name of a file that is being written
PART = ".part"


def store_media(prepared: Prepared) -> None:
    """Have the file in its place, whole or not at all; one that is there already counts as new for `sweep_media`."""
    path = _path(prepared.name)
    try:
        os.utime(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{uuid.uuid4().hex}{PART}")
        part.write_bytes(prepared.content)
        part.chmod(0o644)  # nginx may run as somebody else
        part.replace(path)


def media_address(name: str) -> str | None:
    """The address on our own origin; None for what is not ours: the pages show nothing from elsewhere."""
    return default_storage.url(name) if is_stored_name(name) else None


def sweep_media() -> int:
    """Delete files that no question has named for days; how many. Those of questions taken out of the game stay."""
    folder = _path(FOLDER)
    if not folder.is_dir():
        return 0
    late = time.time() - limits.MEDIA_KEPT_DAYS * 24 * 3600
    # first the files, then who names them: a file that is stored meanwhile is new
    old = [entry.name for entry in os.scandir(folder) if entry.is_file() and entry.stat().st_mtime < late]
    named = {name for kind in KINDS for name in Question.objects.exclude(**{kind: ""}).values_list(kind, flat=True)}
    unnamed = [folder / name for name in old if f"{FOLDER}/{name}" not in named]
    swept = [path for path in unnamed if path.stat().st_mtime < late]  # not stored again in between
    for path in swept:
        path.unlink()
    return len(swept)


def _path(name: str) -> Path:
    return Path(default_storage.path(name))
