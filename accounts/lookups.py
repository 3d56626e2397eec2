"""The one lookup of ours: `prefix`, which an index answers on both databases."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField
from django.db.models.lookups import StartsWith
from django.db.models.sql.compiler import SQLCompiler

#: sorts behind every character that a name can have
LAST = "\U0010ffff"


@CharField.register_lookup
class Prefix(StartsWith):
    """`name_key__prefix="bog"`: begins with exactly these characters.

    PostgreSQL answers LIKE 'bog%' from an index with `varchar_pattern_ops`. SQLite's LIKE knows no case, so it can't
    use the index; there it is a range, which is the same because SQLite compares code point by code point.
    """

    lookup_name = "prefix"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        """As `startswith`: Django looks its operators up by name."""
        return str(connection.operators["startswith"] % rhs)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """`name_key >= 'bog' AND name_key < 'bog<last>'`."""
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, f"{self.rhs}{LAST}"]
