"""`manage.py build_packs [--out DIR]`: build the question packs; the work is in `quiz.packs.build`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from quiz.packs.build import READY, report_lines, write_packs


class Command(BaseCommand):
    """Write one JSON file per category."""

    help = "Build the question packs, one JSON file per category, the same bytes every time."
    requires_system_checks: tuple[str, ...] = ()  # it reads no model and no database

    def add_arguments(self, parser: CommandParser) -> None:
        default = Path(getattr(settings, "PACKS_DIR", READY))
        parser.add_argument("--out", type=Path, default=default, help="directory for the files (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        for line in report_lines(write_packs(options["out"])):
            self.stdout.write(line)
