"""`manage.py prepare`: what has to be done before the servers start, and is quick when it is done already."""

import json
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.services import create_operator
from config.games import GAMES
from config.stamps import Stamp
from rooms.backend import backend_of

#: what the demo's operator is called; the password is this installation's own
OPERATOR = "operator"


class Command(BaseCommand):
    help = "Migrates, loads the games' data, collects static files and, with --operator, makes the demo's operator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--operator", action="store_true", help="make sure that the demo's operator can log in")

    def handle(self, *, operator: bool, **options: Any) -> None:
        self.migrate()
        self.prepare_games()
        self.collect_static()
        if operator:
            self.make_operator()

    def migrate(self) -> None:
        """Bring the database's tables up to date."""
        self.stdout.write("Migrating the database")
        settings.ENV.var.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)

    def prepare_games(self) -> None:
        """What each game wants to have in the database before it can be played."""
        for name in GAMES:
            backend_of(name).prepare_data(self.stdout.write)

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
