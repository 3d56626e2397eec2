"""Tables of plain facts written down by hand: lines of cells parted by "|", names in a cell parted by ";"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def rows(table: str) -> Iterator[list[str]]:
    """The rows of `tables/<table>.txt`, their cells stripped; lines that begin with "#" and empty ones are no rows."""
    return read_rows(Path(__file__).parent / f"{table}.txt")


def read_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a file; none when there is no such file."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def words(line: str) -> list[str]:
    """Codes or words written in one line, parted by spaces."""
    return line.split()


def names(cell: str) -> list[str]:
    """The names of a cell. A leading ";" leaves an empty first name: the reader puts the data set's own there."""
    return [name.strip() for name in cell.split(";")] if cell else []
