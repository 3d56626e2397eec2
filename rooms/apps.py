"""The rooms app: rooms, who is in them, and how they ended. The running game itself lives in rooms/live."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "rooms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what accounts say."""
        from rooms import banning  # noqa: F401
