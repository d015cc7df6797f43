"""What every room's tests share: where the clone and the shared material lie, and how hypothesis behaves."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from qualcase.storage import sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

REPO = Path(__file__).resolve().parent.parent
FIRST_FORMAT = REPO / "tests" / "unit" / "storage" / "version_1.sql"

# The same examples on every machine, and no clock: a slow machine is not a broken program.
settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# The program is started hundreds of times: it need not be compiled each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """Look for garbage seldom: what was imported is none, and looking through it took a sixth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a file of the first format."""
    path = tmp_path / "old.qualcase"
    connection = sqlite.driver.connect(str(path))
    connection.executescript(FIRST_FORMAT.read_text(encoding="utf-8"))
    connection.executescript(f"PRAGMA application_id = {sqlite.APPLICATION_ID}; PRAGMA user_version = 1;")
    connection.close()
    return path


@pytest.fixture(scope="session")
def repo() -> Path:
    """Return the root of the clone."""
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the shared material beside the clone, or skip where there is none."""
    folder = REPO.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the shared material in ../shared, which is not here")
    return folder


@pytest.fixture(scope="module")
def warm_statements() -> Iterator[None]:
    """Let what was once made of a statement serve for every file, and in processes that are forked.

    Where hundreds of files are opened, most of the time would go into making it again.
    """
    make, known, first = sqlite.create_engine, {}, []

    def make_warm(*words: Any, **options: Any) -> Engine:
        engine = make(*words, **options)
        first.append(engine.dialect)
        engine.dialect = first[0]
        engine.update_execution_options(compiled_cache=known)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "create_engine", make_warm)
        yield


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the person at the keyboard has set from deciding what a test sees."""
    for name in ("QUALCASE_PROJECT", "QUALCASE_CODER"):
        monkeypatch.delenv(name, raising=False)
