"""Requests by route, method and status, and their time.

A middleware of ours instead of django-prometheus: that one wraps database, cache and models as well, opens /metrics to
whoever reaches the site, and labels by view names that our class-based views don't have.
"""

import time

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram

from config.metrics.workers import share_counters
from config.middleware import Respond

share_counters()

registry = CollectorRegistry()
#: seconds; 0.1 is what people take for at once, 8 is what a gateway waits at most
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 8.0)
REQUESTS = Counter("gamehub_django_requests", "requests", ["route", "method", "status"], registry=registry)
SECONDS = Histogram("gamehub_django_request_seconds", "time of requests", ["route"], registry=registry, buckets=BUCKETS)
#: a label is a time series for ever: methods that nobody serves are one
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class CountRequests:
    """The outermost middleware."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        route, method = route_of(request), request.method or ""
        REQUESTS.labels(route, method if method in METHODS else "other", str(response.status_code)).inc()
        SECONDS.labels(route).observe(time.perf_counter() - began)
        return response


def route_of(request: HttpRequest) -> str:
    """The pattern of the address (`api/v1/rooms/<int:room_id>`), of which there are as many as in config/urls.py."""
    match = request.resolver_match
    return match.route if match is not None else "unknown"
