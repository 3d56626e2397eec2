"""The typed environment: every variable that Django, the gateway and the scripts read, in one place.

Django-free, so that the gateway can import it. `.env.example` lists the same names; a test compares the two.
Values come from the process environment, then from `.env` in the project's root.
"""

import os
from functools import cache
from pathlib import Path

import msgspec

BASE_DIR = Path(__file__).resolve().parent.parent


class Env(msgspec.Struct, frozen=True):
    """Settings by their environment names, lower-cased. Seconds end in `_seconds`, bytes in `_bytes`."""

    gamehub_env: str = "demo"
    var_dir: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    public_base_url: str = ""
    allowed_origins: str = ""
    allowed_hosts: str = ""
    trusted_proxies: str = ""
    tls_certificate: str = ""
    tls_key: str = ""
    debug: bool = False
    secret_key: str = ""
    database_url: str = ""
    redis_url: str = ""
    celery_broker_url: str = ""
    channel_prefix: str = ""
    email_url: str = ""
    mail_from: str = "Gamehub <gamehub@localhost>"
    django_url: str = ""
    gateway_processes: int = 2
    gateway_listen: str = ""
    metrics_listen: str = ""
    metrics_address: str = ""
    gateway_limits: str = ""
    nginx_limits: str = ""
    run_as: str = ""
    live_limits: str = ""
    web_processes: int = 2
    worker_processes: int = 2
    drain_seconds: float = 5.0
    log_level: str = "INFO"
    throttle_registration: str = "60/hour after 300"
    throttle_login: str = "120/hour"
    throttle_password_reset: str = "30/hour after 60"
    throttle_email: str = "10/hour"
    throttle_mailbox: str = "6/hour after 20"
    throttle_email_confirm: str = "120/hour"
    throttle_avatar: str = "30/hour"
    throttle_room_making: str = "6/minute after 20"
    throttle_room_joining: str = "30/minute after 60"
    throttle_room_leaving: str = "30/minute after 60"
    room_retention_days: int = 90
    redis_maxmemory: str = "512mb"
    second_factor: str = ""

    @property
    def throttle_rates(self) -> dict[str, str]:
        """Scope -> rate, of every throttle."""
        prefix = "throttle_"
        names = [name for name in self.__struct_fields__ if name.startswith(prefix)]
        return {name.removeprefix(prefix): getattr(self, name) for name in names}

    @property
    def var(self) -> Path:
        """Folder of sockets, the SQLite database, mails, uploads and logs."""
        return Path(self.var_dir) if self.var_dir else BASE_DIR / "var"

    @property
    def production(self) -> bool:
        """Serving real players: https only, and no default secret accepted."""
        return self.gamehub_env == "production"

    @property
    def second_factor_required(self) -> bool:
        """Operators need a second factor: in production unless it is said to be optional."""
        return self.second_factor == "required" or (self.production and not self.second_factor)

    @property
    def base_url(self) -> str:
        """The address players open, without a final slash."""
        name = "127.0.0.1" if self.host in ("", "0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return self.public_base_url.rstrip("/") or f"http://{name}:{self.port}"

    @property
    def open_to_all_hosts(self) -> bool:
        """The demo bound to every address of this machine: any Host header is ours."""
        return not self.production and self.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound

    @property
    def extra_hosts(self) -> list[str]:
        """`ALLOWED_HOSTS`, split at commas."""
        return [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]

    @property
    def celery_broker(self) -> str:
        """Celery's broker: `CELERY_BROKER_URL`, or the Redis that everything uses, in Celery's spelling of it."""
        return self.celery_broker_url or self.redis.replace("unix://", "redis+socket://", 1)

    @property
    def redis(self) -> str:
        """Redis URL; by default the Valkey that `bin/run` starts on a unix socket."""
        return self.redis_url or f"unix://{self.var / 'redis.sock'}"

    @property
    def django(self) -> str:
        """Where the gateway reaches Django over HTTP: `http://host:port` or `unix:/path/of.sock`."""
        return self.django_url or f"unix:{self.var / 'django.sock'}"


def read_dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines of a .env file; quotes round a value are taken off, `#` lines and blanks skipped."""
    if not path.is_file():
        return {}
    pairs = (line.split("=", 1) for line in path.read_text("utf-8").splitlines() if "=" in line and line[:1] != "#")
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


@cache
def load_env() -> Env:
    """The environment, read once. Raises `msgspec.ValidationError` naming the variable that has a wrong type."""
    given = {**read_dotenv(BASE_DIR / ".env"), **os.environ}
    fields = {name: given[name.upper()] for name in Env.__struct_fields__ if given.get(name.upper())}
    return msgspec.convert(fields, Env, strict=False)
