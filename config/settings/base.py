"""Apps, middleware, templates, languages and folders."""

from config.env import Env, load_env
from config.languages import CODES
from config.languages import LANGUAGES as HOUSE_LANGUAGES

ENV: Env = load_env()
DEBUG = ENV.debug

#: where players reach us; links in mails are built from it, never from the Host header
PUBLIC_BASE_URL: str = ENV.base_url
#: the Redis that gateways, rooms and Django share, and the prefix of its channels and keys
REDIS_URL: str = ENV.redis
CHANNEL_PREFIX: str = ENV.channel_prefix

INSTALLED_APPS = [
    "config.apps.PlatformConfig",
    "accounts",
    "rooms",
    "quiz",
    "unfold.apps.BasicAppConfig",  # before the admin, whose templates it replaces
    "unfold.contrib.filters",
    "config.apps.OperatorsConfig",  # django.contrib.admin, with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "config.metrics.requests.CountRequests",  # first, so that it counts what the others refuse, and all their time
    "config.request_log.RequestLog",
    "config.middleware.ClientAddress",
    "config.middleware.AnswerHeaders",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.CleanRequest",
    "config.middleware.OptionalFinalSlash",
    "config.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as axes asks
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
#: a final slash is optional (config.middleware.OptionalFinalSlash), so nothing is ever redirected for one
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = CODES[0]
LANGUAGES = list(HOUSE_LANGUAGES.items())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENV.var / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = ENV.var / "media"
