"""A module that is deferred is not loaded until something of it is used, and then it is the module itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

from qualcase.storage.deferred import deferred


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Give a module that says when it is loaded, alone and within a package."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "late.py").write_text("VALUE = 1\nTIMES = []\n")
    (tmp_path / "within").mkdir()
    (tmp_path / "within" / "__init__.py").write_text("")
    (tmp_path / "within" / "late.py").write_text("VALUE = 2\n")
    yield
    for name in ("late", "within", "within.late"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("made")
def test_who_names_it_meanwhile_loads_it_by_using_it():
    with deferred("late"):
        import late
    assert "late" not in sys.modules
    assert late.VALUE == 1
    assert sys.modules["late"] is not late
    assert late.TIMES is sys.modules["late"].TIMES


@pytest.mark.usefixtures("made")
def test_used_at_once_it_is_loaded_at_once():
    with deferred("late"):
        from late import VALUE

        assert VALUE == 1
        assert "late" in sys.modules


@pytest.mark.usefixtures("made")
def test_whoever_comes_later_gets_the_module_itself():
    with deferred("late"):
        import late as standing
    import late

    assert sys.modules["late"] is late is not standing
    assert late.__file__


@pytest.mark.usefixtures("made")
def test_a_module_of_a_package_is_found_in_it():
    with deferred("within.late"):
        from within import late
    import within

    assert "within.late" not in sys.modules
    assert within.late.VALUE == late.VALUE == 2


@pytest.mark.usefixtures("made")
def test_what_is_loaded_already_stays():
    import late

    with deferred("late"):
        assert sys.modules["late"] is late
    assert sys.modules["late"] is late


@pytest.mark.usefixtures("made")
def test_nothing_is_left_behind_where_loading_fails():
    with pytest.raises(ZeroDivisionError), deferred("late"):
        raise ZeroDivisionError
    assert "late" not in sys.modules


def test_a_module_that_is_not_there_is_missed_when_it_is_used():
    with deferred("not_there_at_all"):
        import not_there_at_all
    with pytest.raises(ModuleNotFoundError):
        _ = not_there_at_all.anything


AFTER_STORAGE = """
import qualcase.storage, sys
assert "asyncio" not in sys.modules and "importlib.metadata" not in sys.modules
import asyncio, importlib.metadata
from sqlalchemy.util import compat, concurrency, langhelpers
assert sys.modules["asyncio"] is asyncio and asyncio.__file__
assert compat.importlib_metadata.version("sqlalchemy") == importlib.metadata.version("sqlalchemy")
assert langhelpers.parse_version_from_metadata("sqlalchemy")[:1] == (2,)
async def four():
    return 4
coming = four()
assert concurrency.iscoroutine(coming) and not concurrency.iscoroutine(4)
assert asyncio.run(coming) == 4
from sqlalchemy.dialects import registry
assert registry.load("sqlite.aiosqlite").is_async
import sqlalchemy.connectors.asyncio as connector
assert connector.asyncio.Lock is asyncio.Lock
"""


def test_what_the_library_left_out_is_there_for_whoever_uses_it(repo):
    command = [sys.executable, "-c", AFTER_STORAGE]
    ran = subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.returncode == 0
