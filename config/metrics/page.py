"""The page at /internal/metrics."""

from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from config.metrics import requests
from config.metrics.stores import StoresCollector
from config.metrics.workers import counters_of_all_workers

_stores = CollectorRegistry()
_stores.register(StoresCollector())


def page(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format: every worker's counts, then the stores."""
    text = generate_latest(counters_of_all_workers(requests.registry)) + generate_latest(_stores)
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
