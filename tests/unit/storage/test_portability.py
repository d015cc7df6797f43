"""What is SQLite's own stays in one place; every table is PostgreSQL's too."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

import qualcase.storage
from qualcase.storage.schema import metadata

ROOM = Path(qualcase.storage.__file__).parent
SQLITE_ONLY = ("PRAGMA", "SQLITE_SCHEMA", "SQLITE_MASTER", "INSERT OR", "WITHOUT ROWID", "ATTACH ", "FTS5")


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_made_in_either_database(table):
    for dialect in (postgresql.dialect(), sqlite.dialect()):
        statements = [CreateTable(table), *(CreateIndex(index) for index in table.indexes)]
        for statement in statements:
            assert str(statement.compile(dialect=dialect)).strip().startswith("CREATE")


def test_tables_are_strict_in_sqlite():
    for table in metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=sqlite.dialect()))
        assert made.rstrip().endswith("STRICT"), table.name


def spoken(source):
    """The strings of a module, other than what is said in docstrings."""
    tree = ast.parse(source)
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def test_only_one_place_speaks_what_sqlite_alone_understands():
    found = [
        (module.name, word)
        for module in ROOM.rglob("*.py")
        if ROOM / "sqlite" not in module.parents and "migrations" not in module.parts
        for text in spoken(module.read_text(encoding="utf-8"))
        for word in SQLITE_ONLY
        if word in text.upper()
    ]
    assert found == []


def test_the_words_are_found_where_they_are():
    found = {
        word
        for module in (ROOM / "sqlite").glob("*.py")
        for text in spoken(module.read_text("utf-8"))
        for word in SQLITE_ONLY
        if word in text.upper()
    }
    assert {"PRAGMA", "SQLITE_SCHEMA"} <= found
