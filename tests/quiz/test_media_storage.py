"""Where media lie: whole or not at all, from our own origin alone, and swept when no question names them."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from quiz import limits
from quiz.backend import QuizBackend
from quiz.media import prepare_media
from quiz.media_storage import media_address, store_media, sweep_media
from quiz.tasks import sweep_media as sweep_task
from tests.factories import CategoryFactory, QuestionFactory, RoomFactory
from tests.quiz.test_media import MP3, picture


def lying(root: Path) -> list[str]:
    """Names of all files below the root."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_store_media_puts_the_file_in_its_place_once(root: Path):
    prepared = prepare_media("audio", MP3)
    store_media(prepared)
    store_media(prepared)
    assert lying(root) == [prepared.name]
    assert ((root / prepared.name).read_bytes(), (root / prepared.name).stat().st_mode & 0o777) == (MP3, 0o644)


def test_store_media_that_fails_leaves_no_half_file_in_its_place(root: Path, monkeypatch: pytest.MonkeyPatch):
    def disk_is_full(path: Path, content: bytes) -> None:
        with path.open("wb") as half:
            half.write(content[:3])
        raise OSError(28, "No space left on device")

    prepared = prepare_media("audio", MP3)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", disk_is_full)
        with pytest.raises(OSError, match="No space"):
            store_media(prepared)
    assert not (root / prepared.name).exists()
    store_media(prepared)
    assert (root / prepared.name).read_bytes() == MP3


@pytest.mark.parametrize("foreign", ["", "https://example.org/a.jpg", "//example.org/a.jpg", "avatars/x.webp"])
def test_media_address_is_on_our_own_origin_or_none(root: Path, foreign: str):
    name = prepare_media("audio", MP3).name
    assert (media_address(name), media_address(foreign)) == (f"/media/{name}", None)


@pytest.mark.django_db
def test_room_gets_addresses_of_our_own_alone():
    """A row from before media were files of ours keeps what it has, and nobody is sent it."""
    category = CategoryFactory()
    name = prepare_media("image", picture()).name
    QuestionFactory(category=category, image=name, audio="https://example.org/a.mp3")
    options = {"category": category.pk, "language": "en", "questions": 1, "max_time": 20, "min_players": 1}
    (asked,) = QuizBackend().prepare(RoomFactory(), options)["rounds"]
    assert {kind: asked[kind] for kind in ("image", "audio", "video")} == {
        "image": f"/media/{name}",
        "audio": None,
        "video": None,
    }


@pytest.mark.django_db
def test_sweep_media_deletes_what_no_question_has_named_for_days(root: Path):
    assert sweep_media() == 0
    long_ago = time.time() - limits.MEDIA_KEPT_DAYS * 24 * 3600 - 60
    kept, retired, fresh, gone = (prepare_media("audio", MP3 + bytes([n])) for n in range(4))
    for prepared in (kept, retired, fresh, gone):
        store_media(prepared)
        if prepared is not fresh:
            os.utime(root / prepared.name, (long_ago, long_ago))
    QuestionFactory(audio=kept.name)
    QuestionFactory(audio=retired.name, is_active=False)
    (root / "avatars").mkdir()
    (root / "avatars" / "x.webp").write_bytes(b"x")
    os.utime(root / "avatars" / "x.webp", (long_ago, long_ago))
    assert sweep_task() == 1
    assert lying(root) == sorted(["avatars/x.webp", kept.name, retired.name, fresh.name])


@pytest.mark.django_db
def test_file_that_is_stored_again_is_new_again(root: Path):
    prepared = prepare_media("audio", MP3)
    store_media(prepared)
    os.utime(root / prepared.name, (0, 0))
    store_media(prepared)
    assert (sweep_media(), lying(root)) == (0, [prepared.name])
