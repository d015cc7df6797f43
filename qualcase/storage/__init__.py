"""Where a project is kept: tables, journal, migrations; the only room with SQL in it."""

from __future__ import annotations

from qualcase.storage.deferred import deferred

# What the library loads for drivers that we do not use is a sixth of the time in which a command starts.
with deferred(
    "asyncio",
    "importlib.metadata",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "sqlalchemy.dialects.sqlite.pysqlcipher",
):
    import sqlalchemy.dialects.sqlite  # noqa: F401 - loaded here so that nothing loads it otherwise
