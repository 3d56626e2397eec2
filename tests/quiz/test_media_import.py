"""Packs that bring their pictures and sounds in a zip."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from quiz.media import prepare_media
from quiz.models import Question
from quiz.packs.format import PackErrors
from quiz.services import ImportCounts, import_pack
from tests.quiz.test_media import MP3, picture
from tests.quiz.test_media_storage import lying

pytestmark = pytest.mark.django_db

SEEN = {"q": {"en": "Which city is this?"}, "answers": {"en": ["Paris"]}, "image": "media/1.png"}
HEARD = {"q": {"en": "Whose anthem is this?"}, "answers": {"en": ["France"]}, "audio": "media/2.mp3"}
FILES = {"media/1.png": picture(), "media/2.mp3": MP3}


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def zipped(*questions: dict[str, Any], files: dict[str, bytes] = FILES) -> bytes:
    pack = {"format": 1, "category": {"en": "Seen"}, "license": "CC0-1.0", "source": "us", "questions": questions}
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("pack.json", json.dumps(pack))
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def errors_of(raw: bytes) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        import_pack(raw=raw)
    return caught.value.errors


def test_zip_brings_questions_and_their_files(root: Path) -> None:
    assert import_pack(raw=zipped(SEEN, HEARD)) == ImportCounts(created=2, updated=0, unchanged=0, removed=0)
    image, audio = prepare_media("image", FILES["media/1.png"]).name, prepare_media("audio", MP3).name
    assert list(Question.objects.values_list("image", "audio", "video")) == [(image, "", ""), ("", audio, "")]
    assert lying(root) == sorted([image, audio])


def test_zip_again_changes_nothing_and_another_picture_is_another_question(root: Path) -> None:
    import_pack(raw=zipped(SEEN, HEARD))
    assert import_pack(raw=zipped(SEEN, HEARD)) == ImportCounts(created=0, updated=0, unchanged=2, removed=0)
    repainted = FILES | {"media/1.png": picture(size=(50, 50))}
    assert import_pack(raw=zipped(SEEN, HEARD, files=repainted)) == ImportCounts(1, 0, 1, 1)
    assert len(lying(root)) == 3


def test_dry_run_checks_the_files_and_stores_none(root: Path) -> None:
    assert import_pack(raw=zipped(SEEN, HEARD), dry_run=True) == ImportCounts(2, 0, 0, 0)
    assert (Question.objects.count(), lying(root)) == (0, [])


def test_file_that_is_not_what_the_question_says_is_told_by_question() -> None:
    both = {**HEARD, "image": "media/2.mp3"}
    assert errors_of(zipped(SEEN, both, files=FILES | {"media/1.png": b"no picture"})) == [
        "question 1: image: media/1.png: This is not a picture we can read. Take a JPEG, PNG or WebP.",
        "question 2: image: media/2.mp3: This is not a picture we can read. Take a JPEG, PNG or WebP.",
    ]
    assert Question.objects.count() == 0


def test_missing_and_unused_files_are_told() -> None:
    assert errors_of(zipped(SEEN, HEARD, files={"media/1.png": picture(), "media/3.mp3": MP3})) == [
        "question 2: audio: media/2.mp3 is not in the zip",
        "media/3.mp3: no question names it",
    ]


def test_json_alone_can_name_no_file_and_no_other_site() -> None:
    pack = {"format": 1, "category": {"en": "Seen"}, "license": "CC0-1.0", "source": "us", "questions": [SEEN]}
    assert errors_of(json.dumps(pack).encode()) == ["question 1: image: media/1.png is not in the zip"]
    pack["questions"] = [{**SEEN, "image": "https://example.org/paris.jpg"}]
    assert errors_of(json.dumps(pack).encode()) == [
        "question 1: image: is an address of another site, which no page shows: "
        "bring the file in the pack's zip, and name it as there (media/...)"
    ]


def test_import_questions_takes_a_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(zipped(SEEN, HEARD))
    bad.write_bytes(zipped(SEEN, files={}))
    call_command("import_questions", str(good), "--dry-run")
    call_command("import_questions", str(good))
    with pytest.raises(SystemExit):
        call_command("import_questions", str(bad))
    assert capsys.readouterr() == (
        f"{good}: 2 created, 0 updated, 0 unchanged, 0 removed (dry run)\n"
        f"{good}: 2 created, 0 updated, 0 unchanged, 0 removed\n",
        f"{bad}: question 1: image: media/1.png is not in the zip\n",
    )
