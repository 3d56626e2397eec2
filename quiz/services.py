"""Writes to the quiz's questions: packs in."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.utils import timezone

from quiz.identity import content_hash, question_fields, question_key
from quiz.media import KINDS, BadMedia, Kind, prepare_media
from quiz.media_storage import store_media
from quiz.models import Category, Question
from quiz.packs.archive import PACK, Archive, check_media, is_archive
from quiz.packs.format import LANGUAGES, Pack, PackErrors, Problem, Texts, parse_pack
from quiz.packs.format import Question as PackQuestion

#: rows a statement; SQLite takes at most 32,766 parameters
BATCH = 500


class ImportCounts(NamedTuple):
    """What an import did, or with `dry_run` would do. Removed questions stay in the table, inactive."""

    created: int
    updated: int
    unchanged: int
    removed: int


def import_pack(*, raw: bytes, dry_run: bool = False) -> ImportCounts:
    """Bring one pack's category and questions in, all or nothing; the same pack again changes nothing.

    `raw` is the pack's JSON, or a zip of it with its pictures, sounds and films (`quiz.packs.archive`). Nothing is
    fetched from anywhere. Files that were stored for an import that then failed are swept (`sweep_media`).

    A question is recognised by its text and media (`quiz.identity.question_key`). One that says something else now is
    updated; one that came from the same source and is no longer in the pack is deactivated, not deleted, because
    played rounds refer to it. Questions of other sources, and those written in the admin, are left alone.
    Raises `quiz.packs.format.PackErrors` with every problem of the file, and then changes nothing.
    """
    archive = Archive(raw) if is_archive(raw) else None
    pack = _with_media(parse_pack(archive.read(PACK) if archive else raw), archive, dry_run)
    with transaction.atomic():
        category = _save_category(pack)
        counts = _save_questions(category, pack)
        if dry_run:
            transaction.set_rollback(True)
    return counts


def category_key(names: Texts) -> str:
    """What a pack finds its category by: the English name, else the first there is, whatever its case and spacing."""
    return " ".join(next(names[language] for language in LANGUAGES if language in names).casefold().split())


def _with_media(pack: Pack, archive: Archive | None, dry_run: bool) -> Pack:
    """The pack with the names of stored files in the place of the zip's. Raises `PackErrors`."""
    problems = check_media(pack, archive.media if archive else set())
    if problems or archive is None:
        _raise_any(problems)
        return pack
    storing = _Storing(archive, dry_run)
    questions = [storing.question(number, each) for number, each in enumerate(pack.questions, start=1)]
    _raise_any(storing.problems)
    return msgspec.structs.replace(pack, questions=questions)


def _raise_any(problems: list[Problem]) -> None:
    if problems:
        raise PackErrors(problems)


class _Storing:
    """Checks and stores each file of a zip once, and notes what is wrong with which question."""

    def __init__(self, archive: Archive, dry_run: bool) -> None:
        self.problems: list[Problem] = []
        self._archive, self._dry_run = archive, dry_run
        self._stored: dict[tuple[Kind, str], str | BadMedia] = {}

    def question(self, number: int, question: PackQuestion) -> PackQuestion:
        """The question with names of stored files."""
        names = {kind: self._name(number, kind, given) for kind in KINDS if (given := getattr(question, kind))}
        return msgspec.structs.replace(question, **names)

    def _name(self, number: int, kind: Kind, given: str) -> str | None:
        if (kind, given) not in self._stored:
            self._stored[kind, given] = self._store(kind, given)
        stored = self._stored[kind, given]
        if isinstance(stored, str):
            return stored
        self.problems.append(Problem(number, kind, f"{given}: {stored}"))
        return None

    def _store(self, kind: Kind, given: str) -> str | BadMedia:
        try:
            prepared = prepare_media(kind, self._archive.read(given))
        except BadMedia as error:
            return error
        if not self._dry_run:
            store_media(prepared)
        return prepared.name


def _save_category(pack: Pack) -> Category:
    """The pack's category, made or brought up to date; a name the pack does not give stays as it was."""
    Category.objects.get_or_create(key=category_key(pack.category))
    category = Category.objects.select_for_update().get(key=category_key(pack.category))
    category.names = category.names | pack.category
    category.license, category.source = pack.license, pack.source
    category.save()
    return category


def _save_questions(category: Category, pack: Pack) -> ImportCounts:
    known = {question.key: question for question in category.questions.all()}
    given = {question.key: question for question in _questions_of(category, pack)}
    created = [question for key, question in given.items() if key not in known]
    changed = [_take_over(known[key], new) for key, new in given.items() if key in known and _differs(known[key], new)]
    removed = [row for key, row in known.items() if key not in given and row.is_active and row.source == pack.source]
    for row in removed:
        row.is_active, row.updated_at = False, timezone.now()
    Question.objects.bulk_create(created, batch_size=BATCH)
    Question.objects.bulk_update(changed, _WRITTEN, batch_size=BATCH)
    Question.objects.bulk_update(removed, ["is_active", "updated_at"], batch_size=BATCH)
    return ImportCounts(len(created), len(changed), len(given) - len(created) - len(changed), len(removed))


_TEXTS = ("texts", "answers", "hints", "explanation")
_TAKEN = (*_TEXTS, "image", "audio", "video", "difficulty", "source", "license", "content_hash")
_WRITTEN = (*_TAKEN, "is_active", "updated_at")


def _questions_of(category: Category, pack: Pack) -> Iterable[Question]:
    for each in pack.questions:
        fields = question_fields(each)
        asked = SimpleNamespace(**fields)
        yield Question(
            category=category,
            source=pack.source,
            license=pack.license,
            key=question_key(asked),
            content_hash=content_hash(asked),
            **fields,
        )


def _differs(row: Question, new: Question) -> bool:
    compared = ("content_hash", "source", "license")
    return not row.is_active or any(getattr(row, name) != getattr(new, name) for name in compared)


def _take_over(row: Question, new: Question) -> Question:
    for name in _TAKEN:
        setattr(row, name, getattr(new, name))
    row.is_active, row.updated_at = True, timezone.now()
    return row
