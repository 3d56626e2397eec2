"""Packs into the database."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from quiz.models import Category, Question
from quiz.packs.format import PackErrors
from quiz.services import ImportCounts, import_pack
from tests.factories import QuestionFactory

pytestmark = pytest.mark.django_db

PARIS = {"q": {"en": "Capital of France?", "ru": "Столица Франции?"}, "answers": {"en": ["Paris"], "ru": ["Париж"]}}
ROME = {"q": {"en": "Capital of Italy?"}, "answers": {"en": ["Rome"]}, "difficulty": 1}


def pack(*questions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    shape = {"format": 1, "category": {"en": "Capitals", "ru": "Столицы"}, "license": "CC0-1.0", "source": "us"}
    return {**shape, "questions": list(questions), **fields}


def load(*questions: dict[str, Any], dry_run: bool = False, **fields: Any) -> ImportCounts:
    return import_pack(raw=json.dumps(pack(*questions, **fields)).encode(), dry_run=dry_run)


def stored() -> dict[str, tuple[Any, ...]]:
    rows = Question.objects.order_by("pk")
    return {str(row): (row.category.key, row.answers, row.difficulty, row.source, row.is_active) for row in rows}


def test_import_pack_stores_category_and_questions() -> None:
    assert load(PARIS, ROME) == ImportCounts(created=2, updated=0, unchanged=0, removed=0)
    category = Category.objects.values("key", "names", "license", "source").get()
    assert category == {
        "key": "capitals",
        "names": {"en": "Capitals", "ru": "Столицы"},
        "license": "CC0-1.0",
        "source": "us",
    }
    assert stored() == {
        "Capital of France?": ("capitals", {"en": ["Paris"], "ru": ["Париж"]}, 2, "us", True),
        "Capital of Italy?": ("capitals", {"en": ["Rome"]}, 1, "us", True),
    }


def test_import_pack_again_changes_nothing() -> None:
    load(PARIS, ROME)
    before = list(Question.objects.values())
    assert load(ROME, PARIS) == ImportCounts(created=0, updated=0, unchanged=2, removed=0)
    assert list(Question.objects.values()) == before


def test_import_pack_updates_a_question_that_says_something_else() -> None:
    load(PARIS, ROME)
    pk = Question.objects.get(texts__en="Capital of Italy?").pk
    assert load(PARIS, {**ROME, "answers": {"en": ["Rome", "Roma"]}}) == ImportCounts(0, 1, 1, 0)
    assert Question.objects.get(pk=pk).answers == {"en": ["Rome", "Roma"]}


def test_import_pack_deactivates_what_is_gone_and_brings_it_back() -> None:
    load(PARIS, ROME)
    assert load(PARIS) == ImportCounts(created=0, updated=0, unchanged=1, removed=1)
    assert [row[-1] for row in stored().values()] == [True, False]
    assert load(PARIS) == ImportCounts(created=0, updated=0, unchanged=1, removed=0)
    assert load(PARIS, ROME) == ImportCounts(created=0, updated=1, unchanged=1, removed=0)
    assert [row[-1] for row in stored().values()] == [True, True]


def test_import_pack_leaves_questions_of_another_source_alone() -> None:
    load(PARIS)
    by_hand = QuestionFactory(category=Category.objects.get())
    assert load(ROME, source="them") == ImportCounts(created=1, updated=0, unchanged=0, removed=0)
    assert stored() == {
        "Capital of France?": ("capitals", {"en": ["Paris"], "ru": ["Париж"]}, 2, "us", True),
        str(by_hand): ("capitals", by_hand.answers, 2, "", True),
        "Capital of Italy?": ("capitals", {"en": ["Rome"]}, 1, "them", True),
    }


def test_import_pack_with_dry_run_says_what_would_change_and_changes_nothing() -> None:
    assert load(PARIS, ROME, dry_run=True) == ImportCounts(created=2, updated=0, unchanged=0, removed=0)
    assert (Category.objects.count(), Question.objects.count()) == (0, 0)


def test_import_pack_of_a_bad_file_tells_every_error_and_changes_nothing() -> None:
    load(ROME)
    with pytest.raises(PackErrors) as error:
        load(PARIS, {"q": {"en": ""}, "answers": {"en": []}}, {**ROME, "difficulty": 9})
    assert error.value.errors == [
        "question 2: q.en: must be a non-empty text",
        "question 2: answers.en: must be a non-empty list of texts",
        "question 3: difficulty: must be a whole number from 1 to 5",
    ]
    assert list(stored()) == ["Capital of Italy?"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(pack(PARIS, ROME)))
    bad.write_text(json.dumps(pack({**PARIS, "difficulty": 0}, {**ROME, "image": "x"})))
    return good, bad


def test_import_questions_prints_the_counts(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    good, _ = files
    call_command("import_questions", str(good), "--dry-run")
    call_command("import_questions", str(good))
    assert capsys.readouterr() == (
        f"{good}: 2 created, 0 updated, 0 unchanged, 0 removed (dry run)\n"
        f"{good}: 2 created, 0 updated, 0 unchanged, 0 removed\n",
        "",
    )


def test_import_questions_of_a_bad_file_exits_with_1_after_the_good_ones(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = files
    absent = tmp_path / "absent.json"
    with pytest.raises(SystemExit) as exit_:
        call_command("import_questions", str(bad), str(absent), str(good))
    assert exit_.value.code == 1
    out, err = capsys.readouterr()
    assert out == f"{good}: 2 created, 0 updated, 0 unchanged, 0 removed\n"
    assert err == (
        f"{bad}: question 1: difficulty: must be a whole number from 1 to 5\n"
        f"{bad}: question 2: image: must name a file of the pack's zip, as media/paris.jpg, or be null\n"
        f"{absent}: can't be read: No such file or directory\n"
    )
