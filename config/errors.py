"""Errors that no API view raised (unknown path, broken request, crash), in the same envelope as the API's own."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

#: paths that speak JSON only; elsewhere a person looks at the page
JSON_PATHS = ("/api/", "/internal/", "/livez", "/readyz")


def error_response(status: int, code: str, message: str) -> JsonResponse:
    """The error envelope of docs/PROTOCOL.md, without field errors."""
    return JsonResponse({"status": 1, "message": message, "code": code, "errors": {}}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a host we don't serve, a body too large, a form with too many fields."""
    if speaks_json(request):
        return error_response(400, "bad_request", "The request can't be understood.")
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, outside the API's views."""
    if speaks_json(request):
        return error_response(403, "permission_denied", "This is not allowed.")
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such path."""
    if speaks_json(request):
        return error_response(404, "not_found", "There is nothing at this address.")
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug; the log has the traceback, the client gets no detail."""
    if speaks_json(request):
        return error_response(500, "internal", "Something went wrong on the server.")
    return defaults.server_error(request)


def speaks_json(request: HttpRequest) -> bool:
    """Whether the path is one that programs call."""
    return request.path.startswith(JSON_PATHS)
