"""Commands start at once: what is heavy is loaded by the command that needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = [
    "textual",
    "spacy",
    "thinc",
    "sqlalchemy",
    "alembic",
    "numpy",
    "pandas",
    "docx",
    "lxml",
    "jinja2",
    "jsonschema",
]


def loaded_by(statement, repo):
    """Return the top-level modules that a fresh Python has loaded after one statement."""
    code = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=repo, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


# What only some commands need once a project is open; the rest of a start is SQLAlchemy's own.
DEFERRED = [
    "alembic",
    "numpy",
    "textual",
    "spacy",
    "sqlalchemy.orm",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext.asyncio",
    "qualcase.storage.chain",
    "qualcase.storage.digest",
    "qualcase.storage.migration",
    "qualcase.storage.snapshots",
    # What SQLAlchemy names at its start for drivers that are not ours.
    "asyncio",
    "ssl",
    "email",
    "importlib.metadata",
    "sqlalchemy.connectors.asyncio",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "sqlalchemy.dialects.sqlite.pysqlcipher",
    # What only other commands of the command line need.
    "jinja2",
    "jsonschema",
    "lxml",
    "ruamel",
]


def modules_after(statement, folder):
    """Return the full names of the modules that a fresh Python has loaded after one statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


@pytest.fixture(scope="module")
def after_listing_sources(repo, tmp_path_factory):
    path = tmp_path_factory.mktemp("start") / "study.qualcase"
    modules_after(f"import qualcase; qualcase.create({str(path)!r}, coder='Anna').close()", repo)
    opening = f"import qualcase\nwith qualcase.open({str(path)!r}, coder='Anna') as project:"
    return modules_after(f"{opening} project.sources.list()", repo)


@pytest.mark.parametrize("module", DEFERRED)
def test_listing_the_sources_loads_nothing_of_other_commands(after_listing_sources, module):
    assert module not in after_listing_sources


# Listing codes or coding a passage reads no file of codes and looks at no array.
@pytest.mark.parametrize("module", [*DEFERRED[:7], "ruamel.yaml", "csv", "jsonschema", "lxml", "jinja2"])
@pytest.mark.parametrize("desk", ["codebook", "codings", "memos", "cases", "events", "journal"])
def test_sitting_down_at_a_desk_loads_nothing_heavy(after_opening_desks, desk, module):
    assert module not in after_opening_desks(desk)


@pytest.fixture(scope="module")
def after_opening_desks(repo):
    known = {}

    def after(desk):
        if desk not in known:
            known[desk] = modules_after(f"import qualcase.project.project, qualcase.project.{desk}", repo)
        return known[desk]

    return after


def test_what_listing_the_sources_loads_is_seen(after_listing_sources):
    assert {"sqlalchemy", "qualcase.storage.store", "qualcase.project.sources"} <= after_listing_sources


@pytest.fixture(scope="module")
def after_importing_the_command_line(repo):
    return loaded_by("import qualcase.cli", repo)


@pytest.mark.parametrize("module", HEAVY)
def test_the_command_line_starts_without(after_importing_the_command_line, module):
    assert module not in after_importing_the_command_line


def test_the_package_itself_loads_no_library(repo):
    assert loaded_by("import qualcase", repo) & {*HEAVY, "click", "rich"} == set()


def test_the_public_names_are_there_when_asked_for(repo):
    statement = (
        "import qualcase\n"
        "assert callable(qualcase.open) and callable(qualcase.create)\n"
        "assert issubclass(qualcase.QualcaseError, Exception)"
    )
    assert "qualcase" in loaded_by(statement, repo)


def test_a_heavy_import_would_be_seen(repo):
    assert "jinja2" in loaded_by("import jinja2", repo)


def test_what_the_first_screen_reads_loads_no_arrays(repo):
    desks = "import qualcase.project.codebook, qualcase.project.sources, qualcase.tui.app"
    assert {"numpy", "spacy", "jinja2"} & loaded_by(desks, repo) == set()
