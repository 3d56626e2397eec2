"""The Celery application. Django processes import it through `config.apps`, so that `.delay()` finds its broker."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("gamehub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
