"""`manage.py create_operator --name NAME --password PASSWORD`: an operator with every right; idempotent."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.names import validate_name
from accounts.services import create_operator


class Command(BaseCommand):
    """Makes an operator, or gives one who exists the rights; an existing one's password is left alone."""

    help = "Make an operator for /admin/, unless there is one of that name."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, password, and perhaps an address."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--password", required=True)
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, name: str, password: str, email: str, **options: Any) -> None:
        """Says whether the operator is new."""
        try:
            validate_name(name)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        user, created = create_operator(name=name, password=password, email=email)
        self.stdout.write(f"{user.name}: {'made' if created else 'was there already'}")
