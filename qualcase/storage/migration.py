"""Bringing an older project file up to today's format, or leaving it exactly as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from qualcase.storage import sqlite
from qualcase.storage.errors import DamagedProjectError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HEAD_REVISION = "0001"
_FOLDER = Path(__file__).resolve().parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run the revisions that a file lacks, in one transaction.

    References are not enforced meanwhile: rebuilding a parent table would otherwise delete its children
    silently. Triggers are made again, references and row counts checked before anything is kept.
    """
    with engine.connect() as plain:
        plain.exec_driver_sql("PRAGMA foreign_keys = OFF")
        plain.rollback()
        try:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                _upgrade_inside(connection)
        finally:
            plain.exec_driver_sql("PRAGMA foreign_keys = ON")
            plain.rollback()


def _upgrade_inside(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, and needed on the day of an upgrade only
    from alembic.config import Config  # noqa: PLC0415

    before = _rows(connection)
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    sqlite.stamp(connection)
    lost = [table for table, count in before.items() if _rows(connection).get(table, 0) < count]
    problems = sqlite.integrity_problems(connection)
    if lost or problems:
        what = f"rows of {', '.join(lost)} would be lost" if lost else problems[0]
        message = f"The project could not be brought up to date: {what}; it was left as it was."
        raise DamagedProjectError(message)


def _rows(connection: Connection) -> dict[str, int]:
    names = connection.scalars(
        text("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ).all()
    return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}  # noqa: S608 - names from the schema itself
