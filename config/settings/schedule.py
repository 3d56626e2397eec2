"""What Celery beat starts, and how often. `expires` drops a run that waited longer than the next one is away."""

from typing import Any

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    # the outbox of ended games: stored within a second or two of the end, retried until it worked
    "record results": {"task": "rooms.tasks.record_results", "schedule": 1.0, "options": {"expires": 1.0}},
    # rooms that Redis lost, or whose maker's process died half-way: their names and seats become free again
    "sweep rooms": {"task": "rooms.tasks.sweep_rooms", "schedule": 60.0, "options": {"expires": 60.0}},
    # some thousand closed rooms each time, oldest first
    "archive rooms": {
        "task": "rooms.tasks.archive_rooms",
        "schedule": crontab(minute="41"),
        "options": {"expires": 3600},
    },
    "delete expired tokens and sessions": {
        "task": "config.tasks.delete_expired",
        "schedule": crontab(hour="4", minute="17"),
        "options": {"expires": 3600},
    },
    # pictures, sounds and films of questions that no question names any more
    "sweep media": {
        "task": "quiz.tasks.sweep_media",
        "schedule": crontab(hour="4", minute="27"),
        "options": {"expires": 3600},
    },
}
