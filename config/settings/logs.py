"""The log: one JSON object a line on standard error; the process runner puts it into `var/log/`."""

from config.env import load_env

ENV = load_env()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.json_lines.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {
        # its default handlers mail admins and print only in DEBUG; ours prints always
        "django": {"handlers": [], "level": ENV.log_level, "propagate": True},
        # every 4xx is a line of config.request_log already
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # a line for each run of the outbox, every second, twice
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
    },
}
