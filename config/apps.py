"""The platform as a Django app: it has no models, but brings Celery up with Django."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Loads the Celery application once Django's apps are there."""

    name = "config"

    def ready(self) -> None:
        """Make our application the current one, so that shared tasks are sent to its broker."""
        from config import celery  # noqa: F401
