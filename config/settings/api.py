"""What REST does unless a view says otherwise; the views themselves stand on `accounts.api.base.ApiView`."""

from datetime import timedelta

from config.env import load_env

ENV = load_env()

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "accounts.api.paging.Page",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "accounts.api.errors.exception_handler",
    "DEFAULT_THROTTLE_RATES": ENV.throttle_rates,
    # REMOTE_ADDR is the client already (config.middleware.ClientAddress): X-Forwarded-For is not to be looked at again
    "NUM_PROXIES": 0,
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

REST_KNOX = {
    # a month: a player who comes back within it stays logged in; every use moves it on, up to a quarter
    "TOKEN_TTL": timedelta(days=30),
    "AUTO_REFRESH": True,
    "AUTO_REFRESH_MAX_TTL": timedelta(days=90),
    "MIN_REFRESH_INTERVAL": 24 * 3600,
    "AUTH_HEADER_PREFIX": "Token",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Gamehub",
    "DESCRIPTION": "Accounts, rooms and the quiz. The socket's side is in docs/PROTOCOL.md.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # names in the client's generated types; without them they would be called by a hash
    "ENUM_NAME_OVERRIDES": {"OkStatusEnum": [(0, 0)], "ErrorStatusEnum": [(1, 1)], "OkMessageEnum": ["ok"]},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"persistAuthorization": True, "displayRequestDuration": True},
}
