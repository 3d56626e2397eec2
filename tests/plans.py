"""What a database means to do for a query, read and not timed: which index answers it, and what it sorts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def as_if_full() -> Iterator[None]:
    """PostgreSQL reads a small table from end to end, whatever indexes it has; here it is told not to."""
    if connection.vendor != "postgresql":
        yield
        return
    settings = ("enable_seqscan", "enable_bitmapscan", "enable_sort")
    with connection.cursor() as cursor:
        for setting in settings:
            cursor.execute(f"SET {setting} = off")
        yield
        for setting in settings:
            cursor.execute(f"RESET {setting}")


class Plan(NamedTuple):
    """One query and what is done for it, a step a line."""

    sql: str
    steps: str

    def reads_all_of(self, table: str) -> bool:
        """Whether the table is read from end to end."""
        if connection.vendor == "sqlite":
            return f"SCAN {table}\n" in f"{self.steps}\n"
        return f"Seq Scan on {table}" in self.steps

    def sorts(self) -> bool:
        """Whether rows are put in order that no index has."""
        return ("TEMP B-TREE FOR" if connection.vendor == "sqlite" else "Sort Key") in self.steps


def plans(captured: CaptureQueriesContext, table: str) -> list[Plan]:
    """The plans of all queries that were made of a table."""
    queries = [query["sql"] for query in captured.captured_queries]
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    found = []
    with connection.cursor() as cursor:
        for sql in queries:
            if sql.startswith("SELECT") and f'FROM "{table}"' in sql:
                cursor.execute(explain + sql)
                found.append(Plan(sql, "\n".join(str(row[-1]) for row in cursor.fetchall())))
    return found
