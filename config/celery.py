"""The Celery application. Django processes import it through `config.apps`, so that `.delay()` finds its broker."""

import logging
import os
from logging.config import dictConfig
from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging, task_prerun
from structlog.contextvars import bind_contextvars, clear_contextvars

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

#: warnings of Python become lines of the log, too (Celery has one for whoever runs it as root)
logging.captureWarnings(True)

app = Celery("gamehub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_django_does(**signal: Any) -> None:
    """Whoever listens to this signal keeps Celery from setting up handlers of its own."""
    from django.conf import settings

    dictConfig(settings.LOGGING)


@task_prerun.connect
def name_the_task(task: Task, **signal: Any) -> None:
    """Every line written by a task says by which."""
    clear_contextvars()
    bind_contextvars(task=task.name)
