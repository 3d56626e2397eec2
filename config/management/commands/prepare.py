"""`manage.py prepare`: what has to be done before the servers start, and is quick when it is done already."""

import json
import os
import secrets
from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

import quiz.packs
from accounts.services import create_operator
from quiz.models import Category

#: what the demo's operator is called; the password is this installation's own
OPERATOR = "operator"


class Command(BaseCommand):
    help = "Migrates, loads the question packs, collects static files and, with --operator, makes the demo's operator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--operator", action="store_true", help="make sure that the demo's operator can log in")

    def handle(self, *, operator: bool, **options: Any) -> None:
        self.migrate()
        self.load_packs()
        self.collect_static()
        if operator:
            self.make_operator()

    def migrate(self) -> None:
        """Bring the database's tables up to date."""
        self.stdout.write("Migrating the database")
        settings.ENV.var.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)

    def load_packs(self) -> None:
        """Build the packs and import them, unless the same were imported into this database."""
        sources = sorted(Path(quiz.packs.__file__).parent.rglob("*.py"))
        stamp = Stamp("packs", [settings.DATABASES["default"]["NAME"], *(path.read_bytes() for path in sources)])
        if stamp.fresh and Category.objects.exists():
            return
        self.stdout.write("Loading the question packs")
        folder = settings.ENV.var / "packs"
        with open(os.devnull, "w") as quiet:
            call_command("build_packs", out=folder, stdout=quiet)
            call_command("import_questions", *sorted(folder.glob("*.json")), stdout=quiet)
        stamp.set()

    def collect_static(self) -> None:
        """Copy the libraries' static files to where nginx serves them, when there are others than last time."""
        listing = [
            f"{path} {os.path.getmtime(storage.path(path))}"
            for finder in get_finders()
            for path, storage in finder.list([])
        ]
        stamp = Stamp("static", listing)
        if stamp.fresh and Path(settings.STATIC_ROOT or "").is_dir():
            return
        self.stdout.write("Collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.set()

    def make_operator(self) -> None:
        """The operator's login, with a random password that is shown at every start. Kept in var/operator.json."""
        path = settings.ENV.var / "operator.json"
        login = json.loads(path.read_text()) if path.is_file() else new_login(path)
        user, created = create_operator(name=login["name"], password=login["password"])
        if created or not user.check_password(login["password"]):
            path.chmod(0o600)


def new_login(path: Path) -> dict[str, str]:
    """Write a fresh login, readable by its owner alone."""
    login = {"name": OPERATOR, "password": secrets.token_urlsafe(12)}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(login, file)
    return login


class Stamp:
    """Remembers in `var/` what a step was last done with."""

    def __init__(self, name: str, inputs: list[Any]) -> None:
        self.path = settings.ENV.var / f"{name}.stamp"
        self.value = sha256(
            b"\0".join(part if isinstance(part, bytes) else str(part).encode() for part in inputs)
        ).hexdigest()

    @property
    def fresh(self) -> bool:
        """The step was done with the very same inputs."""
        return self.path.is_file() and self.path.read_text() == self.value

    def set(self) -> None:
        """It has been done now."""
        self.path.write_text(self.value)
