"""`benchmarks/history`: fills the tables, opens every list, search and page, and prints the slowest.

SQLite as `bin/run` has it, or with `--postgres` PostgreSQL from the wheel. Requests go through the whole of Django
(middleware, view, rendering) in this process. Two times are taken: by the clock, which counts whatever else the machine
does, and of CPU, of this process and the one of PostgreSQL that serves it, which does not. On an idle machine they agree.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.gateway.machine import TMP, cpu_seconds, describe
from bin.launcher.postgres import postgres
from tests.conftest import valkey_in_a_folder

RUNS = 3
REST_MS, ADMIN_MS = 50, 300
ONLINE = 20_000
PAGE = Path(__file__).parents[1] / "HISTORY.md"

#: ms, ms of CPU, whose, what
Row = tuple[float, float, str, str]


@contextmanager
def product(on_postgres: bool, keep: str) -> Iterator[None]:
    """Django with the product's own settings, on a folder, a Valkey and a database of its own."""
    TMP.mkdir(parents=True, exist_ok=True)
    at = nullcontext(keep) if keep else TemporaryDirectory(prefix="history-", dir=TMP)
    with at as folder, valkey_in_a_folder() as valkey, postgres() if on_postgres else nullcontext("") as url:
        os.environ |= {"VAR_DIR": folder, "REDIS_URL": valkey.url, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"}
        os.environ |= {"SECRET_KEY": "benchmark-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        valkey.client().hset("presence:online", mapping={str(n): f"p{n % 100}layer {n}" for n in range(1, ONLINE)})
        try:
            yield
        finally:
            from django.db import connection

            connection.close()


def clock(open_it: Callable[[], Any], who: str, what: str) -> Row:
    """Open it once, and if that was not quick by far, some times more: the medians count."""
    taken = [_once(open_it)]
    if taken[0][1] > bound(who) * 2 / 3:
        taken = [_once(open_it) for _ in range(RUNS)]
    wall, cpu = (statistics.median(each) for each in zip(*taken, strict=True))
    if cpu > bound(who) * 2 / 3:
        print(f"{wall:8.1f} ms {cpu:8.1f} ms of CPU  {who}  {what}", flush=True)
    return wall, cpu, who, what


def _once(open_it: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds gone by, and those of them that this process and its database's were at work."""
    begun, used = time.perf_counter(), cpu_seconds(at_work())
    response = open_it()
    gone = time.perf_counter() - begun, cpu_seconds(at_work()) - used
    assert response.status_code in (200, 404), (response.status_code, response.content[:300])
    return gone[0] * 1000, gone[1] * 1000


def at_work() -> list[int]:
    """This process and, on PostgreSQL, the one that serves it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return [os.getpid()]
    connection.ensure_connection()
    return [os.getpid(), connection.connection.info.backend_pid]


def bound(who: str) -> int:
    """What the issue asks for, ms."""
    return ADMIN_MS if who == "operator" else REST_MS


def measure(*, pairs: bool) -> list[Row]:
    """Every page, for those who may see it."""
    from django.test import Client, RequestFactory
    from knox.models import AuthToken

    from accounts.models import User
    from benchmarks.historic import pages

    rows: list[Row] = []
    for who, user in (("player", User.objects.get(pk=1)), ("newcomer", pages.newcomer())):
        client = Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(user=user)[1]}")
        paths = [*pages.rest(), *deep(client)]
        client.get(paths[0])
        rows += [clock(partial(client.get, path), who, path) for path in paths]
    name = "operator of the benchmark"
    operator = User.objects.filter(name=name).first() or User.objects.create_superuser(name)
    client = Client(SERVER_NAME="localhost")
    client.force_login(operator, backend="accounts.backends.AccountBackend")
    request = RequestFactory(SERVER_NAME="localhost").get("/")
    request.user = operator
    paths = list(dict.fromkeys(pages.operators(request, pairs=pairs)))
    for path in paths[:3]:
        client.get(path)
    rows += [clock(partial(client.get, path), "operator", path) for path in paths]
    return [*rows, *in_parts()]


def deep(client: Any) -> list[str]:
    """The page of one's closed rooms that stands ten pages on, by `next` alone."""
    link, seen = "/api/v1/rooms?state=closed", []
    while link and len(seen) < 10:
        link = client.get(link).json()["next"]
        seen.append(link)
    return seen[-1:] if seen[-1] else []


def in_parts() -> list[Row]:
    """What has no page: drawing the questions of a new room, and sweeping the open ones."""
    from types import SimpleNamespace

    from accounts.models import User
    from quiz.models import Category
    from quiz.selectors import draw_questions
    from rooms import gate
    from rooms.services import sweep_rooms

    category, players = Category.objects.order_by("pk")[0], {"player": User.objects.get(pk=1)}
    players["newcomer"] = User.objects.get(name="newcomer")
    gate.which_live = set  # type: ignore[assignment]  # all of them live, so that none is closed

    def draw(user: User) -> Any:
        draw_questions(category=category, language="en", count=10, players=[user])
        return SimpleNamespace(status_code=200)

    def sweep() -> Any:
        sweep_rooms()
        return SimpleNamespace(status_code=200)

    rows = [clock(partial(draw, user), who, "draw the questions of a new room") for who, user in players.items()]
    return [*rows, clock(sweep, "Celery", "sweep the open rooms, the database's part")]


def table(rows: list[Row], count: int) -> list[str]:
    """The slowest, as Markdown."""
    head = ["| ms | ms of CPU | who | what |", "| --- | --- | --- | --- |"]
    slowest = sorted(rows, key=lambda row: row[1], reverse=True)[:count]
    return head + [f"| {wall:.1f} | {cpu:.1f} | {who} | `{what}` |" for wall, cpu, who, what in slowest]


def report(rows: list[Row], counts: dict[str, int], where: str, filled_s: float) -> str:
    """One database's part of HISTORY.md."""
    operators = [row for row in rows if row[2] == "operator"]
    others = [row for row in rows if row[2] != "operator"]
    over = [sum(row[column] > bound(row[2]) for row in rows) for column in (0, 1)]
    head = [
        f"## {where}",
        f"{time.strftime('%Y-%m-%d %H:%M')}, {describe()}; {len(rows)} pages; filled in {filled_s:.0f} s.",
        "Rows: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()) + f"; {ONLINE:,} online.",
        f"Over the bound ({REST_MS} ms, {ADMIN_MS} ms for operators): {over[1]} of {len(rows)} by CPU, {over[0]} by the clock.",
        f"What others did to the clock meanwhile: {load()}.",
    ]
    parts = ["\n\n".join(head), "### REST, the slowest", "\n".join(table(others, 12))]
    parts += ["### Operators, the slowest", "\n".join(table(operators, 12))]
    return "\n\n".join(parts) + "\n"


def load() -> str:
    """How busy the machine is, beside us."""
    return f"load {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores"


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/history", description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="how many times 50,000 users and 100,000 closed rooms")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--write", action="store_true", help="put the result into benchmarks/HISTORY.md")
    parser.add_argument("--keep", default="", help="a folder to leave SQLite's tables in, or to find them filled in")
    parser.add_argument("--pairs", action="store_true", help="open every two filters together, too")
    parser.add_argument("--all", action="store_true", help="print every page, not only the slowest")
    chosen = parser.parse_args()
    where = "PostgreSQL" if chosen.postgres else "SQLite"
    with product(chosen.postgres, chosen.keep):
        from django.core.management import call_command

        from benchmarks.historic import filling

        call_command("prepare", verbosity=0)
        begun = time.monotonic()
        counts = filling.fill(chosen.times) if filling.empty() else filling.count()
        filled_s = time.monotonic() - begun
        print(f"filled in {filled_s:.0f} s", flush=True)
        rows = measure(pairs=chosen.pairs)
        if chosen.all:
            print("\n".join(table(rows, len(rows))))
        said = report(rows, counts, where, filled_s)
    print(said)
    if chosen.write:
        write(said, where)


INTRO = """\
# What years of play do to lists and searches

Made by `benchmarks/history --write` and `benchmarks/history --postgres --write`: tables as they are after years, and
every list, page, order, filter, search and detail page opened. In one process, through all of Django; the client, the
network and uWSGI come on top. `--times 10` fills in ten times as much, `--pairs` opens every two filters together."""


def write(said: str, where: str) -> None:
    """Put one database's part in its place, and leave the other's."""
    parts = PAGE.read_text().split("\n## ")[1:] if PAGE.exists() else []
    kept = {part.split("\n", 1)[0]: f"## {part.rstrip()}\n" for part in parts} | {where: said}
    PAGE.write_text("\n".join([INTRO + "\n", *(kept[name] for name in ("SQLite", "PostgreSQL") if name in kept)]))


if __name__ == "__main__":
    sys.exit(main())
