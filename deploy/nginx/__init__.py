"""nginx: `gamehub.conf` is the one configuration, filled in here from the environment and used everywhere."""

import getpass
import grp
import os
import re
import resource
from pathlib import Path

import msgspec

from config.env import BASE_DIR, Env
from deploy.nginx.limits import read_limits

FOLDER = Path(__file__).parent
#: addresses that are pages of the client, as web/src/lib/routes.ts has them (a test compares); the rest is 404
CLIENT_ROUTES = ("", "login", "signup", "forgot", "reset", "profile", r"rooms/\d{1,15}")


def render(env: Env) -> str:
    """The configuration for this environment. Raises `KeyError` for a `{{NAME}}` nobody fills."""
    values = placeholders(env)
    return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], (FOLDER / "gamehub.conf").read_text("utf-8"))


def write(env: Env) -> Path:
    """Render into `var/nginx/nginx.conf` and make the folders it names. Returns the file."""
    folder = env.var.absolute() / "nginx"
    for path in (folder, env.var / "log", env.var / "static", env.var / "media"):
        path.mkdir(parents=True, exist_ok=True)
    path = folder / "nginx.conf"
    path.write_text(render(env), "utf-8")
    return path


def placeholders(env: Env) -> dict[str, str]:
    """What stands for each `{{NAME}}`."""
    var = env.var.absolute()
    files = open_files()
    sockets = [var / f"gateway-{number}.sock" for number in range(1, env.gateway_processes + 1)]
    return {
        "USER": f"user {getpass.getuser()} {grp.getgrgid(os.getgid()).gr_name};" if os.geteuid() == 0 else "",
        "FILES": str(files),
        # some files are logs and sockets of nginx itself
        "CONNECTIONS": str(files - 64),
        "VAR": str(var),
        "CONF": str(FOLDER),
        "CLIENT": str(BASE_DIR / "web" / "dist"),
        "LISTEN": listen(env),
        # never put aside: a dead process refuses its socket at once and the next one is asked, while two that died one
        # after the other would both be put aside, and everybody refused although they are back
        "GATEWAYS": "\n".join(f'        server "unix:{path}" max_fails=0;' for path in sockets),
        "REAL_IP": real_ip(env),
        "TRUSTED": "\n".join(f"        {network} 1;" for network in networks(env)),
        "HSTS": hsts(env),
        "ROUTES": f"^/(?:{'|'.join(CLIENT_ROUTES)})/?$",
        "SOCKET_RESOURCES": "cross-origin" if env.allowed_origins else "same-origin",
        **{name.upper(): str(value) for name, value in msgspec.structs.asdict(read_limits(env)).items()},
        "METRICS": metrics(env),
    }


def metrics(env: Env) -> str:
    """The private listener for Prometheus, which can't scrape unix sockets: /django, /gateway-1, /gateway-2, ..."""
    if not env.metrics_address:
        return ""
    var, numbers = env.var.absolute(), range(1, env.gateway_processes + 1)
    sources = {f"gateway-{number}": f"{var}/gateway-{number}-metrics.sock:/metrics" for number in numbers}
    sources["django"] = f"{var}/django.sock:/internal/metrics"
    pages = [
        f'location = /{name} {{ proxy_pass "http://unix:{where}"; proxy_set_header Host localhost; }}'
        for name, where in sources.items()
    ]
    rest = "location / { return 404; }"
    return "\n        ".join(["server {", f"    listen {env.metrics_address};", "    access_log off;", "    gzip off;",
                              *(f"    {page}" for page in pages), f"    {rest}", "}"])  # fmt: skip


def open_files() -> int:
    """How many files a worker may open: 32,768 is 16,000 players; less where this machine allows less."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 32768 if hard == resource.RLIM_INFINITY else min(32768, hard)


def listen(env: Env) -> str:
    """The public address; with a certificate it speaks TLS itself."""
    host = f"[{env.host}]" if ":" in env.host else env.host
    if not env.tls_certificate:
        return f"listen {host}:{env.port} backlog=4096;"
    files = f'ssl_certificate "{env.tls_certificate}"; ssl_certificate_key "{env.tls_key}";'
    return f"listen {host}:{env.port} ssl backlog=4096; {files} ssl_protocols TLSv1.2 TLSv1.3;"


def networks(env: Env) -> list[str]:
    """`TRUSTED_PROXIES`, split at commas."""
    return [network.strip() for network in env.trusted_proxies.split(",") if network.strip()]


def real_ip(env: Env) -> str:
    """Believe X-Forwarded-For only where one of our own proxies stands before us."""
    if not networks(env):
        return ""
    lines = [f"set_real_ip_from {network};" for network in networks(env)]
    return "\n    ".join([*lines, "real_ip_header X-Forwarded-For;", "real_ip_recursive on;"])


def hsts(env: Env) -> str:
    """In production everything carries the same promise of https as Django's answers; blank is not sent."""
    return "max-age=31536000; includeSubDomains; preload" if env.production else ""
