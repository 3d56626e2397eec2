"""What Celery does for rooms; beat starts both (config.settings.schedule)."""

from celery import shared_task

from rooms import archive, recording, services


@shared_task(name="rooms.tasks.record_results")
def record_results() -> int:
    """Store the outcomes of ended games; how many were new."""
    return recording.record_results()


@shared_task(name="rooms.tasks.sweep_rooms")
def sweep_rooms() -> int:
    """Close rooms that no longer live; how many there were."""
    return services.sweep_rooms()


@shared_task(name="rooms.tasks.archive_rooms")
def archive_rooms() -> int:
    """Archive or delete rooms that closed long ago; how many there were."""
    return archive.archive_rooms()
