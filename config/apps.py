"""The platform as a Django app: it has no models, but brings Celery up with Django."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PlatformConfig(AppConfig):
    """Loads the Celery application once Django's apps are there."""

    name = "config"

    def ready(self) -> None:
        """Make our application the current one, so that shared tasks are sent to its broker."""
        from config import celery  # noqa: F401


class OperatorsConfig(AdminConfig):
    """Django's admin with the operators' site of ours."""

    default_site = "accounts.admin_site.OperatorSite"
