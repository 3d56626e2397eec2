"""Every address Django serves. Routes of the API are written WITHOUT a final slash; the middleware makes it optional.

`/internal/` is for our own gateways and for Prometheus: nginx does not pass it on from its public port.
"""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import health
from config.metrics import page as metrics

v1: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    path("", include("rooms.api.urls")),
    path("", include("quiz.api.urls")),
    path("schema", SpectacularAPIView.as_view(), name="schema"),
    path("docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]

urlpatterns = [
    path("api/v1/", include(v1)),
    path("internal/", include("accounts.internal_urls")),
    path("internal/metrics", metrics.page),
    path("admin/", admin.site.urls),
    path("livez", health.livez),
    path("readyz", health.readyz),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
