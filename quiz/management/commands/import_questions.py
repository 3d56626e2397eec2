"""`manage.py import_questions FILE... [--dry-run]`: bring question packs in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from quiz.packs.format import PackErrors
from quiz.services import import_pack


class Command(BaseCommand):
    help = "Imports question packs: idempotent, all or nothing per file. A bad file changes nothing and exits with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="a question pack: JSON, or a zip of pack.json and media/...",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *, files: list[Path], dry_run: bool, **options: Any) -> None:
        imported = [self._import_file(path, dry_run) for path in files]
        if not all(imported):
            raise SystemExit(1)

    def _import_file(self, path: Path, dry_run: bool) -> bool:
        try:
            counts = import_pack(raw=path.read_bytes(), dry_run=dry_run)
        except OSError as error:
            return self._complain(path, [f"can't be read: {error.strerror}"])
        except PackErrors as error:
            return self._complain(path, error.errors)
        told = ", ".join(f"{number} {what}" for what, number in counts._asdict().items())
        self.stdout.write(f"{path}: {told}{' (dry run)' if dry_run else ''}")
        return True

    def _complain(self, path: Path, errors: list[str]) -> bool:
        for error in errors:
            self.stderr.write(f"{path}: {error}")
        return False
