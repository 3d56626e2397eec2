"""What must hold before the settings load at all: a secret of our own, and in production no default left over."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.env import Env
from config.rates import parse_rate

#: a key for `DEBUG=1` alone; nothing it signs is worth anything
DEBUG_KEY = "debug-only-key-that-no-server-may-run-on-0123456789"
#: what `.env.example` and `docker-compose.yml` carry as placeholders, and what people type instead of thinking
PLACEHOLDERS = ("change-me", "changeme", "django-insecure", "debug-only", "secret", "demo", "example", "password")
ENVIRONMENTS = ("demo", "production")
SECOND_FACTORS = ("", "required", "optional")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
#: what Redis understands
SIZE = re.compile(r"0|[1-9][0-9]*([kmg]b?)?", re.ASCII | re.IGNORECASE)
#: Django's own measure (security.W009): fewer characters or fewer different ones are guessed
MIN_LENGTH, MIN_DIFFERENT = 50, 5


def is_weak(secret: str) -> bool:
    """Too short, too uniform, or a placeholder."""
    return len(secret) < MIN_LENGTH or len(set(secret)) < MIN_DIFFERENT or secret.lower().startswith(PLACEHOLDERS)


def read_secret_key(env: Env) -> str:
    """`SECRET_KEY`, or the one that `bin/run` generated once. Raises `ImproperlyConfigured` when there is none."""
    if env.secret_key:
        return env.secret_key
    made = env.var / "secret_key"
    if made.is_file():
        return made.read_text("ascii").strip()
    if env.debug:
        return DEBUG_KEY
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. `bin/run` makes one in var/secret_key; or set DEBUG=1 to try things."
    )


def refuse_unsafe(env: Env) -> None:
    """Raise `ImproperlyConfigured` with every reason why these values can't serve real players."""
    if mistakes := mistaken_values(env):
        raise ImproperlyConfigured(" ".join(mistakes))
    if env.production and (problems := unsafe_values(env)):
        raise ImproperlyConfigured("Not safe for production: " + " ".join(problems))


def mistaken_values(env: Env) -> list[str]:
    """One sentence for each value that means nothing; better said at the start than by an error in some request."""
    checks = {
        f"GAMEHUB_ENV is {env.gamehub_env!r}; it must be demo or production.": env.gamehub_env in ENVIRONMENTS,
        f"LOG_LEVEL is {env.log_level!r}; it must be one of {', '.join(LOG_LEVELS)}.": env.log_level in LOG_LEVELS,
        f"SECOND_FACTOR is {env.second_factor!r}; it must be required or optional.": env.second_factor
        in SECOND_FACTORS,
    }
    for scope, rate in env.throttle_rates.items():
        checks[f"THROTTLE_{scope.upper()} is {rate!r}; it must be like 10/hour."] = is_rate(rate)
    size, days = env.redis_maxmemory, env.room_retention_days
    checks[f"REDIS_MAXMEMORY is {size!r}; it must be like 512mb, or 0."] = bool(SIZE.fullmatch(size))
    checks[f"ROOM_RETENTION_DAYS is {days}; it must not be negative."] = days >= 0
    return [sentence for sentence, right in checks.items() if not right]


def is_rate(text: str) -> bool:
    """What the limits understand."""
    try:
        parse_rate(text)
    except ValueError:
        return False
    return True


def unsafe_values(env: Env) -> list[str]:
    """One sentence for each value that production must not run on."""
    checks = {
        "SECRET_KEY must be set to 50 or more random characters.": is_weak(env.secret_key),
        "DEBUG must be off.": env.debug,
        "PUBLIC_BASE_URL must be https.": urlsplit(env.public_base_url).scheme != "https",
        "DATABASE_URL must name a PostgreSQL server.": not env.database_url.startswith("postgres"),
        "DATABASE_URL must not carry a placeholder password.": has_weak_password(env.database_url),
        "EMAIL_URL must name a mail server.": not env.email_url,
    }
    return [sentence for sentence, wrong in checks.items() if wrong]


def has_weak_password(url: str) -> bool:
    """The URL's password is one of the placeholders (a URL without a password leaves it to the socket's rights)."""
    return (urlsplit(url).password or "").lower().startswith((*PLACEHOLDERS, "postgres", "gamehub"))
