"""Where things are kept: the database, Redis as cache, Celery's broker, mail."""

import environ

from config.env import load_env
from config.settings.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE

ENV = load_env()
_read = environ.Env()

if ENV.database_url:
    DATABASES = {"default": _read.db_url_config(ENV.database_url)}
    # 60 s: workers keep their connection between requests, and a restarted PostgreSQL is noticed by the health check
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ENV.var / "db.sqlite3",
            "OPTIONS": {
                # IMMEDIATE: a transaction that will write queues for the lock at its start, instead of failing in the
                # middle with "database is locked"; 20 s is more than the longest import of a pack takes
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENV.redis,
        "KEY_PREFIX": f"{ENV.channel_prefix}cache",
        # Django's own is pickle: whoever can write to Redis could then run code here
        "OPTIONS": {"serializer": "config.cache.JSONSerializer"},
    }
}

CELERY_BROKER_URL = ENV.celery_broker
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": f"{ENV.channel_prefix}celery:",
    # a task not acknowledged after this many seconds is given to another worker: longer than any task of ours runs
    "visibility_timeout": 600,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_EVENT_SERIALIZER = "json"
# nothing else is even decoded: pickle would run what somebody put into the queue
CELERY_ACCEPT_CONTENT = CELERY_RESULT_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
# a worker killed in the middle of a task must not lose it: acknowledged when done, one at a time in hand
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 10_000
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(ENV.var / "celerybeat-schedule")

if ENV.email_url:
    vars().update(_read.email_url_config(ENV.email_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(ENV.var / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.mail_from
SERVER_EMAIL = ENV.mail_from
