"""Secrets, hosts, cookies, headers, passwords and the lock on guessing them.

Two ways to run, told apart by `GAMEHUB_ENV`: `demo` (plain http on this machine, as `bin/run` starts it) and
`production` (https only, nothing left at a default; `config.settings.guard` refuses to start otherwise).
"""

from datetime import timedelta
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config.env import load_env
from config.settings.guard import read_secret_key, refuse_unsafe

ENV = load_env()
refuse_unsafe(ENV)

SECRET_KEY = read_secret_key(ENV)

_base = urlsplit(ENV.base_url)
_own_hosts = [_base.hostname or "", urlsplit(ENV.django).hostname or "", "localhost", "127.0.0.1", "[::1]"]
#: HOST=0.0.0.0 opens the demo to the phones in the room, who come by whatever address this machine has there
ALLOWED_HOSTS = ["*"] if ENV.open_to_all_hosts else [host for host in [*_own_hosts, *ENV.extra_hosts] if host]
CSRF_TRUSTED_ORIGINS = [f"{_base.scheme}://{_base.netloc}"]

if ENV.production:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    # asked over plain http by whoever watches this machine from inside
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    # a year, subdomains and preload list included: what browsers ask for before they list a site
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
# nginx overwrites this header on every request, so it can be believed
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# sessions are the operators' alone (players have tokens): a working day
SESSION_COOKIE_AGE = 12 * 3600

# an avatar may have 2 MiB; everything else is small JSON. nginx holds the same bound for the whole request.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# nginx is the same user; nobody else has to read what players upload
FILE_UPLOAD_PERMISSIONS = 0o600

#: nothing but ourselves; the admin's and the docs page's exceptions are in config/middleware.py
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

PASSWORD_HASHERS = [
    "accounts.hashers.Argon2InTurns",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ("name", "email")},
        "MinimumLengthValidator": {},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
] + [{"NAME": "accounts.passwords.GuessableValidator"}]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.AccountBackend"]
#: one hour, as the mail says
PASSWORD_RESET_TIMEOUT = 3600

# Ten wrong passwords for one name from one address lock that pair out for a quarter of an hour. Nobody can lock another
# one out of their account from elsewhere, and not from the same router either when they come with a browser that has
# logged in before: that has a count of its own (accounts/credentials.py, which also counts by address and by account).
# This lock stands in the database, so it holds when Redis, where the others are, is away.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_USERNAME_CALLABLE = "accounts.backends.axes_username"
AXES_CLIENT_IP_CALLABLE = "accounts.backends.axes_address"
AXES_WHITELIST_CALLABLE = "accounts.backends.axes_leaves_alone"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ALLOWED_CORS_ORIGINS = None

#: whether operators must have a second factor before they may do anything; who has one always needs it to log in
SECOND_FACTOR_REQUIRED = ENV.second_factor_required
OTP_TOTP_ISSUER = "Gamehub"
# secrets of authenticator apps are on no page but the one that enrols them
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
