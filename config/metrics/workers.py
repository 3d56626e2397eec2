"""One set of counters over uWSGI's processes: prometheus-client's multiprocess mode, files in `VAR_DIR/metrics`.

A file belongs to a worker's number, not to its pid, so a worker that was replaced goes on with the numbers of the one
before, and there are never more files than workers.
"""

import os
import shutil
from pathlib import Path

from prometheus_client import CollectorRegistry, values
from prometheus_client.multiprocess import MultiProcessCollector

from config.env import load_env

try:
    import uwsgi
except ImportError:  # runserver, tests, Celery: one process, plain numbers
    uwsgi = None


def share_counters() -> None:
    """Call it before the first counter is made. The master empties the folder at its start."""
    if uwsgi is None:
        return
    folder = load_env().var / "metrics"
    if not uwsgi.worker_id():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    values.ValueClass = values.MultiProcessValue(process_identifier=uwsgi.worker_id)


def counters_of_all_workers(own: CollectorRegistry) -> CollectorRegistry:
    """A registry with every worker's counts; `own` where there is one process only."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if uwsgi is None or not folder:
        return own
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(Path(folder)))
    return registry
