"""What Celery does for the quiz; beat starts it (config.settings.schedule)."""

from celery import shared_task

from quiz import media_storage


@shared_task(name="quiz.tasks.sweep_media")
def sweep_media() -> int:
    """Delete files that no question names any more; how many there were."""
    return media_storage.sweep_media()
