"""The hostile project files of the shared list, built here: each gets one sentence and stays as it was."""

from __future__ import annotations

import json
import os
import shutil
import zlib

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.model.errors import QualcaseError
from qualcase.project import create_project, open_project
from qualcase.storage import sqlite
from qualcase.storage.errors import (
    DamagedProjectError,
    NewerProjectError,
    NotAProjectError,
    ProjectMissingError,
)

PAGE = 4096
TEXT = "Berit: Nobody trusted anybody. " * 400


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A project as its owner would send it."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "berit.txt").write_text(TEXT, encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([folder / "berit.txt"])
        for start in range(0, 300, 3):
            project.codings.add(project.sources.find("S1"), "KM.TRUST", SpanPlace(start, start + 9))
    return folder / "study.qualcase"


@pytest.fixture
def path(good, tmp_path):
    return shutil.copy(good, tmp_path / "study.qualcase")


def alter(path, *statements):
    """Change a file behind qualcase's back."""
    connection = sqlite.driver.connect(str(path), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def refused(path, error, part):
    """Open a file that must be refused with one sentence, and see that nothing came of it."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(error) as caught:
        open_project(path, coder="Anna")
    fault = caught.value
    assert fault.exit_code == 2
    assert part in fault.message
    assert fault.message.endswith(".")
    assert "\n" not in fault.message
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    return fault


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\x00", b"x" * 200, b"SQLite format 3\x00" + b"\x00" * 84],
    ids=["empty", "cut off", "no database", "no application"],
)
def test_a_file_that_is_no_project(tmp_path, content):
    path = tmp_path / "zero.qualcase"
    path.write_bytes(content)
    refused(path, NotAProjectError, "is not a qualcase project")


def test_a_database_of_somebody_else(tmp_path):
    path = tmp_path / "wrong_appid.qualcase"
    alter(path, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)", "PRAGMA application_id = 252006674")
    refused(path, NotAProjectError, "is not a qualcase project")


def test_a_database_of_somebody_else_that_says_it_is_ours(tmp_path):
    path = tmp_path / "wrong_tables.qualcase"
    number = f"PRAGMA user_version = {sqlite.USER_VERSION}"
    alter(path, "CREATE TABLE t (a)", f"PRAGMA application_id = {sqlite.APPLICATION_ID}", number)
    refused(path, NotAProjectError, "somebody has altered it")


@pytest.mark.parametrize(
    "smuggled",
    [
        "CREATE TRIGGER evil AFTER INSERT ON coding BEGIN DELETE FROM content; END",
        "CREATE TRIGGER sqlitex AFTER INSERT ON coding BEGIN SELECT 1; END",
        "CREATE VIEW evil AS SELECT * FROM content",
        "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
        "CREATE INDEX evil ON coding (memo)",
        "CREATE INDEX evil ON coding (lower(memo))",
        "CREATE UNIQUE INDEX evil ON memo (text)",
        "CREATE TABLE evil (a)",
        "CREATE TABLE sqliteXevil (a)",
        "CREATE VIRTUAL TABLE evil USING fts5(a)",
        "ALTER TABLE coding ADD COLUMN evil TEXT",
        "ALTER TABLE coding ADD COLUMN evil TEXT GENERATED ALWAYS AS (upper(memo)) VIRTUAL",
        "ALTER TABLE memo ADD COLUMN evil INTEGER CHECK (evil IS NULL)",
        "DROP TRIGGER operation_is_final",
        "DROP INDEX ix_coding_source",
        "DROP TABLE claim_evidence",
    ],
)
def test_a_structure_that_somebody_has_altered(path, smuggled):
    alter(path, smuggled)
    fault = refused(path, NotAProjectError, "somebody has altered it")
    assert "Do not trust it" in fault.hint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END", "BEGIN SELECT 1; END"),
        ("WHERE until IS NULL", "WHERE until IS NOT NULL"),
        ("title TEXT NOT NULL", "title TEXT NOT NULL CHECK (length(title) < 9)"),
        ("UNIQUE (uid)", "UNIQUE (uid, clock)"),
        ("REFERENCES coder (id)", "REFERENCES coder (id) ON DELETE CASCADE"),
        ("folded TEXT NOT NULL", "folded TEXT NOT NULL COLLATE NOCASE"),
    ],
)
def test_a_definition_rewritten_in_place(path, old, new):
    connection = sqlite.driver.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?)", (old, new))
    assert connection.execute("SELECT total_changes()").fetchone()[0]
    connection.close()
    with pytest.raises((NotAProjectError, DamagedProjectError)) as caught:
        open_project(path, coder="Anna")
    assert caught.value.exit_code == 2


def test_a_file_that_a_newer_qualcase_wrote(path):
    alter(path, f"PRAGMA user_version = {sqlite.USER_VERSION + 1}")
    fault = refused(path, NewerProjectError, "was written by a newer qualcase")
    assert fault.hint == "Upgrade qualcase."


def test_a_link_to_another_file(tmp_path):
    path = tmp_path / "symlink.qualcase"
    path.symlink_to("/etc/passwd")
    fault = refused(path, NotAProjectError, "symlink.qualcase is not a qualcase project")
    assert "root:" not in fault.message


def test_a_link_to_nothing_and_a_path_to_nothing(tmp_path):
    (tmp_path / "dangling.qualcase").symlink_to(tmp_path / "nothing")
    for name in ("dangling.qualcase", "none.qualcase"):
        with pytest.raises(ProjectMissingError, match="There is no project at"):
            open_project(tmp_path / name, coder="Anna")
    assert [file.name for file in tmp_path.iterdir()] == ["dangling.qualcase"]


def test_a_folder_and_a_pipe_are_not_waited_for(tmp_path):
    (tmp_path / "folder.qualcase").mkdir()
    os.mkfifo(tmp_path / "pipe.qualcase")
    for name in ("folder.qualcase", "pipe.qualcase"):
        with pytest.raises(NotAProjectError, match="is not a file"):
            open_project(tmp_path / name, coder="Anna")


def test_a_damaged_first_page(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes(200) + whole[300:])
    refused(path, DamagedProjectError, "is damaged and cannot be read")


def test_a_file_cut_short(path):
    path.write_bytes(path.read_bytes()[: 3 * PAGE + 17])
    before = path.read_bytes()
    with pytest.raises((DamagedProjectError, NotAProjectError)) as caught:
        open_project(path, coder="Anna")
    assert caught.value.exit_code == 2
    assert path.read_bytes() == before


def test_any_page_that_was_spoilt_is_found(good, tmp_path):
    """Opening refuses it, or checking finds it; reading never ends in anything but one of our sentences."""
    whole = good.read_bytes()
    silent = []
    for page in range(len(whole) // PAGE):
        path = tmp_path / "bitflip.qualcase"
        start = page * PAGE + (100 if page == 0 else 0)
        path.write_bytes(whole[:start] + bytes([whole[start] ^ 0xFF]) + whole[start + 1 :])
        if whole[start : start + 8] != bytes(8) and not found(path):
            silent.append(page)
    assert len(silent) <= free_pages(good)


def free_pages(path):
    return int.from_bytes(path.read_bytes()[36:40], "big")


def found(path):
    """Whether opening or checking a file finds that it is damaged."""
    try:
        with open_project(path, coder="Anna") as project:
            ok = project.care.check().ok
            project.codings.list()
            project.journal.log()
    except QualcaseError:
        return True
    return not ok


def test_a_body_that_swells_without_end_is_not_read(path):
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    connection = sqlite.driver.connect(str(path), isolation_level=None)
    connection.execute("DROP TRIGGER operation_is_final")
    connection.execute("UPDATE operation SET body = ? WHERE sequence = 2", (bomb,))
    connection.execute(" ".join(sqlite.TRIGGERS["operation_is_final"].split()))
    connection.close()
    with open_project(path, coder="Anna") as project:
        assert not project.journal.verify().verified
        assert not project.care.check().ok


@pytest.mark.shared
def test_the_shared_list_is_covered(shared):
    cases = json.loads((shared / "data" / "hostile-cases.json").read_text(encoding="utf-8"))
    names = {case["file"] for case in cases if case["command"] == "open"}
    assert names == {
        f"project/{name}.qdb" for name in ("zero", "wrong_appid", "evil_trigger", "bitflip", "symlink")
    }
