"""`manage.py room 7`: a live room in the terminal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rooms.inspection import describe_room
from rooms.models import Room


class Command(BaseCommand):
    help = "Shows a room: members, version, lease, timer, inbox and the newest events. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("room_id", type=int)
        parser.add_argument("--secrets", action="store_true", help="bodies and the whole state too, answers and all")

    def handle(self, *, room_id: int, secrets: bool, **options: Any) -> None:
        try:
            lines = describe_room(room_id=room_id, secrets=secrets)
        except Room.DoesNotExist:
            raise CommandError(f"there is no room {room_id}") from None
        self.stdout.write("\n".join(lines))
