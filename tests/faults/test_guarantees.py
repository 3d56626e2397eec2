"""docs/GUARANTEES.md names a test behind every line; here each of them is looked up."""

import ast
import re
from pathlib import Path

import pytest

from config.env import BASE_DIR

TEXT = (BASE_DIR / "docs/GUARANTEES.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py::[\w:]+)`", TEXT)))
#: every file here that holds tests, but this one
HERE = sorted(path.name for path in Path(__file__).parent.glob("test_*.py") if path.name != Path(__file__).name)


def names_in(path: Path) -> set[str]:
    """The names of a file's tests, as pytest has them: `test_x`, `TestClass::test_x`."""
    names = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ClassDef):
            inner = (part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef))
            names |= {f"{node.name}::{part.name}" for part in inner}
    return {name for name in names if name.rpartition("::")[2].startswith("test_")}


@pytest.mark.parametrize("named", NAMED)
def test_named_test_exists(named: str):
    path, _, name = named.partition("::")
    assert name in names_in(BASE_DIR / path)


def test_every_row_of_a_table_names_one():
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    promises = [row for row in rows if not row.startswith("| ---") and not row.endswith("| test |")]
    assert [row for row in promises if "::test_" not in row] == []
    assert len(promises) == len(NAMED)


@pytest.mark.parametrize("name", HERE)
def test_every_fault_test_stands_behind_a_line(name: str):
    named = {line.partition("::")[2] for line in NAMED if line.startswith(f"tests/faults/{name}::")}
    assert named
